"""A program with only some columns free, solved by SCIP: small enough to be solved well where the whole is not.

SCIP rather than CP-SAT: its presolve and cuts close such programs at the root. Measured on a generated region, level ``caseload`` in
a corner of 7,000 columns: proven best in 4 CPU seconds against 15.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from scheduler.large.program import Floats, Goal, Program
from scheduler.large.proto import parameters_for, proto_of, solved

MOST_SECONDS = 30.0
"""SCIP cannot be interrupted (MathOpt's interrupter fails in 9.15): so long may a user who wants to stop have to wait."""


class Restricted:
    """The rows over the free columns, the others fixed as in ``x``; rows that hold whatever the free ones are, are left out."""

    def __init__(self, program: Program, x: Floats, free: NDArray[np.bool_]) -> None:
        self._x = x
        self._free = np.flatnonzero(free)
        small = program.matrix[:, self._free].tocsr()
        fixed = program.matrix @ np.where(free, 0.0, x)
        low, high = program.row_low - fixed, program.row_high - fixed
        columns_low, columns_high = program.low[self._free], program.high[self._free]
        upper = small.maximum(0) @ columns_high + small.minimum(0) @ columns_low
        lower = small.maximum(0) @ columns_low + small.minimum(0) @ columns_high
        rows = (upper > high + 0.5) | (lower < low - 0.5)
        self._program = Program(small[rows].tocsc(), low[rows], high[rows], columns_low, columns_high)

    def minimise(self, goal: Goal, *, seconds: float, nodes: int) -> Floats | None:
        """The best assignment of all columns found within the limits."""
        parameters = parameters_for(min(seconds, MOST_SECONDS))
        parameters.node_limit, parameters.threads = nodes, 1
        proto = proto_of(self._program, Goal(goal.costs[self._free], 0))
        found, _ = solved(proto, mathopt.SolverType.GSCIP, self._x[self._free].tolist(), parameters)
        if found is None:
            return None
        x = self._x.copy()
        x[self._free] = found
        return x
