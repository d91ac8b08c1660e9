"""A program for OR-Tools' MathOpt, arrays straight into the proto."""

from __future__ import annotations

import numpy as np
from ortools.math_opt import model_pb2

from scheduler.large.program import Goal, Program


def proto_of(program: Program, goal: Goal, *, whole: bool) -> model_pb2.ModelProto:
    """The program with a goal to be minimised; ``whole`` asks for whole numbers, else it is the relaxation."""
    matrix = program.matrix.tocsr()
    matrix.sort_indices()
    proto, used = model_pb2.ModelProto(), np.flatnonzero(goal.costs)
    proto.variables.ids.extend(range(len(program.low)))
    proto.variables.lower_bounds.extend(program.low.tolist())
    proto.variables.upper_bounds.extend(program.high.tolist())
    proto.variables.integers.extend([whole] * len(program.low))
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
