"""One term's planning input: what the coordinator's tables say, with every default filled in (INPUT.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from pydantic import model_validator

from models.base import Frozen
from models.ids import RoundStatus

ALL_WORKDAYS = (1, 2, 3, 4, 5)


class ListedSettings(Frozen):
    """Table ``inställningar`` with its defaults. Weekdays are ISO numbers (Monday is 1).

    First and last day are None where they are left to the sessions.
    """

    term: str = ""
    horizon_start: date | None = None
    horizon_end: date | None = None
    deadline_months: int = 4
    notice_days: int = 14
    weekly_cap: int = 3
    weekly_cap_with_cases: int = 2
    max_away_per_unit: int = 2
    max_share_percent: int = 50
    open_weekdays: tuple[int, ...] = ALL_WORKDAYS
    holiday_country: str = "SE"
    timezone: str = "Europe/Stockholm"
    planning_date: date | None = None
    organizer: str | None = None
    calendar_series: str | None = None
    mentor_unit: str = "annan"


class Settings(ListedSettings):
    """The settings of a term whose first and last day are known."""

    horizon_start: date
    horizon_end: date


class Holiday(Frozen):
    """A day closed for everybody; the reader takes them from the ``holidays`` package (rule ``lov``)."""

    day: date
    name: str


class Break(Frozen):
    """Table ``lov``: both days inclusive; no organisations means all."""

    name: str
    first: date
    last: date
    organisations: tuple[str, ...] = ()


class Organisation(Frozen):
    """Table ``förvaltningar``: an employer."""

    id: str
    name: str
    email: str | None = None


class Module(Frozen):
    """Table ``moment``: a numbered part of a programme."""

    number: int
    name: str


class Programme(Frozen):
    """Table ``utbildningar`` with its modules, in number order.

    ``deadline_months`` is resolved against the setting; 0 means no deadline. Gaps are days between dates.
    """

    id: str
    name: str
    cohort: bool = True
    ordered: bool = True
    min_gap_days: int = 0
    max_gap_days: int | None = None
    deadline_months: int
    earliest_day: int = 0
    before_cases: bool = False
    after: tuple[str, ...] = ()
    inexperienced_only: bool = False
    target_groups: tuple[str, ...] = ()
    mixed: bool = False
    weight: int = 1
    modules: tuple[Module, ...]


class Round(Frozen):
    """Table ``omgångar``: one running of a programme; no organisations means open to all."""

    id: str
    programme: str
    organisations: tuple[str, ...] = ()
    seats: int
    min_participants: int = 0
    reserve: int = 0
    status: RoundStatus = RoundStatus.FIXED


class ListedSession(Frozen):
    """Table ``tillfällen``: one dated meeting, in local time of ``Settings.timezone``.

    ``meeting`` counts the rows of one module in one round from 1, by date and start; a re-plan keeps the numbers.
    ``seats`` is None where it is left to the round.
    """

    id: str
    round: str
    module: int
    meeting: int
    day: date
    start: time
    end: time
    place: str | None = None
    room: str | None = None
    trainers: tuple[str, ...] = ()
    seats: int | None
    accessible: bool = True
    cancelled: bool = False


class Session(ListedSession):
    """A session whose ``seats`` are resolved against its round."""

    seats: int

    @property
    def starts_at(self) -> datetime:
        """The local wall-clock start, without zone."""
        return datetime.combine(self.day, self.start)

    @property
    def ends_at(self) -> datetime:
        """The local wall-clock end, without zone."""
        return datetime.combine(self.day, self.end)


class Quota(Frozen):
    """Table ``kvoter``, in seats: ``at_most`` of one organisation, ``at_least`` kept for it."""

    round: str
    organisation: str
    at_most: int | None = None
    at_least: int = 0


class Credit(Frozen):
    """Something already done: a whole programme (no module) or one module."""

    programme: str
    module: int | None = None


class Hire(Frozen):
    """Table ``nyanställda``. ``programmes`` is None where the programmes' own rules decide."""

    id: str
    name: str
    organisation: str
    starts: date
    email: str | None = None
    unit: str | None = None
    caseload_start: date | None = None
    ends: date | None = None
    weekdays: tuple[int, ...] = ALL_WORKDAYS
    experienced: bool = False
    target_groups: tuple[str, ...] = ()
    needs_accessible: bool = False
    priority: int = 1
    programmes: tuple[str, ...] | None = None
    credits: tuple[Credit, ...] = ()


