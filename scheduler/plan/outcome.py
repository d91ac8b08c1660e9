"""What goes into a solve beside the problem, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.ids import Level, Rule, Stability
from models.plan import Plan
from scheduler.answers.differences import Cause, SeatKey
from scheduler.model.build import KeptBreach


@dataclass(frozen=True)
class Options:
    """How to solve: wall-clock seconds for building, levels and
    explaining; seed; stability of a re-plan; whether to try suggestions.
    """

    max_seconds: float = 60.0
    seed: int = 1
    stability: Stability = Stability.CAREFUL
    suggestions: bool = True


class Ending(StrEnum):
    """How a solve ended."""

    PROVEN = "proven"
    FOUND = "found"
    NOTHING = "nothing"
    STOPPED = "stopped"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Conflict:
    """Given bookings that cannot be kept: (hire id, session id) pairs and the rule they break together or alone."""

    rule: Rule
    bookings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """The result of a solve; ``plan`` is None with NOTHING, CONFLICT, or STOPPED before any plan.

    ``level_seconds`` and ``phase_seconds`` (``build``, ``levels``, ``explain``) are wall-clock seconds summed over
    groups of hires, which may be planned side by side; for korning.json only, as is ``solver_failures``, how often
    HiGHS failed. ``causes`` say why seats of an earlier plan are gone. ``unexplained`` is the number of requirements
    for whose reasons no time was left.
    """

    ending: Ending
    plan: Plan | None
    conflicts: tuple[Conflict, ...] = ()
    kept_breaches: tuple[KeptBreach, ...] = ()
    level_seconds: tuple[tuple[Level, float], ...] = ()
    phase_seconds: tuple[tuple[str, float], ...] = ()
    causes: Mapping[SeatKey, Cause] = field(default_factory=dict)
    solver_failures: int = 0
    unexplained: int = 0
