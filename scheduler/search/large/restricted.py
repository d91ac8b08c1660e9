"""A program with just some columns free: many rows then hold
by themselves, and the rest is small enough for a MIP solver.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from scheduler.linear.excerpt import Excerpt, Mask
from scheduler.linear.program import Floats, Goal, Program
from scheduler.solvers.mip import MipTask, task_of


class Restricted:
    """The rows over the free columns, the others fixed as in
    ``x``; rows that hold whatever the free ones are, are left out.
    """

    def __init__(self, excerpt: Excerpt, x: Floats, free: Mask) -> None:
        program, limits = excerpt.program, [goal for goal, _ in excerpt.limits]
        self._x = x
        self._free = np.flatnonzero(free & excerpt.columns)
        own = program.matrix[:, self._free].tocsr()[excerpt.rows].astype(np.float64)
        small = sparse.vstack(
            [own, *(sparse.csr_array(goal.costs[self._free].reshape(1, -1)) for goal in limits)], "csr"
        )
        fixed = excerpt.activity(np.where(free, 0.0, x))
        low, high = excerpt.row_low - fixed, excerpt.row_high - fixed
        columns_low, columns_high = program.low[self._free], program.high[self._free]
        upper = small.maximum(0) @ columns_high + small.minimum(0) @ columns_low
        lower = small.maximum(0) @ columns_low + small.minimum(0) @ columns_high
        rows = (upper > high + 0.5) | (lower < low - 0.5)
        self._program = Program(small[rows].tocsc(), low[rows], high[rows], columns_low, columns_high)

    def task(self, goal: Goal, *, seconds: float, gap: int) -> MipTask:
        """Minimise the goal, from what the columns are."""
        hint = np.rint(self._x[self._free]).astype(int).tolist()
        return task_of(self._program, Goal(goal.costs[self._free], 0), hint, seconds, gap)

    def whole(self, found: Sequence[int]) -> Floats:
        """All columns, the free ones as they were found."""
        x = self._x.copy()
        x[self._free] = found
        return x
