"""«Prova»: another round, or none, for a person, and what it costs; «Lås», «Spärra», «Släpp»: seats decided by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from service import inputs_of_terms, row_edits
from service.access import COORDINATORS
from service.inputs_of_terms import StaleBaseError
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import InputVersion, Job, Plan, PlanPerson, Term
from service.pages.found import job_of, plan_of
from service.pages.page import actor, config, page, shown
from service.row_edits import RefusedEditError

BOOKINGS, BARRED = "bokningar", "spärrar"
_KEYS = {BOOKINGS: ("nyanställd", "tillfälle"), BARRED: ("nyanställd", "omgång")}


@page(COORDINATORS, "POST")
def try_out(request: HttpRequest, number: int) -> HttpResponse:
    """A job that prices the wish."""
    plan, person, programme = _asked(request, number)
    chosen = request.POST.get("omgang", "")
    if chosen:
        wishes = {"move": [{"hire": person.hire, "programme": programme, "round": chosen}]}
    else:
        wishes = {"bar": [{"hire": person.hire, "round": name} for name in _rounds_of(person, programme)]}
    try:
        job = asking.ask_try(plan, wishes, actor(request))
    except RefusedJobError as refusal:
        return _refused(request, plan, str(refusal))
    return HttpResponseRedirect(f"/jobb/{job.id}")


@page(COORDINATORS, "POST")
def lock(request: HttpRequest, number: int) -> HttpResponse:
    """«Lås»: her seats of the programme, as they are in the plan, are decided."""
    plan, person, programme = _asked(request, number)
    rows = [{"nyanställd": person.hire, "tillfälle": name} for name in _sessions_of(person, programme)]
    return _keep(request, plan, _with, {BOOKINGS: rows}, f"Låst: {person.hire}, {programme}") or _back(plan, person)


@page(COORDINATORS, "POST")
def bar(request: HttpRequest, number: int) -> HttpResponse:
    """«Spärra»: not that round."""
    plan, person, programme = _asked(request, number)
    rounds = [request.POST["omgang"]] if request.POST.get("omgang") else _rounds_of(person, programme)
    rows = [{"nyanställd": person.hire, "omgång": name} for name in rounds]
    word = f"Spärrad: {person.hire}, {', '.join(rounds)}"
    return _keep(request, plan, _with, {BARRED: rows}, word) or _back(plan, person)


@page(COORDINATORS, "POST")
def release(request: HttpRequest, number: int) -> HttpResponse:
    """«Släpp»: what was decided by hand for her in the programme is not any more."""
    plan, person, programme = _asked(request, number)
    mine = by_hand(plan.term, person.hire)
    rounds = set(plan.rounds.filter(programme=programme).values_list("round", flat=True))
    sessions = set(_all_sessions(plan, programme))
    change = {
        BOOKINGS: [row for row in mine[BOOKINGS] if row["tillfälle"] in sessions],
        BARRED: [row for row in mine[BARRED] if row["omgång"] in rounds],
    }
    return _keep(request, plan, _without, change, f"Släppt: {person.hire}, {programme}") or _back(plan, person)


@page(COORDINATORS, "POST")
def so_be_it(request: HttpRequest, number: int) -> HttpResponse:
    """What was tried is decided, and a draft is made that begins at the plan that it was tried on."""
    job = job_of(request, number)
    if job.kind != asking.TRY or job.base is None or job.state != Job.State.DONE:
        raise Http404
    plan = plan_of(request, job.base_id or 0)
    rows: dict[str, list[dict[str, str]]] = {
        BARRED: [{"nyanställd": wish["hire"], "omgång": wish["round"]} for wish in job.options["bar"]],
        BOOKINGS: [
            {"nyanställd": wish["hire"], "tillfälle": session}
            for wish in job.options["move"]
            for session in _sessions_of_round(plan, wish["round"])
        ],
    }
    refused = _keep(request, plan, _with, rows, f"Bestämt för hand: {', '.join(sorted({*_hires(rows)}))}")
    if refused is not None:
        return refused
    try:
        made = asking.ask(job.term, {"kind": asking.REPLAN, "base": plan}, actor(request))
    except RefusedJobError as refusal:
        return _refused(request, plan, str(refusal))
    return HttpResponseRedirect(f"/jobb/{made.id}")


def by_hand(term: Term, hire: str) -> Mapping[str, list[dict[str, str]]]:
    """Rows of the newest input that decide something for her."""
    version = inputs_of_terms.newest(term)
    return row_edits.rows_about(config(), version, _KEYS, hire) if version else {BOOKINGS: [], BARRED: []}


def choices(plan: Plan, programme: str) -> list[tuple[str, str]]:
    """Rounds of a programme, with their dates."""
    rows = plan.rounds.filter(programme=programme).order_by("position")
    return [(row.round, f"{row.round}: {', '.join(s['text'] for s in row.account['sessions'][:1])}") for row in rows]


def _hires(rows: Mapping[str, Sequence[Mapping[str, str]]]) -> set[str]:
    return {row["nyanställd"] for some in rows.values() for row in some}


def _asked(request: HttpRequest, number: int) -> tuple[Plan, PlanPerson, str]:
    plan = plan_of(request, number)
    person = actor(request).people(plan).filter(hire=request.POST.get("person", "")).first()
    programme = request.POST.get("utbildning", "")
    if person is None or f"|{programme}|" not in person.programmes:
        raise Http404
    return plan, person, programme


def _seats(person: PlanPerson, programme: str) -> list[Mapping[str, Any]]:
    return [seat for row in person.account["requirements"] if row["programme"] == programme for seat in row["seats"]]


def _rounds_of(person: PlanPerson, programme: str) -> list[str]:
    return sorted({seat["round"] for seat in _seats(person, programme)})


def _sessions_of(person: PlanPerson, programme: str) -> list[str]:
    return [seat["session"] for seat in _seats(person, programme)]


def _all_sessions(plan: Plan, programme: str) -> list[str]:
    return [s["id"] for row in plan.rounds.filter(programme=programme) for s in row.account["sessions"]]


def _sessions_of_round(plan: Plan, round_: str) -> list[str]:
    return [s["id"] for row in plan.rounds.filter(round=round_) for s in row.account["sessions"] if not s["cancelled"]]


def _back(plan: Plan, person: PlanPerson) -> HttpResponse:
    return HttpResponseRedirect(f"/planer/{plan.id}/person?{urlencode({'id': person.hire})}")


def _keep(
    request: HttpRequest, plan: Plan, edit: row_edits.Edit, rows: Mapping[str, Any], word: str
) -> HttpResponse | None:
    """A version of the newest input with the rows, or without them; an answer where that cannot be."""
    base = inputs_of_terms.newest(plan.term)
    if base is None:
        raise Http404
    try:
        read = row_edits.edited(config(), base, edit, rows)
        if read is not None:
            inputs_of_terms.keep(config(), plan.term, read, actor(request), word=word, base=base.number)
    except RefusedEditError as refusal:
        return _refused(request, plan, *(finding["text"] for finding in refusal.errors))
    except StaleBaseError as error:
        newest: InputVersion | None = error.newest
        return _refused(
            request, plan, f"Underlaget ändrades samtidigt av {newest.by if newest else 'någon annan'}. Försök igen."
        )
    return None


def _with(tables: row_edits.Tables, rows: Mapping[str, list[dict[str, str]]]) -> str:
    for table, some in rows.items():
        for cells in some:
            row_edits.with_row(tables, (table, _KEYS[table], cells))
    return ""


def _without(tables: row_edits.Tables, rows: Mapping[str, list[dict[str, str]]]) -> str:
    for table, some in rows.items():
        for cells in some:
            row_edits.without_row(tables, (table, _KEYS[table], cells))
    return ""


def _refused(request: HttpRequest, plan: Plan, *lines: str) -> HttpResponse:
    content = {"lines": lines, "plan": plan}
    return shown(request, "refused.html", content, term=plan.term, status=422)
