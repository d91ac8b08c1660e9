"""What input, planning date and old plan say before any new seat is given: needs, facts and promises.

Readings where MODEL.md leaves room:

- A session dated before the planning date is held, whatever its status says; the input's date decides.
- A module is held when every meeting of it in one round is a fact. If a meeting was added or cancelled it is not.
- Presence without a seat credits the whole module on the date of the session, which order and distance go by; it is no
  seat. Of several rounds where she was present without a seat it is the last.
- A module with a ``närvaro: nej`` stays free of rule 10 when it has been taken again, or the retake that an earlier
  plan allowed would break the rule once it is held.
- A published row is still the same seat only if its session is in the input for the same programme and module.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.plan import Booking, Plan
from models.problem import Hire, Programme, Session, TermProblem
from scheduler.verify.doors import Doors


class Seat(NamedTuple):
    """A hire's seat at a session, both by id."""

    hire: str
    session: str


class Key(NamedTuple):
    """A requirement: one hire and one programme that applies to her."""

    hire: str
    programme: str


@dataclass(frozen=True)
class Need:
    """A requirement as it stands on the planning date.

    ``remaining`` are the modules still to be attended, in number order; ``missed`` those among them that she was
    absent from; ``held`` says in which round each module was held that she has attended in full.
    """

    hire: Hire
    programme: Programme
    remaining: tuple[int, ...]
    missed: frozenset[int]
    held: Mapping[int, str]
    deadline: date | None
    counts: bool

    @property
    def is_own_time(self) -> bool:
        """Taken alone: in no rule and no level."""
        return self.programme.own_time

    @property
    def key(self) -> Key:
        """Hire and programme."""
        return Key(self.hire.id, self.programme.id)

    @property
    def weight(self) -> int:
        """``vikt`` x ``prioritet``."""
        return self.programme.weight * self.hire.priority

    @property
    def together(self) -> tuple[int, ...]:
        """The modules that a cohort takes in one round: all that remain but the missed ones."""
        return tuple(module for module in self.remaining if module not in self.missed)


