"""The ten levels of MODEL.md in their strict order, one module each: what every one of them minimises."""

from __future__ import annotations

from collections.abc import Callable

from models.ids import Level
from scheduler.levels import caseload, changes, days, equity, missing, on_time, reserve, rounds, staffing, waiting
from scheduler.linear.model import Linear
from scheduler.seats.variables import Variables

OBJECTIVES: tuple[tuple[Level, Callable[[Variables], Linear]], ...] = (
    (Level.ON_TIME, on_time.objective),
    (Level.MISSING, missing.objective),
    (Level.CHANGES, changes.objective),
    (Level.EQUITY, equity.objective),
    (Level.CASELOAD, caseload.objective),
    (Level.ROUNDS, rounds.objective),
    (Level.RESERVE, reserve.objective),
    (Level.WAITING, waiting.objective),
    (Level.STAFFING, staffing.objective),
    (Level.DAYS, days.objective),
)
