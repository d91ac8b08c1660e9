"""What is already settled: held seats, credits, missed modules, given and published seats (MODEL.md rules 7 and 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from models.plan import Booking, Plan
from models.problem import Session, TermProblem

ModuleKey = tuple[str, str, int]
"""(hire id, programme id, module number)."""
SeatKey = tuple[str, str]
"""(hire id, session id)."""


@dataclass(frozen=True)
class PublishedSeat:
    """A row of the previous plan on or after the planning date;
    ``session`` is None when the input no longer lists it as it was.
    """

    booking: Booking
    session: Session | None
    rescheduled: bool


@dataclass(frozen=True)
class History:
    """The past and the promised, as seen on ``planning_date``.

    ``facts`` are the held seats of each hire, those marked absent left out, ``attended`` the sessions where she was
    present without a seat. ``notice_end`` is the first day that may be newly booked.
    """

    planning_date: date
    notice_end: date
    facts: Mapping[str, tuple[Session, ...]]
    attended: Mapping[str, tuple[Session, ...]]
    credited: frozenset[ModuleKey]
    missed: Mapping[ModuleKey, date]
    given: frozenset[SeatKey]
    published: Mapping[str, tuple[PublishedSeat, ...]]

    @cached_property
    def settled(self) -> frozenset[SeatKey]:
        """Seats exempt from the notice window, because they are no news: given or published."""
        promised = {(seat.booking.hire, seat.booking.session) for seats in self.published.values() for seat in seats}
        return self.given | promised


def read_history(problem: TermProblem, planning_date: date, previous: Plan | None) -> History:
    """Sort every seat ever given into held, missed, given and published, by the input's own dates."""
    absent = {(row.hire, row.session) for row in problem.attendance if not row.present}
    given = {(row.hire, row.session) for row in problem.bookings}
    old_rows = previous.bookings if previous else ()
    seats = given | {(b.hire, b.session) for b in old_rows if _session_of(problem, b) and b.hire in problem.hire_by_id}
    held = {key for key in seats if problem.session_by_id[key[1]].day < planning_date}
    facts: dict[str, list[Session]] = defaultdict(list)
    for hire, session in sorted(held - absent):
        facts[hire].append(problem.session_by_id[session])
    return History(
        planning_date=planning_date,
        notice_end=planning_date + timedelta(days=problem.settings.notice_days),
        facts={hire: tuple(sorted(rows, key=lambda s: (s.starts_at, s.id))) for hire, rows in facts.items()},
        attended=_attended(problem, held),
        credited=frozenset(_credited(problem, held)),
        missed=_missed(problem),
        given=frozenset(key for key in given if key not in held),
        published=_published(problem, planning_date, old_rows),
    )


def _session_of(problem: TermProblem, booking: Booking) -> Session | None:
    """The input's session of a published row, if it still is one of that programme's module."""
    session = problem.session_by_id.get(booking.session)
    if session is None or session.module != booking.module:
        return None
    return session if problem.round_by_id[session.round].programme == booking.programme else None


def _attended(problem: TermProblem, held: set[SeatKey]) -> Mapping[str, tuple[Session, ...]]:
    """Sessions at which each hire was present without a seat, in order of start."""
    found: dict[str, list[Session]] = defaultdict(list)
    for row in problem.attendance:
        if row.present and (row.hire, row.session) not in held:
            found[row.hire].append(problem.session_by_id[row.session])
    return {hire: tuple(sorted(rows, key=lambda s: (s.starts_at, s.id))) for hire, rows in found.items()}


def _credited(problem: TermProblem, held: set[SeatKey]) -> Iterator[ModuleKey]:
    for hire in problem.hires:
        for credit in hire.credits:
            for module in problem.programme_by_id[credit.programme].modules:
                if credit.module in (None, module.number):
                    yield hire.id, credit.programme, module.number
    for row in problem.attendance:
        if row.present and (row.hire, row.session) not in held:
            yield _module_key(problem, row.hire, row.session)


def _missed(problem: TermProblem) -> Mapping[ModuleKey, date]:
    """Modules with an absent mark, with the last date that was
    missed; a later retake may have made them done (requirements.py).
    """
    missed: dict[ModuleKey, date] = {}
    for row in problem.attendance:
        if not row.present:
            key = _module_key(problem, row.hire, row.session)
            missed[key] = max(missed.get(key, date.min), problem.session_by_id[row.session].day)
    return missed


def _module_key(problem: TermProblem, hire: str, session_id: str) -> ModuleKey:
    session = problem.session_by_id[session_id]
    return hire, problem.round_by_id[session.round].programme, session.module


def _published(
    problem: TermProblem, planning_date: date, rows: tuple[Booking, ...]
) -> Mapping[str, tuple[PublishedSeat, ...]]:
    zone = ZoneInfo(problem.settings.timezone)
    found: dict[str, list[PublishedSeat]] = defaultdict(list)
    for row in rows:
        session = _session_of(problem, row)
        day = session.day if session else row.start.astimezone(zone).date()
        if row.hire in problem.hire_by_id and day >= planning_date:
            found[row.hire].append(PublishedSeat(row, session, _rescheduled(row, session, zone)))
    return {hire: tuple(seats) for hire, seats in found.items()}


def _rescheduled(row: Booking, session: Session | None, zone: ZoneInfo) -> bool:
    def wall_clock(moment: datetime) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None)

    return session is not None and (wall_clock(row.start), wall_clock(row.end)) != (session.starts_at, session.ends_at)
