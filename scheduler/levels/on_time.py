"""Level 1 ``on_time``: sum of weight over counting requirements that are not on time."""

from __future__ import annotations

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=12, sum_over_requirements=True)


def objective(variables: Variables) -> Linear:
    """weight x (1 - on time)."""
    cost = Linear()
    for need in variables.needs:
        if need.counts:
            cost.constant += need.weight
            cost.add(variables.on_time(need), -need.weight)
    return cost
