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
    looks: int = 0

    def __call__(self) -> float:
        self.looks += 1
        self.seconds += self.step
        return self.seconds


class PaperClock(Clock):
    """A clock of such a time."""

    def __init__(self, max_seconds: float = inf) -> None:
        self._set_time(PaperTime())
        super().__init__(self.time, 0.0, max_seconds)

    def _set_time(self, time: PaperTime) -> None:
        object.__setattr__(self, "time", time)

    time: PaperTime

    def go_on(self, seconds: float) -> None:
        """So many seconds pass."""
        self.time.seconds += seconds
