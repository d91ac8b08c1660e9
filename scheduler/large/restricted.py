"""A program with only some columns free, solved by CP-SAT: small enough to be solved well where the whole is not."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from scheduler.draft import UNBOUNDED, Linear, Row
from scheduler.engine import Engine
from scheduler.large.program import Floats, Goal, Program


class Restricted:
    """The rows over the free columns, the others fixed as in ``x``; rows that hold whatever the free ones are, are left out."""

    def __init__(self, program: Program, x: Floats, free: NDArray[np.bool_], seed: int) -> None:
        self._x = x
        self._free = np.flatnonzero(free)
        small = program.matrix[:, self._free].tocsr()
        fixed = program.matrix @ np.where(free, 0.0, x)
        low, high = program.row_low - fixed, program.row_high - fixed
        columns_low, columns_high = program.low[self._free], program.high[self._free]
        upper = small.maximum(0) @ columns_high + small.minimum(0) @ columns_low
        lower = small.maximum(0) @ columns_low + small.minimum(0) @ columns_high
        rows = [
            Row(
                small.indices[begin:end].tolist(),
                small.data[begin:end].astype(int).tolist(),
                round(low[place]) if isfinite(low[place]) else -UNBOUNDED,
                round(high[place]) if isfinite(high[place]) else UNBOUNDED,
            )
            for place in np.flatnonzero((upper > high + 0.5) | (lower < low - 0.5))
            for begin, end in [(small.indptr[place], small.indptr[place + 1])]
        ]
        self._engine = Engine(columns_low.astype(int).tolist(), columns_high.astype(int).tolist(), rows, seed)

    def minimise(self, goal: Goal, *, seconds: float, work: float, should_stop: Callable[[], bool]) -> Floats | None:
        """The best assignment of all columns found within the limits."""
        costs = goal.costs[self._free]
        used = np.flatnonzero(costs)
        answer = self._engine.minimise(
            Linear(used.tolist(), costs[used].astype(int).tolist()),
            hint=self._x[self._free].astype(int).tolist(),
            seconds=seconds,
            work=work,
            should_stop=should_stop,
        )
        if answer.values is None:
            return None
        x = self._x.copy()
        x[self._free] = answer.values
        return x
