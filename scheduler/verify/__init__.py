"""The independent check: MODEL.md read a second time, with plain loops and no solver.

``check`` reads the plan's bookings, asks every hard rule of them, counts every level again, and compares the plan's
rows with what it found. It knows ``models`` and the standard library only, so that it cannot share a mistake with the
solver.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.ids import Level
from models.plan import Plan
from models.problem import TermProblem
from scheduler.verify import rows
from scheduler.verify.keys import Seat
from scheduler.verify.levels import level_values
from scheduler.verify.mentors import mentors
from scheduler.verify.reading import Reading
from scheduler.verify.report import Report, Violation
from scheduler.verify.rules import violations
from scheduler.verify.seating import Seating, seat_everyone

__all__ = ["Report", "Violation", "check", "levels_of"]


def check(problem: TermProblem, plan: Plan, previous: Plan | None = None) -> Report:
    """Everything wrong with the plan, and its levels as counted here; a re-plan is read with the plan it began from."""
    seating = _seating(problem, plan, previous)
    values = level_values(seating)
    found = (
        *rows.heading(problem, plan, previous),
        *rows.bookings(problem, plan),
        *violations(seating),
        *rows.requirements(plan, seating),
        *rows.rounds(plan, seating),
        *rows.levels(plan, values),
        *mentors(problem, plan, previous),
    )
    return Report(found, values)


def levels_of(problem: TermProblem, plan: Plan, previous: Plan | None = None) -> Mapping[Level, int]:
    """The value of every level; ``changes`` only where ``previous`` is given."""
    return level_values(_seating(problem, plan, previous))


def _seating(problem: TermProblem, plan: Plan, previous: Plan | None) -> Seating:
    """Bookings of unknown hires or sessions seat nobody; ``rows`` reports them."""
    reading = Reading(problem, plan.planning_date, previous)
    seats = {Seat(row.hire, row.session) for row in plan.bookings}
    return seat_everyone(
        reading, (s for s in seats if s.hire in problem.hire_by_id and s.session in problem.session_by_id)
    )
