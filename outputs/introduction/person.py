"""What stands on a hire's introduction page: her phases with
sessions and tasks by date, parts taken alone, mentor, deadlines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from dateutil.relativedelta import relativedelta

from models.ids import Repeat, State
from models.plan import Booking, Plan, Requirement
from models.problem import Hire, TermProblem
from outputs import words
from outputs.tasks.company import Company
from outputs.tasks.dates import DatedTask, TaskDates, Undated

WEEKS_OF_FIRST_PHASE = 4
MONTHS_BEFORE_LAST_PHASE = 4
PHASES = (
    ("Före första dagen", "det som ska vara klart när du kommer"),
    ("Vecka 1–4", "hitta rätt på arbetsplatsen och i uppdraget"),
    ("Vecka 5–18", "in i ärendena, ett i taget och med stöd"),
    ("Från månad 5", "fördjupning"),
)
"""As in Kiruna's plan (DOMAIN.md), where the weeks of cases begin within the first phase; here a day stands once."""
REPEATS = {Repeat.WEEKLY: "varje vecka", Repeat.FORTNIGHTLY: "varannan vecka", Repeat.MONTHLY: "varje månad"}
MOST_DAYS_NAMED = 5
WITHOUT_A_SEAT: Mapping[State, str] = {
    State.MISSING: "ingen plats är bokad: fråga din chef",
    State.WAITING: "ingen plats är bokad än: nästa termins plan kan ge en",
}
"""What is said to a hire who sees that she has no seat."""
_Row = TypeVar("_Row", Booking, Requirement)


class Fact:
    """A label, what stands behind it, and what is told below that."""

    def __init__(self, label: str, value: str, *below: str) -> None:
        self.label, self.value, self.below = label, value, tuple(filter(None, below))


@dataclass(frozen=True)
class Line:
    """One thing to be done: a session, or a task, those on repeat within a phase together.

    ``place``: its place in the day, tasks before the sessions but for those that come after something. ``tasks``: the
    dated tasks that it tells of; none of a session.
    """

    day: date
    when: str
    time: str
    what: str
    notes: tuple[str, ...]
    who: str
    duration: str
    place: int = 0
    is_session: bool = False
    too_late: bool = False
    tasks: tuple[DatedTask, ...] = ()


@dataclass(frozen=True)
class Phase:
    """A part of the introduction."""

    title: str
    meaning: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Alone:
    """A part taken alone."""

    name: str
    duration: str
    deadline: str
    state: str


@dataclass(frozen=True)
class Programme:
    """A programme with its deadline and what became of it; ``note`` says what comes now where she has no seat."""

    name: str
    state: str
    note: str
    deadline: str
    completed: str


@dataclass(frozen=True)
class Undone:
    """A task without a date, and why."""

    what: str
    who: str
    why: str
    task: DatedTask


@dataclass(frozen=True)
class Introduction:
    """All of it."""

    hire: Hire
    facts: tuple[Fact, ...]
    phases: tuple[Phase, ...]
    alone: tuple[Alone, ...]
    programmes: tuple[Programme, ...]
    undone: tuple[Undone, ...]


