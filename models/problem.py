"""One term's planning input: what the coordinator's tables say, with every default filled in (INPUT.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, model_validator

from models.base import LATER, Frozen
from models.ids import MentorUnit, Repeat, RoundStatus

ALL_WORKDAYS = (1, 2, 3, 4, 5)


def _in_halves(days: float) -> int | float:
    if days * 2 != int(days * 2):
        raise ValueError(f"{days} är inte ett helt eller halvt antal dagar")
    return int(days) if days == int(days) else days


HalfDays = Annotated[int | float, AfterValidator(_in_halves)]
"""A number of days in steps of a half: a whole number where it is one, else exactly so many and a half."""


class ListedSettings(Frozen):
    """Table ``inställningar`` with its defaults. Weekdays are ISO numbers (Monday is 1).

    First and last day are None where they are left to the sessions. Weekly caps are
    course days as written; whoever counts takes them in half days. A day with at
    most ``half_day_minutes`` of meetings is a half course day; None: all are whole.
    """

    term: str = ""
    horizon_start: date | None = None
    horizon_end: date | None = None
    deadline_months: int = 4
    notice_days: int = 14
    weekly_cap: HalfDays = 3
    weekly_cap_with_cases: HalfDays = 2
    max_away_per_unit: int = 2
    max_share_percent: int = 50
    open_weekdays: tuple[int, ...] = ALL_WORKDAYS
    holiday_country: str = "SE"
    timezone: str = "Europe/Stockholm"
    planning_date: date | None = None
    organizer: str | None = None
    half_day_minutes: Annotated[int | None, LATER] = None
    mentor_unit: Annotated[MentorUnit, LATER] = MentorUnit.OTHER
    calendar_series: Annotated[str | None, LATER] = None

    @property
    def weekly_cap_halves(self) -> int:
        """The weekly cap in half course days."""
        return int(self.weekly_cap * 2)

    @property
    def weekly_cap_with_cases_halves(self) -> int:
        """The weekly cap of those with cases in half course days."""
        return int(self.weekly_cap_with_cases * 2)


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

    ``deadline_months`` is resolved against the setting; 0 means no deadline. Gaps are days between dates. No
    organisations means that it applies to hires of all. ``own_time`` (form ``egen tid``): taken alone, without rounds;
    ``minutes`` are what it takes, None where that is left to its meetings.
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
    organisations: Annotated[tuple[str, ...], LATER] = ()
    own_time: Annotated[bool, LATER] = False
    minutes: Annotated[int | None, LATER] = None
    mixed: bool = False
    weight: int = 1
    modules: tuple[Module, ...]


class Round(Frozen):
    """Table ``omgångar``: one running of a programme; no organisations means open to all. ``cost`` is in kronor."""

    id: str
    programme: str
    organisations: tuple[str, ...] = ()
    seats: int
    min_participants: int = 0
    cost: Annotated[int | None, LATER] = None
    reserve: int = 0
    status: RoundStatus = RoundStatus.FIXED


class ListedSession(Frozen):
    """Table ``tillfällen``: one dated meeting, in local time of ``Settings.timezone``.

    ``meeting`` counts the rows of one module in one round from 1, by date and
    start; a re-plan keeps the numbers. ``seats`` is None where it is left to the
    round. Trainers are names, those of table ``utbildare`` where they stand there.
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


class Part(Frozen):
    """A whole programme (no module), or one module of it."""

    programme: str
    module: int | None = None


class Credit(Part):
    """Something already done."""


