"""From an assignment to what the plan says: bookings, states, rounds; and from the plans of groups to that of the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.change import PlanDiff
from models.ids import Level, RoundStatus, State
from models.plan import Booking, LevelResult, Reason, Requirement, RoundUse, Suggestion
from models.problem import Session, TermProblem
from scheduler.draft import Values
from scheduler.model import Model, uncollected
from scheduler.outcome import Ending, Outcome
from scheduler.requirements import Need

_What = TypeVar("_What", Level, str)
NeedKey = tuple[str, str]
"""(hire id, programme id)."""


def bookings_of(model: Model, values: Values) -> tuple[Booking, ...]:
    """Held seats and chosen ones, by hire, programme, module and meeting.

    Each session is made a booking once, and copied for everybody there. Measured on 735,000 bookings: 11 CPU seconds and
    1,000 MB to 2.3 seconds and 420 MB.
    """
    seats: dict[str, list[Session]] = {hire: list(facts) for hire, facts in model.history.facts.items()}
    for candidate in model.chosen(values):
        seats.setdefault(candidate.need.hire.id, []).extend(candidate.offer.sessions)
    sessions = {s.id: s for own in seats.values() for s in own}
    planned = model.history.planning_date
    shown = _in_order(_booking(model.problem, "", session, planned) for session in sessions.values())
    places = {booking.session: place for place, booking in enumerate(shown)}
    with uncollected():
        return tuple(
            shown[place].taken_by(hire)
            for hire, own in sorted(seats.items())
            for place in sorted(places[session.id] for session in own)
        )


def requirements_of(
    model: Model,
    values: Values,
    reasons: Mapping[NeedKey, tuple[Reason, ...]],
    suggestions: Mapping[NeedKey, tuple[Suggestion, ...]],
) -> tuple[Requirement, ...]:
    """Every requirement with its state, its reasons and what would help, done ones too."""
    return tuple(
        Requirement(
            hire=need.hire.id,
            programme=need.programme.id,
            state=state_of(model, need, values),
            deadline=need.deadline,
            completed_on=_completed(model, need, values),
            reasons=reasons.get(need.key, ()),
            suggestions=suggestions.get(need.key, ()),
        )
        for need in model.needs
    )


def state_of(model: Model, need: Need, values: Values) -> State:
    """Done, on time, late, missing or waiting (INPUT.md)."""
    if need.done:
        return State.DONE
    if not model.variables.booked(need).value(values):
        return State.MISSING if need.counts else State.WAITING
    completed = _last_day(model, need, values)
    late = need.deadline is not None and completed is not None and completed > need.deadline
    return State.LATE if late else State.ON_TIME


def rounds_of(model: Model, values: Values) -> tuple[RoundUse, ...]:
    """All but cancelled rounds, with their participants."""
    people: dict[str, set[str]] = defaultdict(set)
    for candidate in model.chosen(values):
        people[candidate.offer.round.id].add(candidate.need.hire.id)
    rounds = []
    for round_ in sorted(model.problem.rounds, key=lambda r: r.id):
        if round_.status is not RoundStatus.CANCELLED:
            number = len(people[round_.id] | model.variables.held_participants(round_))
            runs = round_.status is RoundStatus.FIXED or number > 0
            rounds.append(RoundUse(round=round_.id, runs=runs, participants=number, seats=round_.seats))
    return tuple(rounds)


def ending_of(levels: Sequence[LevelResult], *, stopped: bool) -> Ending:
    """How a solve ended that has a plan."""
    if stopped:
        return Ending.STOPPED
    return Ending.PROVEN if all(level.proven for level in levels) else Ending.FOUND


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What came of a whole term, of which each outcome is that of a group of its hires (``scheduler.components``)."""
    plans = [outcome.plan for outcome in outcomes if outcome.plan]
    stopped = any(outcome.ending is Ending.STOPPED for outcome in outcomes)
    if len(plans) < len(outcomes):
        return Outcome(Ending.STOPPED if stopped else Ending.NOTHING, None)
    levels = tuple(_over_groups(rows) for rows in zip(*(plan.levels for plan in plans), strict=True))
    plan = plans[0].model_copy(
        update={
            "bookings": _in_order(row for plan in plans for row in plan.bookings),
            "requirements": _by_hire(row for plan in plans for row in plan.requirements),
            "rounds": tuple(_all_uses(rows) for rows in zip(*(plan.rounds for plan in plans), strict=True)),
            "levels": levels,
        }
    )
    return Outcome(
        ending_of(levels, stopped=stopped),
        plan,
        kept_breaches=tuple(breach for outcome in outcomes for breach in outcome.kept_breaches),
        level_seconds=_summed(outcome.level_seconds for outcome in outcomes),
        phase_seconds=_summed(outcome.phase_seconds for outcome in outcomes),
        changes=_all_changes(outcome.changes for outcome in outcomes),
    )


def _over_groups(rows: Sequence[LevelResult]) -> LevelResult:
    """One level: a sum over the groups, but for ``equity``, the largest share of all. What has no bound is at least nought."""
    over = max if rows[0].name is Level.EQUITY else sum
    value, bounds = over(row.value for row in rows), [row.bound for row in rows if row.bound is not None]
    bound = over(bounds) if bounds else None
    proven = bound is not None and bound >= value
    return LevelResult(name=rows[0].name, value=value, bound=value if proven else bound, proven=proven)


def _all_uses(rows: Sequence[RoundUse]) -> RoundUse:
    """One round: those who are booked in it belong to one group."""
    people = sum(row.participants for row in rows)
    return rows[0].model_copy(update={"participants": people, "runs": any(row.runs for row in rows)})


def _summed(parts: Iterable[tuple[tuple[_What, float], ...]]) -> tuple[tuple[_What, float], ...]:
    """Seconds by what they went to, over all groups."""
    seconds: dict[_What, float] = defaultdict(float)
    for what, own in (row for part in parts for row in part):
        seconds[what] += own
    return tuple(seconds.items())


def _all_changes(parts: Iterable[PlanDiff | None]) -> PlanDiff | None:
    found = [part for part in parts if part is not None]
    rows = sorted((c for p in found for c in p.changes), key=lambda c: (c.hire, c.programme, c.module, c.meeting))
    return PlanDiff(changes=tuple(rows), unchanged=sum(p.unchanged for p in found)) if found else None


def _in_order(rows: Iterable[Booking]) -> tuple[Booking, ...]:
    return tuple(sorted(rows, key=lambda b: (b.hire, b.programme, b.module, b.meeting, b.session)))


def _by_hire(rows: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(sorted(rows, key=lambda r: (r.hire, r.programme)))


def _completed(model: Model, need: Need, values: Values) -> date | None:
    if need.done:
        return max((s.day for s in need.facts), default=None)
    return _last_day(model, need, values) if model.variables.booked(need).value(values) else None


def _last_day(model: Model, need: Need, values: Values) -> date | None:
    """Day of the last booked meeting of the requirement."""
    own = (c for block in need.blocks for c in model.variables.of_block(need, block) if values[c.variable])
    return max((c.offer.last for c in own), default=None)


def _booking(problem: TermProblem, hire: str, session: Session, planned: date) -> Booking:
    zone = ZoneInfo(problem.settings.timezone)
    return Booking(
        hire=hire,
        programme=problem.round_by_id[session.round].programme,
        module=session.module,
        meeting=session.meeting,
        round=session.round,
        session=session.id,
        start=_aware(session.starts_at, zone),
        end=_aware(session.ends_at, zone),
        place=session.place,
        room=session.room,
        trainers=session.trainers,
        changed_on=planned,
    )


def _aware(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone)
