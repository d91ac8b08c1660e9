"""What the stored files of a plan name: each id names a thing of its kind in the input that the plan was made from.

Lost seats, events and what was before a change may speak of what has left the input; all else may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import chain
from operator import attrgetter

from models.change import PlanDiff
from models.plan import Booking, Plan
from models.problem import TermProblem
from outputs.names import CHANGES, INPUT, PLAN

_NAMED = 5
_ROUNDS = attrgetter("round", "locked")
_Named = tuple[str, Set[str], Set[str]]


def faults(plan: Plan, problem: TermProblem, changes: PlanDiff | None) -> Iterator[str]:
    """Swedish sentences without a full stop: ids that are unknown or name something else, and rows that contradict."""
    yield from _unknown(PLAN, _named_in_plan(plan, problem))
    if changes is not None:
        yield from _unknown(CHANGES, _named_in_changes(changes, problem))
    for booking in plan.bookings:
        if fault := _contradiction(booking, problem):
            yield fault


def listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    ordered = sorted(names)
    more = f" och {len(ordered) - _NAMED} till" if len(ordered) > _NAMED else ""
    return ", ".join(ordered[:_NAMED]) + more


def _unknown(file: str, named: Iterable[_Named]) -> Iterator[str]:
    for kind, ids, known in named:
        if strange := ids - known:
            yield f"{file} nämner {kind} {listed(strange)}, som inte finns i {INPUT}"


def _named_in_plan(plan: Plan, problem: TermProblem) -> Iterator[_Named]:
    """Of reasons there may be millions, of which few differ."""
    reasons = set(map(_ROUNDS, chain.from_iterable(requirement.reasons for requirement in plan.requirements)))
    ideas = [idea for requirement in plan.requirements for idea in requirement.suggestions]
    hires = {booking.hire for booking in plan.bookings} | {pair.hire for pair in plan.mentors}
    programmes = {booking.programme for booking in plan.bookings}
    for requirement in plan.requirements:
        hires.add(requirement.hire)
        programmes.add(requirement.programme)
    rounds = {booking.round for booking in plan.bookings} | {use.round for use in plan.rounds}
    rounds |= {round_ for pair in reasons for round_ in pair if round_ is not None}
    rounds |= {idea.round for idea in ideas if idea.round is not None}
    yield "nyanställd", hires, problem.hire_by_id.keys()
    yield "utbildning", programmes, problem.programme_by_id.keys()
    yield "omgång", rounds, problem.round_by_id.keys()
    yield "tillfälle", {booking.session for booking in plan.bookings}, problem.session_by_id.keys()
    yield "mentor", {pair.mentor for pair in plan.mentors if pair.mentor is not None}, problem.mentor_by_id.keys()


def _named_in_changes(changes: PlanDiff, problem: TermProblem) -> Iterator[_Named]:
    seats = [change.after for change in changes.changes if change.after is not None]
    known = problem.hire_by_id.keys()
    hires = {hire for change in changes.changes for hire in change.in_favour_of}
    yield "nyanställd", hires | {seat.hire for seat in seats}, known
    yield "nyanställd", {c.hire for c in changes.changes}, known | {former.hire for former in changes.former}
    yield "tillfälle", {seat.session for seat in seats}, problem.session_by_id.keys()
    yield "omgång", {seat.round for seat in seats}, problem.round_by_id.keys()
    yield "utbildning", {seat.programme for seat in seats}, problem.programme_by_id.keys()


def _contradiction(booking: Booking, problem: TermProblem) -> str | None:
    """A seat that is not what its session is, by the input."""
    session = problem.session_by_id[booking.session]
    programme = problem.round_by_id[session.round].programme
    if (booking.round, booking.module, booking.programme) == (session.round, session.module, programme):
        return None
    return (
        f"{PLAN} säger att {booking.session} är omgång {booking.round}, moment {booking.module} i {booking.programme}, "
        f"men i {INPUT} är det omgång {session.round}, moment {session.module} i {programme}"
    )