class Mentor(Frozen):
    """Table ``mentorer``."""

    id: str
    name: str
    organisation: str
    unit: str | None = None
    email: str | None = None
    target_groups: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ALL_WORKDAYS
    at_most: int = 1
    first: date | None = None
    last: date | None = None


class Absence(Frozen):
    """Table ``frånvaro``: both days inclusive; never a reason."""

    hire: str
    first: date
    last: date


class GivenBooking(Frozen):
    """Table ``bokningar``: a seat that is decided."""

    hire: str
    session: str


class Attendance(Frozen):
    """Table ``närvaro``: what happened at a session already held."""

    hire: str
    session: str
    present: bool


class TermProblem(Frozen):
    """All tables of one term, each sorted by its leading ids.

    Raises ValueError (through pydantic) when an id is given twice or a reference points nowhere; the readers have told
    the user before, with row and column, so that here it means a bug.
    """

    settings: Settings
    holidays: tuple[Holiday, ...] = ()
    breaks: tuple[Break, ...] = ()
    organisations: tuple[Organisation, ...]
    programmes: tuple[Programme, ...]
    rounds: tuple[Round, ...]
    sessions: tuple[Session, ...]
    quotas: tuple[Quota, ...] = ()
    hires: tuple[Hire, ...]
    mentors: tuple[Mentor, ...] = ()
    absences: tuple[Absence, ...] = ()
    bookings: tuple[GivenBooking, ...] = ()
    attendance: tuple[Attendance, ...] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> TermProblem:
        organisations = _unique("förvaltning", (o.id for o in self.organisations))
        programmes = _unique("utbildning", (p.id for p in self.programmes))
        rounds = _unique("omgång", (r.id for r in self.rounds))
        sessions = _unique("tillfälle", (s.id for s in self.sessions))
        hires = _unique("nyanställd", (h.id for h in self.hires))
        _known("utbildning", (r.programme for r in self.rounds), programmes)
        _known("utbildning", (a for p in self.programmes for a in p.after), programmes)
        _known("utbildning", (i for h in self.hires for i in h.programmes or ()), programmes)
        _known("utbildning", (c.programme for h in self.hires for c in h.credits), programmes)
        _known("omgång", (s.round for s in self.sessions), rounds)
        _known("omgång", (q.round for q in self.quotas), rounds)
        _known("förvaltning", (h.organisation for h in self.hires), organisations)
        _known("förvaltning", (q.organisation for q in self.quotas), organisations)
        _known("förvaltning", (o for r in self.rounds for o in r.organisations), organisations)
        _known("förvaltning", (o for b in self.breaks for o in b.organisations), organisations)
        for rows in (self.absences, self.bookings, self.attendance):
            _known("nyanställd", (row.hire for row in rows), hires)
        for seats in (self.bookings, self.attendance):
            _known("tillfälle", (row.session for row in seats), sessions)
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> TermProblem:
        """A changed problem, checked anew; pydantic's own copy would carry the look-ups of the old one along."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return TermProblem(**{**fields, **(update or {})})

    @cached_property
    def hire_by_id(self) -> Mapping[str, Hire]:
        """Hires by id."""
        return {h.id: h for h in self.hires}

    @cached_property
    def organisation_by_id(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {o.id: o for o in self.organisations}

    @cached_property
    def programme_by_id(self) -> Mapping[str, Programme]:
        """Programmes by id."""
        return {p.id: p for p in self.programmes}

    @cached_property
    def round_by_id(self) -> Mapping[str, Round]:
        """Rounds by id."""
        return {r.id: r for r in self.rounds}

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        """Sessions by id."""
        return {s.id: s for s in self.sessions}

    @cached_property
    def meetings(self) -> Mapping[tuple[str, int], tuple[Session, ...]]:
        """All meetings of (round id, module number), cancelled ones too, in order of their meeting number."""
        found: dict[tuple[str, int], list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.round, session.module].append(session)
        return {key: tuple(sorted(rows, key=lambda s: s.meeting)) for key, rows in found.items()}

    @cached_property
    def rounds_of(self) -> Mapping[str, tuple[Round, ...]]:
        """Rounds of each programme id, in id order."""
        found: dict[str, list[Round]] = {p.id: [] for p in self.programmes}
        for round_ in self.rounds:
            found[round_.programme].append(round_)
        return {key: tuple(rows) for key, rows in found.items()}


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise ValueError(f"{what} {id_!r} finns två gånger")
        seen.add(id_)
    return seen


def _known(what: str, ids: Iterable[str], known: set[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            raise ValueError(f"{what} {id_!r} finns inte")
