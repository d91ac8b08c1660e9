"""Level 8 ``waiting``: sum of weight over requirements left waiting: unbooked and not counting."""

from __future__ import annotations

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=6, sum_over_requirements=True, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """weight x (1 - booked) over what does not count, those without deadline included."""
    cost = Linear()
    for need in variables.needs:
        if not need.counts:
            cost.constant += need.weight
            cost.add(variables.booked(need), -need.weight)
    return cost
