"""Underlag: «Ladda upp underlag», what was found in it, its tables, its versions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from inputs.schema import SETTINGS
from inputs.tables import spec_of
from outputs import template
from outputs.events.identity import PERSON
from service import inputs_of_terms, register, row_edits
from service.access import COORDINATORS
from service.inputs_of_terms import StaleBaseError
from service.models import InputVersion, Term
from service.pages.found import term_of
from service.pages.page import actor, config, number_of, page, shown
from service.reading.upload import CSV_FOLDER, MOST_BYTES, read_file
from terminsplan import examples

_ROWS_A_PAGE = 50
_FINDINGS_A_PAGE = 50
_FAULTS_SHOWN = 200
_VERSIONS_SHOWN = 20
_DIFFERENT_SHOWN = 50
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(COORDINATORS, "GET", "POST")
def inputs(request: HttpRequest, term: int) -> HttpResponse:
    """The page; an upload by POST."""
    found = term_of(request, term)
    return _upload(request, found) if request.method == "POST" else _shown(request, found)


@page(COORDINATORS)
def source(request: HttpRequest, term: int, number: int) -> HttpResponse:
    """The file as it came, or the folder of CSV files as a zip."""
    found = term_of(request, term)
    version = InputVersion.objects.filter(term=found, number=number).first()
    if version is None:
        raise Http404
    folder = config().inputs / version.folder
    if version.source != CSV_FOLDER:
        kind, name = _WORKBOOK, f"underlag-{found.id}-{number}.xlsx"
        data = (folder / version.source).read_bytes()
    else:
        kind, name = "application/zip", f"underlag-{found.id}-{number}.zip"
        data = inputs_of_terms.as_zip(folder / CSV_FOLDER)
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page(COORDINATORS)
def workbook(request: HttpRequest, term: int, number: int) -> HttpResponse:
    """«Hämta arbetsbok»: the version as a workbook to fill in; the file as it came where that is one."""
    found = term_of(request, term)
    version = InputVersion.objects.filter(term=found, number=number).first()
    if version is None:
        raise Http404
    if version.source != CSV_FOLDER:
        data = (config().inputs / version.folder / version.source).read_bytes()
    else:
        data = row_edits.as_workbook(config(), version)
    name = f"underlag-{found.id}-{number}.xlsx"
    return HttpResponse(data, content_type=_WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page(COORDINATORS)
def empty_workbook(_request: HttpRequest) -> HttpResponse:
    """«Hämta tom arbetsbok», to begin with: what ``mall`` writes."""
    data = template.workbook(checklist=examples.checklist())
    headers = {"Content-Disposition": 'attachment; filename="underlag.xlsx"'}
    return HttpResponse(data, content_type=_WORKBOOK, headers=headers)


@page(COORDINATORS, "POST")
def revert(request: HttpRequest, term: int, number: int) -> HttpResponse:
    """«Återgå»: a former version once more, as the newest."""
    found = term_of(request, term)
    version = InputVersion.objects.filter(term=found, number=number).first()
    if version is None:
        raise Http404
    base = number_of(request.POST.get("version", "")) or None
    try:
        inputs_of_terms.keep_again(config(), version, actor(request), base=base)
    except StaleBaseError as error:
        newest, mine = error.newest, inputs_of_terms.tables(config(), version)
        said = f"Version {newest.number} sparades av {newest.by} medan du läste. " if newest else ""
        said += f"Jämför nedan, och återgå igen om version {number} ska gälla."
        conflict = {**_both(newest, mine), "mine_is": f"Bara i version {number}"} if newest else None
        return _shown(request, found, said, 409, conflict=conflict)
    return HttpResponseRedirect(f"/terminer/{found.id}/underlag")


@page(COORDINATORS)
def register_extract(request: HttpRequest, term: int) -> HttpResponse:
    """«Registerutdrag»: all that is kept about one person in
    the term, as a file; also of somebody whom no plan knows.
    """
    found = term_of(request, term)
    who, kind = request.GET.get("id", "").strip(), request.GET.get("slag", PERSON)
    told = register.extract(config(), found, who, kind) if kind in register.TABLES else {}
    if not who or register.is_empty(told):
        raise Http404
    data = json.dumps(told, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="registerutdrag.json"'}
    return HttpResponse(data, content_type="application/json; charset=utf-8", headers=headers)


def _upload(request: HttpRequest, term: Term) -> HttpResponse:
    upload = request.FILES.get("fil")
    if upload is None:
        return _shown(request, term, "Välj en fil först: en arbetsbok (.xlsx) eller en zip-fil med CSV-filer.", 422)
    if (upload.size or 0) > MOST_BYTES:
        return _shown(request, term, "Filen är större än 51 MB. Rensa eller dela upp den.", 413)
    read = read_file(config(), upload.name or "", lambda place: inputs_of_terms.write_upload(upload, place))
    if not read.readable or not read.may_be_kept:
        found = [finding["text"] for finding in read.found["errors"]]
        more = [f"Och {len(found) - _FAULTS_SHOWN} fel till. Rätta de här först."] if len(found) > _FAULTS_SHOWN else []
        faults = found[:_FAULTS_SHOWN] + more
        read.discard()
        kept = "Filen har inte sparats."
        return _shown(request, term, f"Underlaget kunde inte tas emot. {kept}", 422, faults)
    base = request.POST.get("version", "")
    mine = inputs_of_terms.tables_in(read.folder)
    try:
        word = request.POST.get("ord", "").strip()
        inputs_of_terms.keep(
            config(),
            term,
            read,
            actor(request),
            word=word,
            base=int(base) if base.isdecimal() and len(base) < 9 else None,
        )
    except StaleBaseError as error:
        newest = error.newest
        who = (
            f"Version {newest.number} sparades av {newest.by} medan du arbetade" if newest else "Underlaget har ändrats"
        )
        return _shown(
            request,
            term,
            f"{who}. Din fil har inte sparats. Jämför nedan, och ladda upp den igen om den ska gälla.",
            409,
            conflict=_both(newest, mine) if newest else None,
        )
    return HttpResponseRedirect(f"/terminer/{term.id}/underlag")


def _shown(
    request: HttpRequest,
    term: Term,
    fault: str = "",
    status: int = 200,
    faults: list[str] | None = None,
    *,
    conflict: Mapping[str, Any] | None = None,
) -> HttpResponse:
    every = InputVersion.objects.filter(term=term).defer("errors", "warnings")
    versions = Paginator(every, _VERSIONS_SHOWN).get_page(request.GET.get("versioner"))
    newest = inputs_of_terms.newest(term)
    content: dict[str, Any] = {
        "versions": versions,
        "newest": newest,
        "fault": fault,
        "faults": faults or [],
        "tables": [],
        "theirs": [],
        "mine": [],
        "mine_is": "Bara i din fil",
        "most": _DIFFERENT_SHOWN,
        **(conflict or {}),
    }
    content |= {"editable": False, "name": "", "sought": "", "rows": None, "heading": (), "errors": (), "warnings": ()}
    if newest is not None:
        content |= _tables(request, newest)
        content["errors"] = Paginator(newest.errors, _FINDINGS_A_PAGE).get_page(request.GET.get("fel"))
        content["warnings"] = Paginator(newest.warnings, _FINDINGS_A_PAGE).get_page(request.GET.get("varningar"))
    return shown(request, "inputs.html", content, term=term, status=status)


def _both(newest: InputVersion, mine: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Rows that stand only in the version that was saved meanwhile, and only in the file that was not."""
    ours = {(table["name"], *cells) for table in mine for _, cells in table["rows"][1:]}
    theirs = {
        (table["name"], *cells) for table in inputs_of_terms.tables(config(), newest) for _, cells in table["rows"][1:]
    }
    return {"theirs": sorted(theirs - ours), "mine": sorted(ours - theirs)}


def _tables(request: HttpRequest, version: InputVersion) -> Mapping[str, Any]:
    """The table that is looked at, its rows searched and paged."""
    tables = inputs_of_terms.tables(config(), version)
    names = [table["name"] for table in tables if table["rows"]]
    wanted = request.GET.get("tabell", "")
    name = wanted if wanted in names else next((n for n in names if n.startswith("nyanst")), names[0] if names else "")
    rows: list[Any] = next((table["rows"] for table in tables if table["name"] == name), [])
    sought = request.GET.get("sok", "").strip()[:100]
    body = [row for row in rows[1:] if not sought or any(sought.casefold() in cell.casefold() for cell in row[1])]
    faulty = Counter(finding["table"] for finding in version.errors)
    return {
        "tables": [(n, faulty[n]) for n in names],
        "name": name,
        "sought": sought,
        "editable": (spec := spec_of(name)) is not None and spec.name != SETTINGS.name,
        "heading": rows[0][1] if rows else [],
        "rows": Paginator(body, _ROWS_A_PAGE).get_page(request.GET.get("sida")),
    }
