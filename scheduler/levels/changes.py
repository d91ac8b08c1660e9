"""Level 3 ``changes``: rows of the old plan on or after the
planning date, still required and possible, that are gone.
"""

from __future__ import annotations

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=6, sum_over_requirements=True, from_below=True, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """1 for each such row, minus the candidate that keeps its session."""
    cost = Linear()
    for need in variables.needs:
        block_of = {m: block for block in need.blocks for m in block.modules}
        for seat in variables.promises.published(need):
            if variables.promises.impossible(need, seat):
                continue
            cost.constant += 1
            for candidate in variables.of_block(need, block_of[seat.booking.module]):
                if any(s.id == seat.booking.session for s in candidate.offer.sessions):
                    cost.variables.append(candidate.variable)
                    cost.coefs.append(-1)
    return cost
