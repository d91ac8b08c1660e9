"""The linear relaxation by PDLP, a first-order method: on a region it takes seconds where the simplex of HiGHS and of CP-SAT takes minutes.

What PDLP returns is only nearly optimal and nearly feasible. The bound is therefore computed here from its multipliers alone, by weak
duality, and is valid whatever they are (docs/adr/203-large-models.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp

from scheduler.linear.program import Floats, Goal, Program

_SAFE, _SAFE_SHARE = 1e-5, 1e-9
"""What rounding errors may add to a bound: an absolute amount, and a share of the sum of its parts."""
_CHECKED_EVERY = 64


@dataclass(frozen=True)
class Relaxed:
    """Nearly optimal values of the columns and multipliers of the rows, and what the goal can at best be (whole)."""

    x: Floats
    multipliers: Floats
    bound: int


def relax(
    program: Program, goal: Goal, *, accuracy: float, steps: int, seconds: float, start: Relaxed | None = None
) -> Relaxed:
    """Solve the relaxation to a relative accuracy, or until so many steps or seconds are over.

    ``start`` is one of a program with the same columns and the same first rows.
    """
    problem = pdlp.QuadraticProgram()
    problem.resize_and_initialize(len(program.low), len(program.row_low))
    problem.objective_vector = goal.costs
    problem.constraint_matrix = program.matrix
    problem.constraint_lower_bounds = program.row_low
    problem.constraint_upper_bounds = program.row_high
    problem.variable_lower_bounds = program.low
    problem.variable_upper_bounds = program.high
    parameters = solvers_pb2.PrimalDualHybridGradientParams(num_threads=1, termination_check_frequency=_CHECKED_EVERY)
    criteria = parameters.termination_criteria
    criteria.iteration_limit = steps
    criteria.time_sec_limit = seconds
    criteria.simple_optimality_criteria.eps_optimal_relative = accuracy
    criteria.simple_optimality_criteria.eps_optimal_absolute = accuracy
    if start is None:
        result = pdlp.primal_dual_hybrid_gradient(problem, parameters)
    else:
        result = pdlp.primal_dual_hybrid_gradient(problem, parameters, _point(start, len(program.row_low)))
    multipliers = np.asarray(result.dual_solution)
    return Relaxed(np.asarray(result.primal_solution), multipliers, bound(program, goal, multipliers))


def bound(program: Program, goal: Goal, multipliers: Floats) -> int:
    """The least the goal can be, by weak duality: any multipliers give a valid one. One without a bound on its side counts as 0."""
    side = np.where(multipliers > 0, program.row_low, program.row_high)
    usable = np.where(np.isfinite(side), multipliers, 0.0)
    reduced = goal.costs - program.matrix.T @ usable
    of_rows = usable * np.where(np.isfinite(side), side, 0.0)
    of_columns = np.minimum(reduced * program.low, reduced * program.high)
    least = goal.constant + of_rows.sum() + of_columns.sum()
    error = _SAFE + _SAFE_SHARE * (np.abs(of_rows).sum() + np.abs(of_columns).sum())
    return ceil(float(least - error))


def _point(start: Relaxed, rows: int) -> pdlp.PrimalAndDualSolution:
    point = pdlp.PrimalAndDualSolution()
    point.primal_solution = start.x
    point.dual_solution = np.append(start.multipliers, np.zeros(rows - len(start.multipliers)))
    return point
