"""What goes into a solve beside the problem, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.change import PlanDiff
from models.ids import Level, Rule, Stability
from models.plan import Plan


@dataclass(frozen=True)
class Options:
    """How to solve: wall-clock seconds for building, levels and explaining; seed; stability of a re-plan; whether to try suggestions."""

    max_seconds: float = 60.0
    seed: int = 1
    stability: Stability = Stability.CAREFUL
    suggestions: bool = True


@dataclass(frozen=True)
class Progress:
    """Where a running solve is: the level being solved (``number`` of ``of``), best value, bound, seconds since the start.

    ``level`` is None while suggestions are tried. ``parts`` says of a term that falls apart how many of its groups are done
    with what all of them are at, and how many there are.
    """

    level: Level | None
    number: int
    of: int
    value: int | None
    bound: int | None
    seconds: float
    parts: tuple[int, int] | None = None

    @property
    def gap(self) -> float | None:
        """(value - bound) / value, in 0..1; None while either is unknown."""
        if self.value is None or self.bound is None:
            return None
        return 0.0 if self.value == self.bound else (self.value - self.bound) / max(1, abs(self.value))


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
class KeptBreach:
    """Published seats inside the notice window that break a rule among themselves and are kept all the same (MODEL.md rule 7)."""

    rule: Rule
    bookings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """The result of a solve; ``plan`` is None with NOTHING, CONFLICT, or STOPPED before any plan.

    ``level_seconds`` and ``phase_seconds`` (``build``, ``levels``, ``explain``) are wall-clock seconds summed over groups of hires, which
    may be planned side by side; for korning.json only. ``changes`` is what a re-plan changed, with causes.
    """

    ending: Ending
    plan: Plan | None
    conflicts: tuple[Conflict, ...] = ()
    kept_breaches: tuple[KeptBreach, ...] = ()
    level_seconds: tuple[tuple[Level, float], ...] = ()
    phase_seconds: tuple[tuple[str, float], ...] = ()
    changes: PlanDiff | None = None
