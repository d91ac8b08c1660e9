"""The scheduler's own rows and goals as one MIP, solved by HiGHS through OR-Tools' MathOpt: level 1, then level 2 with level 1 kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf
from time import perf_counter

from ortools.math_opt.python import mathopt

from models.ids import Level
from scheduler.draft import Values
from scheduler.large.program import Goal, Program, goal_of, program_of
from scheduler.large.proto import proto_of
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
    program = program_of(draft, draft.rows)
    started, best, done = perf_counter(), None, []
    for level in LEVELS:
        goal, began = model.objectives[level], perf_counter()
        aim = goal_of(goal, len(program.low))
        found = _minimise(program, aim, seconds - (began - started))
        values, bound = found if found else (None, None)
        best = values or best
        value = goal.value(best) if best else None
        done.append(MipLevel(level, value, bound, perf_counter() - began))
        if value is None:
            break
        program = program.capped(aim, value)
    return MipAnswer(tuple(done), best)


def _minimise(program: Program, goal: Goal, seconds: float) -> tuple[Values | None, int | None] | None:
    """The best assignment and the bound; None without time to try."""
    if seconds <= 0:
        return None
    mip = mathopt.Model.from_model_proto(proto_of(program, goal, whole=True))
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(mip, mathopt.SolverType.HIGHS, params=parameters)
    bound = result.termination.objective_bounds.dual_bound
    proven = ceil(bound - _ENOUGH) if abs(bound) < inf else None
    if not result.has_primal_feasible_solution():
        return None, proven
    return [round(v) for v in result.variable_values().values()], proven