class Hire(Frozen):
    """Table ``nyanställda``. ``programmes`` is None where the programmes' own rules decide.

    Deadlines count from ``deadline_from``, or where that is None from the start date.
    """

    id: str
    name: str
    organisation: str
    starts: date
    deadline_from: Annotated[date | None, LATER] = None
    email: str | None = None
    unit: str | None = None
    manager: Annotated[str | None, LATER] = None
    manager_email: Annotated[str | None, LATER] = None
    caseload_start: date | None = None
    ends: date | None = None
    weekdays: tuple[int, ...] = ALL_WORKDAYS
    experienced: bool = False
    target_groups: tuple[str, ...] = ()
    needs_accessible: bool = False
    priority: int = 1
    programmes: tuple[str, ...] | None = None
    credits: tuple[Credit, ...] = ()

    @property
    def deadlines_count_from(self) -> date:
        """The day from which her deadlines are counted."""
        return self.deadline_from or self.starts


class Absence(Frozen):
    """Table ``frånvaro``: both days inclusive; never a reason. It
    is a hire's or a trainer's, exactly one; a trainer goes by name.
    """

    hire: Annotated[str | None, LATER] = None
    trainer: Annotated[str | None, LATER] = None
    first: date
    last: date

    @model_validator(mode="after")
    def _of_one_person(self) -> Absence:
        if (self.hire is None) == (self.trainer is None):
            raise ValueError("frånvaro ska vara en nyanställds eller en utbildares")
        return self


class GivenBooking(Frozen):
    """Table ``bokningar``: a seat that is decided."""

    hire: str
    session: str


class Barred(Frozen):
    """Table ``spärrar``: a round in which the hire is not to have a seat."""

    hire: str
    round: str


class Trainer(Frozen):
    """Table ``utbildare``: who holds sessions. Names are told apart: of two alike each has its id behind it."""

    id: str
    name: str
    email: str | None = None
    organisation: str | None = None
    unit: str | None = None


class Mentor(Frozen):
    """Table ``mentorer``: who may accompany ``at_most`` hires
    at a time, from ``first`` to ``last`` (None: no such bound).
    """

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


class Task(Frozen):
    """Table ``uppgifter``: what belongs to an introduction besides seats, between two days counted from the start date.

    ``responsible`` is one of ``Responsible``, or names somebody else. It does not come before the parts in ``after``.
    """

    id: str
    name: str
    responsible: str
    from_day: int
    to_day: int
    minutes: int | None = None
    organisations: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    inexperienced_only: bool = False
    after: tuple[Part, ...] = ()
    repeats: Repeat | None = None
    description: str | None = None


