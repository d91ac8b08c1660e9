"""How far a running solve has come, for those who watch it."""

from __future__ import annotations

from dataclasses import dataclass

from models.ids import Level


@dataclass(frozen=True)
class Progress:
    """Where a running solve is: the level being solved (``number``
    of ``of``), best value, bound, seconds since the start.

    ``level`` is None while suggestions are tried. ``parts`` says of a term that falls apart how many of its groups are
    done with what all of them are at, and how many there are.
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
