"""A row of the input in a form: «Lägg till», «Spara», «Ta bort»."""

from __future__ import annotations

from typing import TypeGuard
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from columns.kinds import Reference, Table
from columns.tables import SETTINGS, TABLES
from inputs.cells import shown as shown_cell
from inputs.tables import spec_of
from service import inputs_of_terms, row_edits
from service.access import COORDINATORS
from service.inputs_of_terms import StaleBaseError
from service.models import InputVersion, Term
from service.pages.found import term_of
from service.pages.page import actor, config, number_of, page, shown
from service.row_edits import RefusedEditError, RowChange

_MOST_KNOWN = 3000


@page(COORDINATORS, "GET", "POST")
def row(request: HttpRequest, term: int) -> HttpResponse:
    """The form of one row, or of a new one where no row number is given; saved or taken away by POST."""
    found = term_of(request, term)
    version, table = inputs_of_terms.newest(found), _table(request.GET.get("tabell", ""))
    if version is None or table is None:
        raise Http404
    asked = request.GET.get("rad", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else None
    cells = {} if number is None else row_edits.row_at(config(), version, table.name, number)
    if cells is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, found, version, table, number, cells=cells)
    given = {column.name: request.POST.get(column.name, "").strip() for column in table.columns}
    return _saved(request, found, table, number, given)


def _saved(request: HttpRequest, term: Term, table: Table, number: int | None, given: dict[str, str]) -> HttpResponse:
    away = request.POST.get("gör") == "ta bort"
    base = InputVersion.objects.filter(term=term, number=number_of(request.POST.get("version", ""))).first()
    if base is None:
        raise Http404
    change = RowChange(table.name, number, None if away else given)
    try:
        read = row_edits.edited(config(), base, row_edits.with_change, change)
        if read is not None:
            did = "borttagen" if away else "ny rad" if number is None else "ändrad"
            inputs_of_terms.keep(config(), term, read, actor(request), word=f"{table.name}: {did}", base=base.number)
    except RefusedEditError as refusal:
        faults = [finding["text"] for finding in refusal.errors]
        return _shown(request, term, base, table, number, cells=given, faults=faults, status=422)
    except StaleBaseError as error:
        newest = error.newest or base
        said = (
            f"{newest.by} sparade version {newest.number} medan du skrev. Så här såg din rad ut; spara igen om den ska "
            "gälla."
        )
        theirs = row_edits.row_at(config(), newest, table.name, number) if number is not None else None
        return _shown(request, term, newest, table, number, cells=given, faults=[said], theirs=theirs or {}, status=409)
    return HttpResponseRedirect(f"/terminer/{term.id}/underlag?{urlencode({'tabell': table.name})}#tabeller")


def _shown(  # what a form is made of
    request: HttpRequest,
    term: Term,
    version: InputVersion,
    table: Table,
    number: int | None,
    *,
    cells: dict[str, str],
    faults: list[str] | None = None,
    theirs: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    content = {
        "known": _known(version, table),
        "examples": _examples(table),
        "version": version,
        "table": table,
        "number": number,
        "cells": cells,
        "faults": faults or [],
        "theirs": theirs or {},
    }
    return shown(request, "row.html", content, term=term, status=status)


def _examples(table: Table) -> dict[str, str]:
    """By column what may stand there, where its meaning does not say so already; ids are one's own."""
    return {
        column.name: text
        for column in table.columns
        if (text := shown_cell(column.example)) and text not in column.meaning
    }


def _known(version: InputVersion, table: Table) -> dict[str, list[tuple[str, str]]]:
    """By column, the ids of another table that it may hold one of, with what they are called."""
    columns = {column.name: column.kind.table for column in table.columns if _is_one(column.kind)}
    rows = row_edits.all_rows(config(), version) if columns else {}
    return {
        name: [(row["id"], row.get("namn", "")) for row in rows.get(of, ()) if row.get("id")][:_MOST_KNOWN]
        for name, of in columns.items()
    }


def _is_one(kind: object) -> TypeGuard[Reference]:
    return isinstance(kind, Reference) and not kind.several


def _table(name: str) -> Table | None:
    spec = spec_of(name)
    return next((table for table in TABLES if spec and table.name == spec.name and table is not SETTINGS), None)
