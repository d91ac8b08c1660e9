"""The ten levels of MODEL.md in their strict order, one module each: what every one of them minimises, and how it is solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from models.ids import Level
from scheduler.levels import caseload, changes, days, equity, missing, on_time, reserve, rounds, staffing, waiting
from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables


class LevelModule(Protocol):
    """What the file of a level declares."""

    @property
    def SOLVING(self) -> Solving:  # noqa: N802 - a constant of a module
        """How it is solved."""
        ...

    @property
    def objective(self) -> Callable[[Variables], Linear]:
        """Makes the expression that it minimises."""
        ...


LEVELS: Mapping[Level, LevelModule] = {
    Level.ON_TIME: on_time,
    Level.MISSING: missing,
    Level.CHANGES: changes,
    Level.EQUITY: equity,
    Level.CASELOAD: caseload,
    Level.ROUNDS: rounds,
    Level.RESERVE: reserve,
    Level.WAITING: waiting,
    Level.STAFFING: staffing,
    Level.DAYS: days,
}
SOLVING: Mapping[Level, Solving] = {level: module.SOLVING for level, module in LEVELS.items()}
"""How each level is solved, in their order."""
