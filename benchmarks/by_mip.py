"""The scheduler's own rows and goals as one MIP, solved by HiGHS
in a process of its own: level 1, then level 2 with level 1 kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from models.ids import Level
from scheduler.linear.model import Values
from scheduler.linear.program import goal_of, program_of
from scheduler.model.build import Model
from scheduler.solvers.clock import Clock
from scheduler.solvers.mip import NOTHING, AwaitedRun, MipAnswer, MipTask, task_of
from terminsplan.mip_beside import highs_processes

PATIENCE = 1.2
"""Factor on HiGHS's time limit after which its process is ended; it looks at the clock rarely."""
LEVELS = (Level.ON_TIME, Level.MISSING)


@dataclass(frozen=True)
class MipLevel:
    """What became of a level; ``value`` is None when nothing was found in time."""

    level: Level
    value: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class LevelsByMip:
    """The levels solved, and the best assignment of the scheduler's variables."""

    levels: tuple[MipLevel, ...]
    values: Values | None


def lexicographic_solve(model: Model, seconds: float) -> LevelsByMip:
    """Level 1 for as long as it needs, level 2 for what is left."""
    linear_model = model.variables.linear_model
    program = program_of(linear_model)
    clock = Clock.start(monotonic, seconds)
    best: Values | None = None
    done: list[MipLevel] = []
    for level in LEVELS:
        goal, began = model.objectives[level], clock.spent
        aim = goal_of(goal, len(program.low))
        found = _answer(task_of(program, aim, None, clock.left), clock.limited(PATIENCE * clock.left))
        best = found.values or best
        value = goal.value(best) if best else None
        done.append(MipLevel(level, value, found.bound, clock.spent - began))
        if value is None:
            break
        program = program.capped(aim, value)
    return LevelsByMip(tuple(done), best)


def _answer(task: MipTask, patience: Clock) -> MipAnswer:
    """What comes out in time; nothing is begun where there is none."""
    return AwaitedRun(highs_processes(task), lambda: patience.left > 0).end() if patience.left > 0 else NOTHING
