"""What an assignment of the model says: bookings, states, rounds; and the assignment that a plan is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.ids import RoundStatus, State
from models.plan import Booking, Plan, Reason, Requirement, RoundUse, Suggestion
from models.problem import Session, TermProblem
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.situation.requirements import Need

NeedKey = tuple[str, str]
"""(hire id, programme id)."""


def assignment_of(model: Model, plan: Plan) -> Values:
    """A plan as an assignment of the model, without seats that it has no place for."""
    seats = {(row.hire, row.session) for row in plan.bookings}
    return model.variables.linear_model.complete(
        c.variable
        for c in model.variables.candidates
        if all((c.need.hire.id, session.id) in seats for session in c.offer.sessions)
    )


def bookings_of(model: Model, values: Values) -> tuple[Booking, ...]:
    """Held seats and chosen ones, by hire, programme, module and
    meeting. A held seat of which nobody has told is unconfirmed.

    Each session is made a booking once, and copied for everybody there (docs/adr/103).
    """
    seats: dict[str, list[Session]] = {hire: list(facts) for hire, facts in model.history.facts.items()}
    for candidate in model.chosen(values):
        seats.setdefault(candidate.need.hire.id, []).extend(candidate.offer.sessions)
    sessions = {s.id: s for own in seats.values() for s in own}
    planned = model.history.planning_date
    shown = in_order(_booking(model.problem, "", session, planned) for session in sessions.values())
    unconfirmed = [booking.model_copy(update={"unconfirmed": True}) for booking in shown]
    places = {booking.session: place for place, booking in enumerate(shown)}
    told = {(row.hire, row.session) for row in model.problem.attendance}
    open_ = {(hire, session.id) for hire, facts in model.history.facts.items() for session in facts} - told
    return tuple(
        (unconfirmed if (hire, shown[place].session) in open_ else shown)[place].taken_by(hire)
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
    """What became of it (INPUT.md, "What counts as done, late, waiting")."""
    if need.alone:
        overdue = need.deadline is not None and need.deadline < model.history.planning_date
        return State.ON_OWN_LATE if overdue else State.ON_OWN
    if need.done:
        return State.DONE
    if not model.variables.booked(need).value(values):
        return _unbooked(need)
    completed = _last_day(model, need, values)
    late = need.deadline is not None and completed is not None and completed > need.deadline
    return State.LATE if late else State.ON_TIME


def _unbooked(need: Need) -> State:
    if need.leaves:
        return State.LEAVES
    return State.MISSING if need.counts else State.WAITING


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


def in_order(rows: Iterable[Booking]) -> tuple[Booking, ...]:
    """By hire, programme, module, meeting and session."""
    return tuple(sorted(rows, key=lambda b: (b.hire, b.programme, b.module, b.meeting, b.session)))


def _completed(model: Model, need: Need, values: Values) -> date | None:
    if not need.blocks:
        return max((s.day for s in (*need.facts, *need.attended)), default=None)
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
