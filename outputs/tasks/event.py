"""A task as its reader sees it in a calendar, and which of them changed from plan to plan (OUTPUT.md, Calendars)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.plan import NumberedTask, Plan
from models.problem import Hire, TermProblem
from outputs.event_text import one_line
from outputs.tasks.company import Company
from outputs.tasks.dates import DatedTask, TaskDates
from outputs.words import day, duration


@dataclass(frozen=True)
class TaskEvent:
    """What stands of a task in a calendar; without a day while it waits for something."""

    summary: str
    day: date | None
    description: str


TaskKey = tuple[str, str, int]
"""Hire, task and the number of those on repeat: the same task in every plan of a chain."""


def task_events(problem: TermProblem, plan: Plan) -> Mapping[TaskKey, TaskEvent]:
    """Every task of every hire in the plan."""
    dates, company = TaskDates(problem, plan), Company(problem, plan)
    return {
        (hire.id, dated.task.id, dated.number): _event(company, hire, dated)
        for hire in problem.hires
        for dated in dates.of(hire)
    }


def number_tasks(
    problem: TermProblem, plan: Plan, previous_problem: TermProblem, previous: Plan
) -> tuple[NumberedTask, ...]:
    """A row for each task with its SEQUENCE, raised where the reader sees something else than in the plan before.

    Rows of tasks that are gone stay, so that one that comes back goes on from there.
    """
    old = {(row.hire, row.task, row.number): row for row in previous.tasks}
    seen = task_events(previous_problem, previous) if old else {}
    rows = dict(old)
    for key, event in task_events(problem, plan).items():
        if key not in old or seen.get(key) != event:
            rows[key] = _changed(key, old.get(key), plan)
    return tuple(rows[key] for key in sorted(rows))


def _changed(key: TaskKey, old: NumberedTask | None, plan: Plan) -> NumberedTask:
    hire, task, number = key
    return NumberedTask(
        hire=hire,
        task=task,
        number=number,
        sequence=0 if old is None else old.sequence + 1,
        changed_on=plan.planning_date,
        changed_in=plan.plan_number,
    )


def _event(company: Company, hire: Hire, dated: DatedTask) -> TaskEvent:
    return TaskEvent(one_line(dated.task.name), dated.day, "\n".join(_lines(company, hire, dated)))


def _lines(company: Company, hire: Hire, dated: DatedTask) -> Iterator[str]:
    task = dated.task
    yield f"Ansvarig: {one_line(company.responsible(task, hire))}"
    if task.minutes is not None:
        yield f"Tid: {duration(task.minutes)}"
    yield f"Senast: {day(dated.last)}"
    if task.description:
        yield one_line(task.description)
