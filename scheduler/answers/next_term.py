"""What goes on to the next term: those with something left to
do, and what they have done (INPUT.md, "What counts as done").

A requirement that is booked is counted as done, since all its seats lie within the term.
One that is missing or waiting, or taken alone and not done yet, goes on, less the
modules that were credited, attended or are still to be attended as plain seats. Whoever
has nothing left, or leaves with the term, is left out: the next plan has no use for her.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from models.ids import State
from models.plan import Booking, Plan
from models.problem import Absence, Break, Credit, Hire, TermProblem

_LEFT = (State.MISSING, State.WAITING, State.ON_OWN, State.ON_OWN_LATE)
HireProgramme = tuple[str, str]
Dated = TypeVar("Dated", Absence, Break)


def carried(problem: TermProblem, plan: Plan) -> frozenset[HireProgramme]:
    """(hire, programme) of the requirements that go on to the next term."""
    staying = {h.id for h in problem.hires if h.ends is None or h.ends > problem.settings.horizon_end}
    return frozenset((r.hire, r.programme) for r in plan.requirements if r.state in _LEFT and r.hire in staying)


def carry_over(problem: TermProblem, plan: Plan) -> TermProblem:
    """The problem for the next term, without rounds and sessions: those are for the coordinator to fill in."""
    left = carried(problem, plan)
    going_on = {hire for hire, _ in left}
    done = _done_modules(problem, plan)
    finished = {(r.hire, r.programme) for r in plan.requirements} - left
    hires = [h for h in problem.hires if h.id in going_on]
    return problem.model_copy(
        update={
            "holidays": (),
            "breaks": _beyond(problem, problem.breaks),
            "rounds": (),
            "sessions": (),
            "quotas": (),
            "hires": tuple(h.model_copy(update={"credits": _credits(h, finished, left, done)}) for h in hires),
            "absences": tuple(a for a in _beyond(problem, problem.absences) if a.hire is None or a.hire in going_on),
            "bookings": (),
            "barred": (),
            "attendance": (),
        }
    )


def unconfirmed_credits(problem: TermProblem, plan: Plan) -> tuple[Booking, ...]:
    """The held seats of those who go on that are credited though
    nobody has told whether they came, by hire, programme and module.
    """
    left = carried(problem, plan)
    going_on = {hire for hire, _ in left}
    whole = {(b.hire, b.programme, b.module, b.round) for b in _whole_modules(problem, plan)}
    found = [
        b
        for b in plan.bookings
        if b.unconfirmed
        and b.hire in going_on
        and ((b.hire, b.programme) not in left or (b.hire, b.programme, b.module, b.round) in whole)
    ]
    return tuple(sorted(found, key=lambda b: (b.hire, b.programme, b.module, b.start)))


def _beyond(problem: TermProblem, rows: Sequence[Dated]) -> tuple[Dated, ...]:
    """Breaks and absences that last beyond the term."""
    return tuple(row for row in rows if row.last > problem.settings.horizon_end)


def _credits(
    hire: Hire,
    finished: set[HireProgramme],
    left: frozenset[HireProgramme],
    done: Mapping[HireProgramme, set[int]],
) -> tuple[Credit, ...]:
    """Whole programmes that are finished, modules of those that go on, and what was credited of others."""
    found = {Credit(programme=programme) for owner, programme in finished if owner == hire.id}
    for owner, programme in left:
        if owner == hire.id:
            found |= {Credit(programme=programme, module=number) for number in done[owner, programme]}
    known = {c.programme for c in found} | {programme for owner, programme in left if owner == hire.id}
    found |= {credit for credit in hire.credits if credit.programme not in known}
    return tuple(sorted(found, key=lambda credit: (credit.programme, credit.module or 0)))


def _done_modules(problem: TermProblem, plan: Plan) -> Mapping[HireProgramme, set[int]]:
    """Modules that were credited, that were attended without a
    seat, or of which she has a seat at every meeting of a round.
    """
    found: dict[HireProgramme, set[int]] = defaultdict(set)
    for hire in problem.hires:
        for credit in hire.credits:
            if credit.module is not None:
                found[hire.id, credit.programme].add(credit.module)
    for hire_id, session_id in _present_without_seat(problem, plan):
        session = problem.session_by_id[session_id]
        found[hire_id, problem.round_by_id[session.round].programme].add(session.module)
    for booking in _whole_modules(problem, plan):
        found[booking.hire, booking.programme].add(booking.module)
    return found


def _present_without_seat(problem: TermProblem, plan: Plan) -> set[tuple[str, str]]:
    present = {(row.hire, row.session) for row in problem.attendance if row.present}
    return present - {(b.hire, b.session) for b in plan.bookings}


def _whole_modules(problem: TermProblem, plan: Plan) -> Iterator[Booking]:
    """A booking of each module of which all meetings in the round are booked."""
    seats: dict[tuple[str, str, int], dict[str, Booking]] = defaultdict(dict)
    for booking in plan.bookings:
        seats[booking.hire, booking.round, booking.module][booking.session] = booking
    for (_, round_id, module), own in seats.items():
        if own.keys() >= {s.id for s in problem.meetings.get((round_id, module), ())}:
            yield next(iter(own.values()))