class Introductions:
    """The introductions of everybody in a plan."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._dates, self._company = TaskDates(problem, plan), Company(problem, plan)
        self._seats = _by_hire(plan.bookings)
        self._requirements = _by_hire(plan.requirements)

    def of(self, hire: Hire) -> Introduction:
        """A hire's."""
        tasks = self._dates.of(hire)
        required = self._requirements.get(hire.id, [])
        alone = [row for row in required if self._problem.programme_by_id[row.programme].own_time]
        return Introduction(
            hire,
            tuple(self._facts(hire)),
            tuple(self._phases(hire, tasks)),
            tuple(self._alone(row) for row in alone),
            tuple(self._programme(row) for row in required if row not in alone),
            tuple(self._undone(hire, task) for task in tasks if task.day is None),
        )

    def _facts(self, hire: Hire) -> Iterator[Fact]:
        yield Fact("Första dag", words.day(hire.starts))
        yield Fact("Arbetsplats", self._problem.organisation_by_id[hire.organisation].name, hire.unit or "")
        if hire.manager or hire.manager_email:
            yield Fact("Chef", hire.manager or "", hire.manager_email or "")
        if mentor := self._company.mentor_of(hire.id):
            elsewhere = mentor.organisation != hire.organisation
            place = self._problem.organisation_by_id[mentor.organisation].name if elsewhere else mentor.unit
            yield Fact("Mentor", mentor.name, *filter(None, (place, mentor.email)))
        elif none := self._company.mentor_in_words(hire.id):
            yield Fact("Mentor", "", none)
        if hire.caseload_start:
            yield Fact("Egna ärenden", f"från {words.day(hire.caseload_start)}")
        if hire.ends:
            yield Fact("Sista dag", words.day(hire.ends))

    def _phases(self, hire: Hire, tasks: Sequence[DatedTask]) -> Iterator[Phase]:
        begins = _beginnings(hire)
        lines: dict[int, list[Line]] = defaultdict(list)
        for seat in self._seats.get(hire.id, []):
            lines[_phase_of(begins, seat.start.date())].append(self._session(seat, hire))
        together: dict[tuple[int, str], list[tuple[date, DatedTask]]] = defaultdict(list)
        for task in tasks:
            if task.day is not None:
                together[_phase_of(begins, task.day), task.task.id].append((task.day, task))
        for (phase, _), rows in together.items():
            lines[phase].append(self._task(hire, rows))
        for number, (title, meaning) in enumerate(PHASES):
            if lines[number]:
                yield Phase(
                    title,
                    meaning,
                    tuple(sorted(lines[number], key=lambda line: (line.day, line.place, line.time, line.what))),
                )

    def _session(self, seat: Booking, hire: Hire) -> Line:
        programme = self._problem.programme_by_id[seat.programme]
        module = next((m.name for m in programme.modules if m.number == seat.module), f"moment {seat.module}")
        day = seat.start.date()
        return Line(
            day=day,
            when=_day(day, hire),
            time=words.time_span(seat.start, seat.end),
            what=programme.name if module == programme.name else f"{programme.name}: {module}",
            notes=tuple(filter(None, (", ".join(filter(None, (seat.place, seat.room))),))),
            who=", ".join(seat.trainers),
            duration=words.duration(round((seat.end - seat.start).total_seconds() / 60)),
            place=1,
            is_session=True,
        )

    def _task(self, hire: Hire, rows: Sequence[tuple[date, DatedTask]]) -> Line:
        """Those of one task on repeat that fall in one phase, as one line."""
        first, dated = rows[0]
        task = dated.task
        notes = [_repetition(task.repeats, [day for day, _ in rows], hire)] if task.repeats and len(rows) > 1 else []
        late = [row for _, row in rows if row.too_late]
        return Line(
            day=first,
            when=_day(first, hire),
            time="",
            what=task.name,
            notes=tuple(filter(None, (*notes, task.description, too_late(dated) if late else None))),
            who=self._company.responsible(task, hire),
            duration=words.duration(task.minutes) if task.minutes is not None else "",
            place=2 if task.after else 0,
            too_late=bool(late),
            tasks=tuple(row for _, row in rows),
        )

    def _alone(self, row: Requirement) -> Alone:
        programme = self._problem.programme_by_id[row.programme]
        return Alone(
            programme.name,
            words.duration(programme.minutes) if programme.minutes is not None else "",
            words.day(row.deadline) if row.deadline else "ingen frist",
            words.STATES[row.state],
        )

    def _programme(self, row: Requirement) -> Programme:
        return Programme(
            self._problem.programme_by_id[row.programme].name,
            words.STATES[row.state],
            WITHOUT_A_SEAT.get(row.state, ""),
            words.day(row.deadline) if row.deadline else "ingen frist",
            words.day(row.completed_on) if row.completed_on else "–",
        )

    def _undone(self, hire: Hire, dated: DatedTask) -> Undone:
        return Undone(
            dated.task.name, self._company.responsible(dated.task, hire), why_undated(self._problem, dated), dated
        )


def too_late(dated: DatedTask) -> str:
    """What is said of a task beyond the day by which it should be done."""
    return f"efter den tänkta sista dagen, {words.day(dated.last)}"


def why_undated(problem: TermProblem, dated: DatedTask) -> str:
    """Why a task has no date, in words."""
    match dated.undated:
        case Undated.NOT_BOOKED if dated.after is not None:
            return (
                f"kommer efter {words.module_name(problem, dated.after.programme, dated.after.module)}, som inte är "
                "bokad"
            )
        case Undated.HAS_LEFT:
            return "anställningen slutar dessförinnan"
        case _:
            return "det finns ingen dag då hon arbetar och det är öppet"


def _beginnings(hire: Hire) -> tuple[date, ...]:
    """The first day of each phase but the one before the start."""
    return (
        hire.starts,
        hire.starts + timedelta(weeks=WEEKS_OF_FIRST_PHASE),
        hire.starts + relativedelta(months=MONTHS_BEFORE_LAST_PHASE),
    )


def _phase_of(begins: Sequence[date], day: date) -> int:
    return sum(begin <= day for begin in begins)


def _day(day: date, hire: Hire) -> str:
    """With the year only where it is another than that of her first day."""
    year = f" {day.year}" if day.year != hire.starts.year else ""
    return f"{words.WEEKDAYS[day.weekday()]} {words.short_day(day)}{year}"


def _repetition(repeats: Repeat, days: Sequence[date], hire: Hire) -> str:
    """``varje vecka: också 24 aug, 31 aug och 7 sep``; of many the last."""
    others = days[1:]
    if len(others) > MOST_DAYS_NAMED:
        return f"{REPEATS[repeats]} till och med {_day(days[-1], hire)}, {words.count(len(days), 'gång', 'gånger')}"
    return f"{REPEATS[repeats]}, också {words.listed(words.short_day(day) for day in others)}"


def _by_hire(rows: Iterable[_Row]) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.hire].append(row)
    return found
