"""What training asks of workplaces: units with many away on one day, and cases carried before a programme."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from models.ids import State
from models.plan import Plan, Requirement
from models.problem import Hire, TermProblem
from outputs.figures.round_loads import InOrder
from outputs.figures.shares import ON_OWN


@dataclass(frozen=True)
class UnitDay:
    """The hires of one unit who are at training on one day."""

    organisation: str
    unit: str
    day: date
    away: tuple[str, ...]


@dataclass(frozen=True)
class EarlyCases:
    """Days with cases before a programme that should come first is finished (level ``caseload``, unweighted)."""

    hire: Hire
    requirement: Requirement
    days: int


def unit_days(problem: TermProblem, plan: Plan, in_order: InOrder) -> tuple[UnitDay, ...]:
    """Every unit and day with somebody at training, by administration, unit and day."""
    away: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for booking in plan.bookings:
        hire = problem.hire_by_id.get(booking.hire)
        if hire is not None and hire.unit:
            away[hire.organisation, hire.unit, booking.start.date()].add(hire.id)
    return tuple(UnitDay(*key, in_order(ids)) for key, ids in sorted(away.items()))


def early_cases(problem: TermProblem, plan: Plan) -> tuple[EarlyCases, ...]:
    """Requirements that should be finished before the cases begin and are not, the longest time first."""
    found = [e for r in plan.requirements if (e := _early(problem, plan, r)) is not None]
    return tuple(sorted(found, key=lambda e: (-e.days, e.hire.id, e.requirement.programme)))


def _early(problem: TermProblem, plan: Plan, requirement: Requirement) -> EarlyCases | None:
    hire = problem.hire_by_id[requirement.hire]
    before_cases = problem.programme_by_id[requirement.programme].before_cases
    outside = requirement.state is State.DONE or requirement.state in ON_OWN
    if outside or not before_cases or hire.caseload_start is None:
        return None
    last = requirement.completed_on or min(plan.horizon[1], hire.ends or date.max)
    days = (last - hire.caseload_start).days + 1
    return EarlyCases(hire, requirement, days) if days > 0 else None
