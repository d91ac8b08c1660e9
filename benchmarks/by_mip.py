"""The scheduler's own rows and goals as one MIP, solved by HiGHS in a process of its own: level 1, then level 2 with level 1 kept."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from models.ids import Level
from scheduler.linear.model import Values
from scheduler.linear.program import goal_of, program_of
from scheduler.model.build import Model
from scheduler.solvers import mip
from scheduler.solvers.mip import NOTHING, MipTask, task_of
from terminsplan.mip_beside import beside

PATIENCE = 1.2
"""Times the seconds it has: HiGHS looks at the clock now and then only."""
LEVELS = (Level.ON_TIME, Level.MISSING)


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


def lexicographic_solve(model: Model, seconds: float) -> MipAnswer:
    """Level 1 for as long as it needs, level 2 for what is left."""
    linear_model = model.variables.linear_model
    program = program_of(linear_model, linear_model.rows)
    started, best, done = perf_counter(), None, []
    for level in LEVELS:
        goal, began = model.objectives[level], perf_counter()
        aim = goal_of(goal, len(program.low))
        left = seconds - (began - started)
        found = _answer(task_of(program, aim, None, left), PATIENCE * left) if left > 0 else NOTHING
        best = found.values or best
        value = goal.value(best) if best else None
        done.append(MipLevel(level, value, found.bound, perf_counter() - began))
        if value is None:
            break
        program = program.capped(aim, value)
    return MipAnswer(tuple(done), best)


def _answer(task: MipTask, seconds: float) -> mip.MipAnswer:
    """What comes out in time; whoever is late is not left at work, beside the next level."""
    run = beside(task)
    found = run.answer(seconds)
    if found is None:
        run.leave()
    return found or NOTHING
