"""What the old plan gave to those who have not left: seats held since, seats still to come, and what became of them.

A published row is still the same seat only if its session is in the input for the same programme and module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.plan import Booking, Plan
from models.problem import Session, TermProblem
from scheduler.verify.keys import Key, Seat, by_requirement, programme_of


@dataclass(frozen=True)
class Published:
    """Seats of the old plan.

    ``held`` are those at sessions before the planning date, ``to_come`` those from that day on, with their rows;
    ``sessions_of`` are the sessions of ``to_come`` by requirement. ``vanished`` are modules with a seat, not yet held,
    whose session is no longer in the input: it became impossible.
    """

    held: frozenset[Seat]
    to_come: Mapping[Seat, Booking]
    sessions_of: Mapping[Key, tuple[Session, ...]]
    vanished: Mapping[Key, frozenset[int]]


def published_seats(problem: TermProblem, today: date, previous: Plan | None) -> Published:
    """The seats of the old plan as the input has them today; none without an old plan."""
    rows = [row for row in (previous.bookings if previous else ()) if row.hire in problem.hire_by_id]
    listed = {Seat(row.hire, row.session): row for row in rows if _is_listed(problem, row)}
    held = frozenset(seat for seat in listed if problem.session_by_id[seat.session].day < today)
    to_come = {seat: row for seat, row in listed.items() if seat not in held}
    gone = (row for row in rows if not _is_listed(problem, row))
    return Published(held, to_come, by_requirement(problem, to_come), _vanished(problem, today, gone))


def is_rescheduled(problem: TermProblem, row: Booking) -> bool:
    """The session of a published row has another date or time than the old plan told."""
    session = problem.session_by_id[row.session]
    return (_local(problem, row.start), _local(problem, row.end)) != (session.starts_at, session.ends_at)


def _is_listed(problem: TermProblem, row: Booking) -> bool:
    """The input still has the row's session, for the same module."""
    session = problem.session_by_id.get(row.session)
    return session is not None and (programme_of(problem, session), session.module) == (row.programme, row.module)


def _vanished(problem: TermProblem, today: date, gone: Iterable[Booking]) -> Mapping[Key, frozenset[int]]:
    found: dict[Key, set[int]] = defaultdict(set)
    for row in gone:
        if _local(problem, row.start).date() >= today:
            found[Key(row.hire, row.programme)].add(row.module)
    return {key: frozenset(modules) for key, modules in found.items()}


def _local(problem: TermProblem, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(problem.settings.timezone)).replace(tzinfo=None)