class Forecast(Frozen):
    """Table ``prognos``: how many hires of a kind are expected to start in a month, told by its first day.

    ``dispersion`` is variance over mean: 1 is Poisson. ``cases_after_days`` counts from the start date; None: no cases.
    """

    month: date
    organisation: str
    expected: float
    dispersion: float = 1.0
    target_groups: tuple[str, ...] = ()
    experienced: bool = False
    weekdays: tuple[int, ...] = ALL_WORKDAYS
    cases_after_days: int | None = None


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
    absences: tuple[Absence, ...] = ()
    bookings: tuple[GivenBooking, ...] = ()
    barred: Annotated[tuple[Barred, ...], LATER] = ()
    attendance: tuple[Attendance, ...] = ()
    trainers: Annotated[tuple[Trainer, ...], LATER] = ()
    mentors: Annotated[tuple[Mentor, ...], LATER] = ()
    tasks: Annotated[tuple[Task, ...], LATER] = ()
    forecast: Annotated[tuple[Forecast, ...], LATER] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> TermProblem:
        organisations = _unique("förvaltning", (o.id for o in self.organisations))
        programmes = _unique("utbildning", (p.id for p in self.programmes))
        rounds = _unique("omgång", (r.id for r in self.rounds))
        sessions = _unique("tillfälle", (s.id for s in self.sessions))
        hires = _unique("nyanställd", (h.id for h in self.hires))
        _unique("utbildare", (t.id for t in self.trainers))
        _unique("utbildare", (t.name for t in self.trainers))
        _unique("mentor", (m.id for m in self.mentors))
        _unique("uppgift", (t.id for t in self.tasks))
        _known("utbildning", (r.programme for r in self.rounds), programmes)
        _known("utbildning", (a for p in self.programmes for a in p.after), programmes)
        _known("utbildning", (i for h in self.hires for i in h.programmes or ()), programmes)
        _known("utbildning", (c.programme for h in self.hires for c in h.credits), programmes)
        _known("utbildning", (part.programme for t in self.tasks for part in t.after), programmes)
        _known("omgång", (s.round for s in self.sessions), rounds)
        _known("omgång", (q.round for q in self.quotas), rounds)
        _known("omgång", (b.round for b in self.barred), rounds)
        _known("förvaltning", (h.organisation for h in self.hires), organisations)
        _known("förvaltning", (q.organisation for q in self.quotas), organisations)
        _known("förvaltning", (o for r in self.rounds for o in r.organisations), organisations)
        _known("förvaltning", (o for b in self.breaks for o in b.organisations), organisations)
        _known("förvaltning", (o for p in self.programmes for o in p.organisations), organisations)
        _known("förvaltning", (t.organisation for t in self.trainers if t.organisation), organisations)
        _known("förvaltning", (m.organisation for m in self.mentors), organisations)
        _known("förvaltning", (o for t in self.tasks for o in t.organisations), organisations)
        _known("förvaltning", (f.organisation for f in self.forecast), organisations)
        _known("nyanställd", (a.hire for a in self.absences if a.hire is not None), hires)
        for rows in (self.bookings, self.barred, self.attendance):
            _known("nyanställd", (row.hire for row in rows), hires)
        for seats in (self.bookings, self.attendance):
            _known("tillfälle", (row.session for row in seats), sessions)
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> TermProblem:
        """A changed problem, checked anew; pydantic's own copy would carry the look-ups of the old one along."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return TermProblem(**{**fields, **(update or {})})

    def with_fewer_rows(self, tables: Mapping[str, tuple[Frozen, ...]]) -> TermProblem:
        """The problem with only these rows of these tables. Nothing may refer to the rows that are left out.

        Nothing is checked anew, and the look-ups of all other tables are shared: a nation has hundreds of such parts,
        each with all its sessions (docs/adr/219).
        """
        part = super().model_copy(update=tables)
        for name, read in LOOKUPS.items():
            if read.isdisjoint(tables):
                part.__dict__[name] = getattr(self, name)
            else:
                part.__dict__.pop(name, None)
        return part

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
    def trainer_by_id(self) -> Mapping[str, Trainer]:
        """Trainers by id."""
        return {t.id: t for t in self.trainers}

    @cached_property
    def session_by_id(self) -> Mapping[str, Session]:
        """Sessions by id."""
        return {s.id: s for s in self.sessions}

    @cached_property
    def trainer_by_name(self) -> Mapping[str, Trainer]:
        """Trainers of table ``utbildare`` by name, as sessions and absences have them."""
        return {t.name: t for t in self.trainers}

    @cached_property
    def mentor_by_id(self) -> Mapping[str, Mentor]:
        """Mentors by id."""
        return {m.id: m for m in self.mentors}

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

    @cached_property
    def rounds_with_quotas(self) -> frozenset[str]:
        """Ids of the rounds in which quotas keep seats or limit them."""
        return frozenset(quota.round for quota in self.quotas)


LOOKUPS: Mapping[str, frozenset[str]] = {
    "hire_by_id": frozenset({"hires"}),
    "organisation_by_id": frozenset({"organisations"}),
    "programme_by_id": frozenset({"programmes"}),
    "round_by_id": frozenset({"rounds"}),
    "trainer_by_id": frozenset({"trainers"}),
    "session_by_id": frozenset({"sessions"}),
    "trainer_by_name": frozenset({"trainers"}),
    "mentor_by_id": frozenset({"mentors"}),
    "meetings": frozenset({"sessions"}),
    "rounds_of": frozenset({"programmes", "rounds"}),
    "rounds_with_quotas": frozenset({"quotas"}),
}
"""The look-ups of a problem, each with the tables that it is made of."""


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
