"""Time as a test tells it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from scheduler.solvers.clock import Clock


@dataclass
class PaperTime:
    """A source of seconds that goes on when it is told to, and by ``step`` whenever it is looked at."""

    seconds: float = 0.0
    step: float = 0.0

    def __call__(self) -> float:
        self.seconds += self.step
        return self.seconds


class PaperClock(Clock):
    """A clock of such a time."""

    def __init__(self, max_seconds: float = inf) -> None:
        super().__init__(PaperTime(), 0.0, max_seconds)

    def go_on(self, seconds: float) -> None:
        """So many seconds pass."""
        assert isinstance(self.now, PaperTime)
        self.now.seconds += seconds
