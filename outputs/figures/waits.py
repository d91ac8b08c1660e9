"""How long requirements take from a hire's start until they are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from models.plan import Plan, Requirement
from models.problem import TermProblem
from outputs.figures.shares import in_time


@dataclass(frozen=True)
class Wait:
    """Days from a hire's start to a programme's completion."""

    organisation: str
    requirement: Requirement
    days: int
    in_time: bool


def waits(problem: TermProblem, plan: Plan) -> tuple[Wait, ...]:
    """Every requirement that is booked or held, with the days it took."""
    return tuple(
        Wait(problem.hire_by_id[r.hire].organisation, r, days, in_time(r))
        for r in plan.requirements
        if (days := days_to_done(problem, r)) is not None
    )


def days_to_done(problem: TermProblem, requirement: Requirement) -> int | None:
    """Days from the first day of employment to completion; 0
    for what was completed before it, None without a date.
    """
    if requirement.completed_on is None:
        return None
    return max(0, (requirement.completed_on - problem.hire_by_id[requirement.hire].starts).days)


def median_days(waits: Iterable[Wait]) -> int | None:
    """The middle waiting time in whole days."""
    days = [w.days for w in waits]
    return round(median(days)) if days else None
