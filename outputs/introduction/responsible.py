"""What a mentor or a manager has to see to, week by week: the tasks of her own people and of nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from models.ids import Responsible
from models.plan import Plan
from models.problem import Hire, TermProblem
from outputs import words
from outputs.events.chain import file_names
from outputs.events.identity import MANAGER
from outputs.events.kinds import manager_names, manager_of
from outputs.filenames import file_stems
from outputs.introduction.person import too_late, why_undated
from outputs.tasks.company import Company, is_for
from outputs.tasks.dates import DatedTask, TaskDates

FOLDER = "ansvarig"


@dataclass(frozen=True)
class Owner:
    """Whose page it is: a mentor or a manager, with her people."""

    path: PurePosixPath
    name: str
    role: Responsible
    hires: tuple[Hire, ...]


def owners(problem: TermProblem, plan: Plan) -> Iterator[Owner]:
    """Every mentor with somebody to follow, then every manager, by file name."""
    yield from mentors(problem, plan).values()
    managers: dict[str, list[Hire]] = defaultdict(list)
    for hire in problem.hires:
        if (manager := manager_of(hire)) is not None:
            managers[manager].append(hire)
    stems, names = file_names(managers, MANAGER, plan.files), manager_names(problem.hires)
    for manager in sorted(managers):
        path = PurePosixPath(FOLDER, f"chef-{stems[manager]}.html")
        yield Owner(path, names[manager], Responsible.MANAGER, tuple(managers[manager]))


def mentors(problem: TermProblem, plan: Plan) -> Mapping[str, Owner]:
    """Every mentor with somebody to follow, by id."""
    found = {mentor: hires for mentor, hires in Company(problem, plan).hires_of_mentor.items() if hires}
    stems = file_stems(found, plan.files)
    return {
        mentor: Owner(
            PurePosixPath(FOLDER, f"mentor-{stems[mentor]}.html"),
            problem.mentor_by_id[mentor].name,
            Responsible.MENTOR,
            found[mentor],
        )
        for mentor in sorted(found)
    }


@dataclass(frozen=True)
class Duty:
    """One task of one of her people; ``hire`` is what she is called here."""

    when: str
    hire: str
    what: str
    notes: tuple[str, ...]
    duration: str
    too_late: bool
    task: DatedTask


@dataclass(frozen=True)
class Week:
    """An ISO week with something to do."""

    title: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class OwnPerson:
    """One of her people."""

    name: str
    workplace: str
    first_day: str
    colleague: str


@dataclass(frozen=True)
class Duties:
    """A mentor's or a manager's page; ``colleague`` is what the
    column behind her people tells: the manager, or the mentor.
    """

    path: PurePosixPath
    name: str
    role: str
    colleague: str
    people: tuple[OwnPerson, ...]
    weeks: tuple[Week, ...]
    undated: tuple[Duty, ...]


class AllDuties:
    """The pages of every mentor with somebody to follow, and of every manager."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._dates, self._company = TaskDates(problem, plan), Company(problem, plan)

    def pages(self) -> Iterator[Duties]:
        """By role and file name."""
        return (self.page(owner) for owner in owners(self._problem, self._plan))

    def page(self, owner: Owner) -> Duties:
        """One of them."""
        role = owner.role
        order = sorted(owner.hires, key=lambda hire: (hire.starts, hire.name, hire.id))
        names = words.told_apart({hire.id: hire.name for hire in order})
        weeks: dict[date, list[tuple[date, Duty]]] = defaultdict(list)
        undated = []
        for hire in order:
            for dated in self._dates.of(hire):
                if not is_for(dated.task, role):
                    continue
                duty = self._duty(dated, names[hire.id])
                if dated.day is None:
                    undated.append(duty)
                else:
                    weeks[dated.day - timedelta(days=dated.day.weekday())].append((dated.day, duty))
        return Duties(
            owner.path,
            owner.name,
            role.value,
            "Mentor" if role is Responsible.MANAGER else "Chef",
            tuple(self._person(hire, names[hire.id], role) for hire in order),
            tuple(_week(monday, weeks[monday]) for monday in sorted(weeks)),
            tuple(undated),
        )

    def _person(self, hire: Hire, name: str, role: Responsible) -> OwnPerson:
        workplace = words.workplace(self._problem, hire)
        if role is Responsible.MANAGER:
            mentor = self._company.mentor_of(hire.id)
            return OwnPerson(name, hire.unit or workplace, words.day(hire.starts), mentor.name if mentor else "–")
        return OwnPerson(name, workplace, words.day(hire.starts), hire.manager or "–")

    def _duty(self, dated: DatedTask, hire: str) -> Duty:
        task = dated.task
        if dated.day is None:
            when, late = why_undated(self._problem, dated), None
        else:
            when = f"{words.WEEKDAYS[dated.day.weekday()]} {words.short_day(dated.day)}"
            late = too_late(dated) if dated.too_late else None
        duration = words.duration(task.minutes) if task.minutes is not None else ""
        notes = tuple(filter(None, (task.description, late)))
        return Duty(when, hire, task.name, notes, duration, dated.too_late, dated)


def _week(monday: date, rows: Sequence[tuple[date, Duty]]) -> Week:
    span = words.span(monday, monday + timedelta(days=6))
    ordered = sorted(rows, key=lambda row: (row[0], row[1].hire, row[1].what))
    return Week(f"{words.week(monday)[:1].upper()}{words.week(monday)[1:]}, {span}", tuple(duty for _, duty in ordered))
