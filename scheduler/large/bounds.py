"""How low a level can be, from the relaxation: first with what the levels above may lose as a price, then with their values as limits.

With limits alone PDLP takes long, for hardly anything lies within them; the prices show it the way. Measured on a generated region:
level ``days`` 186,300 after the first 2 seconds of processor time, 200,100 after 6 more, against a plan of 207,700.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.large.program import Goal
from scheduler.large.relaxation import Relaxed, relax
from scheduler.large.space import Space

ACCURACY = 1e-4
STEPS_PRICED, STEPS_LIMITED = 2_000, 4_000


def lower_bound(space: Space, goal: Goal, kept: Sequence[tuple[Goal, int]], enough: int | None, seconds: float) -> int:
    """The goal is at least this when every goal in ``kept`` is at most its value; nothing above ``enough`` is looked for.

    ``kept`` may leave out some that are kept, and does well to leave out those whose rows PDLP is slow on (``equity``).
    """
    # Twice: among groups, ``equity`` is what the largest share is beyond a limit.
    goal = _averaged(space, _averaged(space, goal))
    needed = space.needed_for([goal, *(above for above, _ in kept)])
    program, own = space.program.without(~needed), goal.over(needed)
    limits = [(above.over(needed), value) for above, value in kept if above.costs.any()]
    prices = [np.abs(own.costs).max() / np.abs(above.costs).max() for above, _ in limits]
    costs, constant = own.costs.copy(), own.constant
    for (above, value), price in zip(limits, prices, strict=True):
        costs += price * above.costs
        constant += price * (above.constant - value)
    priced = relax(program, Goal(costs, constant), accuracy=ACCURACY, steps=STEPS_PRICED, seconds=seconds / 3)
    if not limits or (enough is not None and priced.bound >= enough):
        return priced.bound
    limited = program
    for above, value in limits:
        limited = limited.capped(above, value)
    start = Relaxed(priced.x, np.append(priced.multipliers, [-price for price in prices]), priced.bound)
    found = relax(limited, own, accuracy=ACCURACY, steps=STEPS_LIMITED, seconds=seconds * 2 / 3, start=start)
    return max(priced.bound, found.bound)


def _averaged(space: Space, goal: Goal) -> Goal:
    """For the largest of several sums their average: no more than it, and PDLP, which comes to nothing on the largest, finds its least.

    The largest is one column, and every row that bounds it from below has it with a negative coefficient.
    """
    columns = np.flatnonzero(goal.costs)
    if len(columns) != 1 or space.decides[columns[0]] or goal.costs[columns[0]] < 0:
        return goal
    coefs = space.program.matrix[:, columns].toarray().ravel()
    below = (coefs < 0) & np.isfinite(space.program.row_high)
    if not below.any():
        return goal
    multipliers = np.where(below, goal.costs[columns] / coefs[below].sum(), 0.0)
    costs = goal.costs - space.program.matrix.T @ multipliers
    costs[columns] = 0
    constant = goal.constant + float(multipliers[below] @ space.program.row_high[below])
    return Goal(costs, constant)
