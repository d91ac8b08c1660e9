"""The scheduler's own rows and goals as one MIP, solved by HiGHS through OR-Tools' MathOpt: level 1, then level 2 with level 1 kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf
from time import perf_counter

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from models.ids import Level
from scheduler.draft import UNBOUNDED, Linear, Row, Values
from scheduler.model import Model

LEVELS = (Level.ON_TIME, Level.MISSING)
_ENOUGH = 1e-6


@dataclass(frozen=True)
class MipLevel:
    """What became of a level; ``value`` is None when nothing was found in time."""

    level: Level
    value: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class MipAnswer:
    """The levels solved, and the best assignment of the scheduler's variables."""

    levels: tuple[MipLevel, ...]
    values: Values | None


def climb(model: Model, seconds: float) -> MipAnswer:
    """Level 1 for as long as it needs, level 2 for what is left."""
    draft = model.variables.draft
    rows = list(draft.rows)
    started, best, done = perf_counter(), None, []
    for level in LEVELS:
        goal, began = model.objectives[level], perf_counter()
        found = _minimise(draft.low, draft.high, rows, goal, seconds - (began - started))
        values, bound = found if found else (None, None)
        best = values or best
        value = goal.value(best) if best else None
        done.append(MipLevel(level, value, bound, perf_counter() - began))
        if value is None:
            break
        rows.append(Row(goal.variables, goal.coefs, -UNBOUNDED, value - goal.constant))
    return MipAnswer(tuple(done), best)


def _minimise(
    low: Sequence[int], high: Sequence[int], rows: Sequence[Row], goal: Linear, seconds: float
) -> tuple[Values | None, int | None] | None:
    """The best assignment and the bound; None without time to try."""
    if seconds <= 0:
        return None
    mip = mathopt.Model.from_model_proto(_proto(low, high, rows, goal))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(mip, mathopt.SolverType.HIGHS, params=parameters)
    bound = result.termination.objective_bounds.dual_bound
    proven = ceil(bound - _ENOUGH) if abs(bound) < inf else None
    if not result.has_primal_feasible_solution():
        return None, proven
    return [round(v) for v in result.variable_values().values()], proven


def _proto(low: Sequence[int], high: Sequence[int], rows: Sequence[Row], goal: Linear) -> model_pb2.ModelProto:
    """Arrays straight into the proto; a variable named twice in a row is named once there."""
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(low)))
    proto.variables.lower_bounds.extend(map(float, low))
    proto.variables.upper_bounds.extend(map(float, high))
    proto.variables.integers.extend([True] * len(low))
    proto.linear_constraints.ids.extend(range(len(rows)))
    proto.linear_constraints.lower_bounds.extend(_bound(row.low) for row in rows)
    proto.linear_constraints.upper_bounds.extend(_bound(row.high) for row in rows)
    matrix = proto.linear_constraint_matrix
    for number, row in enumerate(rows):
        merged = _merged(row.variables, row.coefs)
        matrix.row_ids.extend([number] * len(merged))
        matrix.column_ids.extend(v for v, _ in merged)
        matrix.coefficients.extend(c for _, c in merged)
    merged = _merged(goal.variables, goal.coefs)
    proto.objective.offset = goal.constant
    proto.objective.linear_coefficients.ids.extend(v for v, _ in merged)
    proto.objective.linear_coefficients.values.extend(c for _, c in merged)
    return proto


def _bound(value: int) -> float:
    return float(value) if abs(value) < UNBOUNDED else inf if value > 0 else -inf


def _merged(variables: Iterable[int], coefs: Iterable[int]) -> list[tuple[int, float]]:
    found: dict[int, float] = defaultdict(float)
    for variable, coef in zip(variables, coefs, strict=True):
        found[variable] += coef
    return sorted((v, c) for v, c in found.items() if c)