class Reading:
    """Facts, published seats, given seats and requirements of one planning date."""

    def __init__(self, problem: TermProblem, planning_date: date, previous: Plan | None = None) -> None:
        self.problem = problem
        self.today = planning_date
        self.previous = previous
        self.window_end = planning_date + timedelta(days=problem.settings.notice_days)
        self.doors = Doors(problem)

    def programme_of(self, session: Session) -> str:
        """The id of the session's programme."""
        return self.problem.round_by_id[session.round].programme

    def is_held(self, session: Session) -> bool:
        """Dated before the planning date."""
        return session.day < self.today

    def sessions_of(self, round_: str, module: int) -> tuple[Session, ...]:
        """All meetings of the module in the round, cancelled ones too."""
        return self.problem.meetings.get((round_, module), ())

    @cached_property
    def absent_from(self) -> frozenset[Seat]:
        """Hires and held sessions with ``närvaro: nej``."""
        return frozenset(seat for seat, present in self._attendance() if not present)

    @cached_property
    def missed_on(self) -> Mapping[Key, Mapping[int, date]]:
        """The day on which a module was (last) missed, by requirement and module."""
        found: dict[Key, dict[int, date]] = defaultdict(dict)
        for seat in self.absent_from:
            session = self.problem.session_by_id[seat.session]
            days = found[Key(seat.hire, self.programme_of(session))]
            days[session.module] = max(session.day, days.get(session.module, session.day))
        return found

    @cached_property
    def facts(self) -> frozenset[Seat]:
        """Seats, given or published, at held sessions of the input, but for those marked absent."""
        given = {Seat(row.hire, row.session) for row in self.problem.bookings}
        published = {Seat(row.hire, row.session) for row in self._old_rows if self._is_listed(row)}
        return frozenset(
            seat
            for seat in given | published
            if self.is_held(self.problem.session_by_id[seat.session]) and seat not in self.absent_from
        )

    @cached_property
    def facts_of(self) -> Mapping[str, frozenset[str]]:
        """Sessions of facts by hire."""
        return _by_hire(self.facts)

    @cached_property
    def given(self) -> frozenset[Seat]:
        """Seats of table ``bokningar`` from the planning date on."""
        return frozenset(
            Seat(row.hire, row.session)
            for row in self.problem.bookings
            if not self.is_held(self.problem.session_by_id[row.session])
        )

    @cached_property
    def given_of(self) -> Mapping[str, frozenset[str]]:
        """Sessions of given seats by hire."""
        return _by_hire(self.given)

    @cached_property
    def published(self) -> Mapping[Seat, Booking]:
        """Seats of the old plan from the planning date on whose hire and session are still in the input."""
        return {
            Seat(row.hire, row.session): row
            for row in self._old_rows
            if self._is_listed(row) and not self.is_held(self.problem.session_by_id[row.session])
        }

    @cached_property
    def published_of(self) -> Mapping[Key, tuple[Session, ...]]:
        """Sessions of the published seats by requirement."""
        found: dict[Key, list[Session]] = defaultdict(list)
        for seat in self.published:
            session = self.problem.session_by_id[seat.session]
            found[Key(seat.hire, self.programme_of(session))].append(session)
        return {key: tuple(sessions) for key, sessions in found.items()}

    @cached_property
    def vanished(self) -> Mapping[Key, frozenset[int]]:
        """Modules with a published seat, not yet held, whose
        session is no longer in the input: it became impossible.
        """
        found: dict[Key, set[int]] = defaultdict(set)
        for row in self._old_rows:
            if not self._is_listed(row) and self._local(row.start).date() >= self.today:
                found[Key(row.hire, row.programme)].add(row.module)
        return {key: frozenset(modules) for key, modules in found.items()}

    @cached_property
    def needs(self) -> Mapping[Key, Need]:
        """Every requirement, those that are done too, sorted by hire and programme."""
        found = [
            self._need(hire, programme)
            for hire in self.problem.hires
            for programme in self.problem.programmes
            if applies(programme, hire)
        ]
        return {need.key: need for need in sorted(found, key=lambda need: need.key)}

    @cached_property
    def needs_of(self) -> Mapping[str, tuple[Need, ...]]:
        """Requirements by hire."""
        found: dict[str, list[Need]] = {hire: [] for hire in self.problem.hire_by_id}
        for need in self.needs.values():
            found[need.hire.id].append(need)
        return {hire: tuple(needs) for hire, needs in found.items()}

    def is_impossible(self, seat: Seat) -> bool:
        """A rule of 3-6 or 12, a bar among them, closes the published seat under the new input."""
        hire, session = self.problem.hire_by_id[seat.hire], self.problem.session_by_id[seat.session]
        return self.doors.refusal(hire, session) is not None

    def is_rescheduled(self, seat: Seat) -> bool:
        """The session of the published seat has another date or time than the old plan told."""
        row, session = self.published[seat], self.problem.session_by_id[seat.session]
        return (self._local(row.start), self._local(row.end)) != (session.starts_at, session.ends_at)

    def is_stranded(self, seat: Seat) -> bool:
        """She cannot attend the whole module there: a meeting of it is no seat of hers, and it is too late to book it.

        So it is with the later meetings of a module whose first meeting she missed, and where a meeting was added at
        short notice.
        """
        session = self.problem.session_by_id[seat.session]
        return any(
            not self.is_promised(Seat(seat.hire, meeting.id)) and meeting.day < self.window_end
            for meeting in self.sessions_of(session.round, session.module)
        )

    def is_promised(self, seat: Seat) -> bool:
        """A fact, a published seat or a given one: sitting there is no new booking."""
        return seat in self.facts or seat in self.published or seat in self.given

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.problem.settings.timezone)).replace(tzinfo=None)

    def _attendance(self) -> Iterator[tuple[Seat, bool]]:
        for row in self.problem.attendance:
            if self.is_held(self.problem.session_by_id[row.session]):
                yield Seat(row.hire, row.session), row.present

    @cached_property
    def _old_rows(self) -> tuple[Booking, ...]:
        """Rows of the old plan whose hire has not left."""
        rows = self.previous.bookings if self.previous else ()
        return tuple(row for row in rows if row.hire in self.problem.hire_by_id)

    def _is_listed(self, row: Booking) -> bool:
        """The input still has the row's session, for the same module."""
        session = self.problem.session_by_id.get(row.session)
        return session is not None and (self.programme_of(session), session.module) == (row.programme, row.module)

    @cached_property
    def present_without_seat(self) -> Mapping[Key, tuple[Session, ...]]:
        """Sessions at which hires were present without a seat, by requirement, in order of start."""
        found: dict[Key, list[Session]] = defaultdict(list)
        for seat, present in self._attendance():
            if present and seat not in self.facts:
                session = self.problem.session_by_id[seat.session]
                found[Key(seat.hire, self.programme_of(session))].append(session)
        return {key: tuple(sorted(rows, key=lambda s: (s.starts_at, s.id))) for key, rows in found.items()}

    @cached_property
    def _credited(self) -> Mapping[Key, frozenset[int]]:
        """Modules that count as done without a seat: ``tillgodoräknas``, and presence without a booking."""
        found: dict[Key, set[int]] = defaultdict(set)
        for hire in self.problem.hires:
            for credit in hire.credits:
                programme = self.problem.programme_by_id[credit.programme]
                modules = [module.number for module in programme.modules]
                found[Key(hire.id, programme.id)].update(modules if credit.module is None else [credit.module])
        for key, sessions in self.present_without_seat.items():
            found[key].update(session.module for session in sessions)
        return {key: frozenset(modules) for key, modules in found.items()}

    def _held(self, key: Key) -> Mapping[int, str]:
        found: dict[int, str] = {}
        for id_ in sorted(self.facts_of.get(key.hire, ())):
            session = self.problem.session_by_id[id_]
            meetings = self.sessions_of(session.round, session.module)
            if self.programme_of(session) == key.programme and all(
                Seat(key.hire, meeting.id) in self.facts for meeting in meetings
            ):
                found[session.module] = session.round
        return found

    def _need(self, hire: Hire, programme: Programme) -> Need:
        key = Key(hire.id, programme.id)
        held, credited = self._held(key), self._credited.get(key, frozenset())
        remaining = tuple(
            number
            for number in sorted(module.number for module in programme.modules)
            if number not in held and number not in credited
        )
        counted_from = hire.starts if hire.deadline_from is None else hire.deadline_from
        deadline = None if programme.deadline_months == 0 else months_after(counted_from, programme.deadline_months)
        return Need(
            hire=hire,
            programme=programme,
            remaining=remaining,
            missed=frozenset(remaining) & frozenset(self.missed_on.get(key, ())),
            held=held,
            deadline=deadline,
            counts=not programme.own_time
            and deadline is not None
            and deadline <= self.problem.settings.horizon_end
            and (hire.ends is None or hire.ends >= deadline),
        )


def applies(programme: Programme, hire: Hire) -> bool:
    """Whether the hire is to go through the programme: her own list, else the programme's rules."""
    if hire.programmes is not None:
        return programme.id in hire.programmes
    if programme.organisations and hire.organisation not in programme.organisations:
        return False
    if programme.inexperienced_only and hire.experienced:
        return False
    return not programme.target_groups or not set(programme.target_groups).isdisjoint(hire.target_groups)


def months_after(day: date, months: int) -> date:
    """That day so many calendar months later, or the last day of that month: 31 Oct + 4 months is 28 Feb."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _by_hire(seats: frozenset[Seat]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for seat in seats:
        found[seat.hire].add(seat.session)
    return {hire: frozenset(sessions) for hire, sessions in found.items()}
