"""Närvaro: a session's names with a box each, «Lägg till deltagare», «Spara närvaro»."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from service import inputs_of_terms, row_edits
from service.access import COORDINATORS, published
from service.inputs_of_terms import StaleBaseError
from service.models import Plan, Term
from service.pages.found import term_of
from service.pages.page import actor, config, page, shown
from service.row_edits import RefusedEditError

_TABLE = "närvaro"


@page(COORDINATORS)
def sessions(request: HttpRequest, term: int) -> HttpResponse:
    """The sessions of the published plan."""
    found = term_of(request, term)
    now = published(found)
    rows = _sessions(now.plan) if now else []
    return shown(request, "sessions.html", {"rows": rows, "now": now}, term=found)


@page(COORDINATORS, "GET", "POST")
def session(request: HttpRequest, term: int) -> HttpResponse:
    """One of them; attendance by POST."""
    found = term_of(request, term)
    now = published(found)
    wanted = request.GET.get("id", "")
    chosen = next((row for row in _sessions(now.plan) if row["id"] == wanted), None) if now else None
    if now is None or chosen is None:
        raise Http404
    if request.method == "POST":
        return _saved(request, found, now.plan, chosen)
    return _shown(request, found, now.plan, chosen)


def _saved(request: HttpRequest, term: Term, plan: Plan, chosen: dict[str, Any]) -> HttpResponse:
    base = inputs_of_terms.newest(term)
    listed = request.POST.getlist("person")
    present = set(request.POST.getlist("närvarande"))
    added = request.POST.get("tillagd", "")
    hires = [*dict.fromkeys((*listed, *([added] if added else [])))]
    rows = [{"hire": hire, "session": chosen["id"], "present": hire in present or hire == added} for hire in hires]
    if base is None or not rows:
        return _shown(request, term, plan, chosen, fault="Det finns inget att spara.", status=422)
    try:
        read = row_edits.edited(config(), base, row_edits.with_attendance, rows)
        if read is not None:
            word = f"Närvaro vid {chosen['id']}"
            inputs_of_terms.keep(config(), term, read, actor(request), word=word, base=base.number)
    except RefusedEditError as refusal:
        return _shown(
            request, term, plan, chosen, fault="; ".join(finding["text"] for finding in refusal.errors), status=422
        )
    except StaleBaseError as error:
        return _shown(request, term, plan, chosen, fault=error.told(), status=409)
    return HttpResponseRedirect(f"/terminer/{term.id}/narvaro")


def _shown(
    request: HttpRequest, term: Term, plan: Plan, chosen: dict[str, Any], *, fault: str = "", status: int = 200
) -> HttpResponse:
    told = _told(term, chosen["id"])
    booked = {one["hire"]: one["name"] for one in chosen["people"]}
    names = dict(actor(request).people(plan).values_list("hire", "name"))
    listed = {**booked, **{hire: names.get(hire, hire) for hire in told if hire not in booked}}
    content = {
        "chosen": chosen,
        "people": [(hire, name, told.get(hire, True)) for hire, name in listed.items()],
        "others": [(hire, name) for hire, name in names.items() if hire not in listed],
        "told": bool(told),
        "fault": fault,
    }
    return shown(request, "attendance.html", content, term=term, status=status)


def _told(term: Term, session: str) -> dict[str, bool]:
    """What the newest input says of who was there."""
    version = inputs_of_terms.newest(term)
    if version is None:
        return {}
    rows = row_edits.rows_of(config(), version, _TABLE, ("nyanställd", "tillfälle", "närvarande"))
    return {row["nyanställd"]: not row_edits.says_no(row["närvarande"]) for row in rows if row["tillfälle"] == session}


def _sessions(plan: Plan) -> list[dict[str, Any]]:
    """Those with somebody booked, in order of time; ``past`` are those whose day has come."""
    people: dict[str, list[dict[str, str]]] = {}
    when: dict[str, str] = {}
    for person in plan.people.order_by("order"):
        for requirement in person.account["requirements"]:
            for seat in requirement["seats"]:
                people.setdefault(seat["session"], []).append({"hire": person.hire, "name": person.name})
                when[seat["session"]] = seat["start"]
    today = date.today().isoformat()  # noqa: DTZ011  # the coordinator's own day
    found = [
        {**one, "name": row.account["name"], "round": row.round, "people": people[one["id"]], "start": when[one["id"]]}
        for row in plan.rounds.all()
        for one in row.account["sessions"]
        if one["id"] in people
    ]
    return sorted(
        ({**row, "past": row["start"][:10] <= today} for row in found), key=lambda row: (row["start"], row["id"])
    )
