"""A program for OR-Tools' MathOpt, arrays straight into the proto, and what every MIP solver there is asked and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.large.program import Goal, Program

_UNDER = 0.001
"""So much less than a gap counts as less: goals are whole."""
_LEAST_SECONDS = 0.01


def proto_of(program: Program, goal: Goal) -> model_pb2.ModelProto:
    """The program with a goal to be minimised, in whole numbers."""
    matrix = program.matrix.tocsr()
    matrix.sort_indices()
    proto, used = model_pb2.ModelProto(), np.flatnonzero(goal.costs)
    proto.variables.ids.extend(range(len(program.low)))
    proto.variables.lower_bounds.extend(program.low.tolist())
    proto.variables.upper_bounds.extend(program.high.tolist())
    proto.variables.integers.extend([True] * len(program.low))
    proto.linear_constraints.ids.extend(range(len(program.row_low)))
    proto.linear_constraints.lower_bounds.extend(program.row_low.tolist())
    proto.linear_constraints.upper_bounds.extend(program.row_high.tolist())
    entries = proto.linear_constraint_matrix
    entries.row_ids.extend(np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)).tolist())
    entries.column_ids.extend(matrix.indices.tolist())
    entries.coefficients.extend(matrix.data.tolist())
    proto.objective.offset = goal.constant
    proto.objective.linear_coefficients.ids.extend(used.tolist())
    proto.objective.linear_coefficients.values.extend(goal.costs[used].tolist())
    return proto


def parameters_for(seconds: float, gap: int = 1) -> mathopt.SolveParameters:
    """Until a plan and a bound are less than ``gap`` apart, for so many seconds at most; less than one is the very optimum."""
    return mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(_LEAST_SECONDS, seconds)),
        absolute_gap_tolerance=gap - _UNDER,
        relative_gap_tolerance=0.0,
    )


def solved(
    proto: model_pb2.ModelProto,
    solver: mathopt.SolverType,
    hint: Sequence[float] | None,
    parameters: mathopt.SolveParameters,
) -> tuple[list[int] | None, float]:
    """The best assignment found from the hint, rounded (None without any), and the lower bound as it was counted (infinite without any)."""
    model = mathopt.Model.from_model_proto(proto)
    variables = list(model.variables())
    start = mathopt.ModelSolveParameters()
    if hint is not None:
        known = dict(zip(variables, map(float, hint), strict=True))
        start.solution_hints.append(mathopt.SolutionHint(variable_values=known))
    result = mathopt.solve(model, solver, params=parameters, model_params=start)
    bound = result.termination.objective_bounds.dual_bound
    if not result.has_primal_feasible_solution():
        return None, bound
    return [round(x) for x in result.variable_values(variables)], bound
