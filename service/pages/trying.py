"""«Prova»: another round, or none, for a person, and what it costs; «Lås», «Spärra», «Släpp»: seats decided by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from models.moving import BarWish, MoveWish, Wishes
from service import decisions, inputs_of_terms, planning_days, row_edits
from service.access import COORDINATORS
from service.decisions import Decision, Today
from service.inputs_of_terms import StaleBaseError
from service.jobs import asking
from service.jobs.asking import RefusedJobError
from service.models import InputVersion, Job, Plan, PlanPerson
from service.pages.found import job_of, plan_of
from service.pages.page import actor, config, page, shown
from service.row_edits import RefusedEditError
from terminsplan.store import open_plan


@page(COORDINATORS, "POST")
def try_out(request: HttpRequest, number: int) -> HttpResponse:
    """A job that prices the wish."""
    plan, person, programme = _asked(request, number)
    chosen = request.POST.get("omgang", "")
    if chosen:
        wishes = {"move": [{"hire": person.hire, "programme": programme, "round": chosen}]}
    else:
        stored = open_plan(config().plans / plan.folder)
        bars = Today(stored.problem, stored.plan).not_there(person.hire, programme, "").bars
        wishes = {"bar": [bar.model_dump() for bar in bars]}
    try:
        job = asking.ask_try(plan, wishes, actor(request))
    except RefusedJobError as refusal:
        return _refused(request, plan, str(refusal))
    return HttpResponseRedirect(f"/jobb/{job.id}")


@page(COORDINATORS, "POST")
def lock(request: HttpRequest, number: int) -> HttpResponse:
    """«Lås»: her seats of the programme that are ahead, as they are in the plan, are decided."""
    plan, person, programme = _asked(request, number)

    def decide(today: Today) -> Decision:
        return today.decided(today.keep_seats(person.hire, programme))

    return _keep(request, plan, decide, f"Låst: {person.hire}, {programme}") or _back(plan, person)


@page(COORDINATORS, "POST")
def bar(request: HttpRequest, number: int) -> HttpResponse:
    """«Spärra»: not that round."""
    plan, person, programme = _asked(request, number)
    chosen = request.POST.get("omgang", "")
    if chosen and not plan.rounds.filter(programme=programme, round=chosen).exists():
        raise Http404

    def decide(today: Today) -> Decision:
        return today.decided(today.not_there(person.hire, programme, chosen))

    return _keep(request, plan, decide, f"Spärrad: {person.hire}, {chosen or programme}") or _back(plan, person)


@page(COORDINATORS, "POST")
def release(request: HttpRequest, number: int) -> HttpResponse:
    """«Släpp»: what was decided by hand for her in the programme is not any more; what was held stays."""
    plan, person, programme = _asked(request, number)

    def decide(today: Today) -> Decision:
        return today.by_hand(person.hire, programme)

    return _keep(request, plan, decide, f"Släppt: {person.hire}, {programme}") or _back(plan, person)


@page(COORDINATORS, "POST")
def so_be_it(request: HttpRequest, number: int) -> HttpResponse:
    """What was tried is decided, and a draft is made that begins at the plan that it was tried on."""
    job = job_of(request, number)
    if job.kind != asking.TRY or job.base is None or job.state != Job.State.DONE:
        raise Http404
    plan = plan_of(request, job.base_id or 0)
    wishes = Wishes(
        moves=tuple(MoveWish(**wish) for wish in job.options["move"]),
        bars=tuple(BarWish(**wish) for wish in job.options["bar"]),
    )
    word = f"Bestämt för hand: {', '.join(sorted(wishes.hires))}"
    refused = _keep(request, plan, lambda today: today.decided(wishes), word, idle=True)
    if refused is not None:
        return refused
    try:
        day = _day(plan, inputs_of_terms.newest(plan.term)).isoformat()
        made = asking.ask(job.term, {"kind": asking.REPLAN, "base": plan, "planning_date": day}, actor(request))
    except RefusedJobError as refusal:
        return _refused(request, plan, str(refusal))
    return HttpResponseRedirect(f"/jobb/{made.id}")


@dataclass(frozen=True)
class ByHand:
    """What the newest input decides by hand: seats from the day ``ahead``
    on, as (hire, session), and barred rounds, as (hire, round).
    """

    locked: decisions.Pairs
    barred: decisions.Pairs
    ahead: str

    def locks(self, hire: str, seat: Mapping[str, Any]) -> bool:
        """Whether a seat, as an index has it, is locked."""
        return (hire, seat["session"]) in self.locked and seat["start"] >= self.ahead

    def concerns(self, person: PlanPerson) -> bool:
        """Whether anything is decided for her."""
        seats = (seat for row in person.account["requirements"] for seat in row["seats"])
        return any(hire == person.hire for hire, _ in self.barred) or any(
            self.locks(person.hire, seat) for seat in seats
        )


def by_hand(plan: Plan) -> ByHand:
    """Of the newest input, for a plan."""
    version = inputs_of_terms.newest(plan.term)
    rows = row_edits.all_rows(config(), version) if version else {}
    booked, barred = (
        frozenset((row[hire], row[target]) for row in rows.get(table, ()))
        for table, (hire, target) in decisions.KEYS.items()
    )
    return ByHand(booked, barred, _day(plan, version).isoformat())


def choices(plan: Plan, programme: str) -> list[tuple[str, str]]:
    """Rounds of a programme, with their dates."""
    rows = plan.rounds.filter(programme=programme).order_by("position")
    return [(row.round, f"{row.round}: {', '.join(s['text'] for s in row.account['sessions'][:1])}") for row in rows]


def _asked(request: HttpRequest, number: int) -> tuple[Plan, PlanPerson, str]:
    plan = plan_of(request, number)
    person = actor(request).people(plan).filter(hire=request.POST.get("person", "")).first()
    programme = request.POST.get("utbildning", "")
    if person is None or f"|{programme}|" not in person.programmes:
        raise Http404
    return plan, person, programme


def _back(plan: Plan, person: PlanPerson) -> HttpResponse:
    return HttpResponseRedirect(f"/planer/{plan.id}/person?{urlencode({'id': person.hire})}")


def _day(plan: Plan, version: InputVersion | None) -> date:
    return planning_days.continued(version.sizes if version else {}, plan.planning_date, plan.made.date())


def _keep(
    request: HttpRequest, plan: Plan, decide: Callable[[Today], Decision], word: str, *, idle: bool = False
) -> HttpResponse | None:
    """A version of the newest input with what is decided; an answer
    where that cannot be. ``idle``: nothing to change is no fault.
    """
    base = inputs_of_terms.newest(plan.term)
    if base is None:
        raise Http404
    stored = open_plan(config().plans / plan.folder)
    try:
        decision = decide(decisions.as_of(config(), stored, base, _day(plan, base)))
        if decision.empty and not idle:
            return _refused(
                request, plan, "Det finns inget att ändra: så står det redan, eller så har det redan hållits."
            )
        read = row_edits.edited(config(), base, decisions.written, decision)
        if read is not None:
            inputs_of_terms.keep(config(), plan.term, read, actor(request), word=word, base=base.number)
    except RefusedEditError as refusal:
        return _refused(request, plan, *(finding["text"] for finding in refusal.errors))
    except StaleBaseError as error:
        return _refused(request, plan, error.told())
    return None


def _refused(request: HttpRequest, plan: Plan, *lines: str) -> HttpResponse:
    content = {"lines": lines, "plan": plan}
    return shown(request, "refused.html", content, term=plan.term, status=422)
