"""Närvaro: a session's names with a box each, «Lägg till deltagare», «Spara närvaro».

The coordinator's page, and the form that trainers' own pages share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from outputs.words import swedish_order
from service import attending, inputs_of_terms, session_seats
from service.access import COORDINATORS, Actor, published
from service.attending import Attendance, ConflictError
from service.clock import today
from service.inputs_of_terms import StaleBaseError
from service.models import InputVersion, Term
from service.pages.found import term_of
from service.pages.page import actor, config, number_of, page, shown
from service.row_edits import RefusedEditError
from service.session_seats import SessionSeats
from service.words import when

_A_PAGE = 50
_LONGEST = 200


@dataclass(frozen=True)
class Sheet:
    """A session whose attendance is taken, and who takes it.

    ``find`` gives the hire that «Lägg till deltagare» means, or says why there is none; ``others`` are those to choose
    among, and none where one types the name.
    """

    term: Term
    session: SessionSeats
    names: Mapping[str, str]
    find: Callable[[str], str]
    others: bool
    by: Actor
    word: str


class NobodyError(Exception):
    """Whom «Lägg till deltagare» means is not known; the message says so in Swedish."""


@page(COORDINATORS)
def sessions(request: HttpRequest, term: int) -> HttpResponse:
    """The sessions of the published plan, from the page on with the last one that was held."""
    found = term_of(request, term)
    now = published(found)
    rows = list(session_seats.of_plan(config(), now.plan).values()) if now else []
    held = sum(row.day <= today() for row in rows)
    asked = request.GET.get("sida") or str(max(held - 1, 0) // _A_PAGE + 1)
    content = {
        "rows": Paginator(rows, _A_PAGE).get_page(asked),
        "now": now,
        "today": today(),
        "told": attending.told(config(), inputs_of_terms.newest(found)),
    }
    return shown(request, "sessions.html", content, term=found)


@page(COORDINATORS, "GET", "POST")
def session(request: HttpRequest, term: int) -> HttpResponse:
    """One of them; attendance by POST."""
    found = term_of(request, term)
    now = published(found)
    chosen = session_seats.of_plan(config(), now.plan).get(request.GET.get("id", "")) if now else None
    if now is None or chosen is None:
        raise Http404
    names = session_seats.names(now.plan)

    def by_id(given: str) -> str:
        if given not in names:
            raise NobodyError("Välj en deltagare i listan.")
        return given

    sheet = Sheet(found, chosen, names, by_id, True, actor(request), f"Närvaro vid {chosen.id}")
    refused = saved(request, sheet) if request.method == "POST" else form(sheet)
    if refused is None:
        return HttpResponseRedirect(f"/terminer/{found.id}/narvaro")
    return shown(request, "attendance.html", refused, term=found, status=refused["status"])


def saved(request: HttpRequest, sheet: Sheet) -> dict[str, Any] | None:
    """None once it is saved; else the form again, as it was filled in, with why not."""
    base = inputs_of_terms.newest(sheet.term)
    listed = _listed(sheet, base)
    ticked, added = set(request.POST.getlist("närvarande")), request.POST.get("tillagd", "").strip()[:_LONGEST]
    present = {hire: hire in ticked for hire in request.POST.getlist("person") if hire in listed}
    again = partial(form, sheet, given=dict(present), added=added)
    try:
        if added:
            present[sheet.find(added)] = True
        wanted = Attendance(sheet.session.id, present, number_of(request.POST.get("version", "")))
        attending.save(config(), sheet.term, wanted, sheet.by, word=sheet.word)
    except NobodyError as refusal:
        return again(fault=str(refusal), status=422)
    except RefusedEditError as refusal:
        return again(fault="; ".join(finding["text"] for finding in refusal.errors), status=422)
    except ConflictError as error:
        newest = error.newest
        said = f"{newest.by} sparade en annan närvaro {when(newest.made)}, medan du fyllde i. " if newest else ""
        said += "Dina kryss står kvar, med det som redan är sparat bredvid. Spara igen om dina ska gälla."
        return again(fault=said, status=409, conflict=True)
    except StaleBaseError as error:
        return again(fault=error.told(), status=409)
    return None


def form(
    sheet: Sheet,
    fault: str = "",
    *,
    status: int = 200,
    given: Mapping[str, bool] | None = None,
    added: str = "",
    conflict: bool = False,
) -> dict[str, Any]:
    """What the form is made of: everybody who is booked or was told of; ticked as given, else as told, else present."""
    base = inputs_of_terms.newest(sheet.term)
    told = attending.told(config(), base).get(sheet.session.id, {})
    listed = _listed(sheet, base)
    ticked = {hire: (given or {}).get(hire, told.get(hire, True)) for hire in listed}
    return {
        "chosen": sheet.session,
        "version": base.number if base else 0,
        "people": [(hire, name, ticked[hire], told.get(hire)) for hire, name in listed.items()],
        "others": _others(sheet, listed) if sheet.others else None,
        "added": added,
        "told": bool(told),
        "conflict": conflict,
        "fault": fault,
        "status": status,
    }


def _listed(sheet: Sheet, base: InputVersion | None) -> Mapping[str, str]:
    """Names by id of all whose boxes the form has."""
    told = attending.told(config(), base).get(sheet.session.id, {})
    more = {hire: sheet.names.get(hire, hire) for hire in told if hire not in sheet.session.people}
    return {**sheet.session.people, **more}


def _others(sheet: Sheet, listed: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    rows = ((hire, name) for hire, name in sheet.names.items() if hire not in listed)
    return sorted(rows, key=lambda row: swedish_order(row[1]))
