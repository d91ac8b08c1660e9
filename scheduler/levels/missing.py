"""Level 2 ``missing``: sum of weight over counting requirements that are not booked."""

from __future__ import annotations

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=6, sum_over_requirements=True, from_below=True, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """weight x (1 - booked)."""
    cost = Linear()
    for need in variables.needs:
        if need.counts:
            cost.constant += need.weight
            cost.add(variables.booked(need), -need.weight)
    return cost
