"""Level 10 ``days``: sum over booked requirements of weight x calendar days from start date to completion."""

from __future__ import annotations

from datetime import date
from functools import partial

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=4, sum_over_requirements=True, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """Waiting time of everybody, weighted."""
    cost = Linear()
    for need in variables.needs:
        variables.look()
        cost.add(variables.completion(need, partial(waited, need.hire.starts, need.weight), 0))
    return cost


def waited(start: date, weight: int, end: date) -> int:
    """weight x calendar days."""
    return weight * (end - start).days
