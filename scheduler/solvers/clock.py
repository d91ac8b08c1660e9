"""The one clock of a run: seconds by a monotonic source that
the caller gives, a limit on them, and what each phase took.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

Now = Callable[[], float]
"""A monotonic source of seconds (``time.monotonic``); only differences between its values mean anything."""


@dataclass(frozen=True)
class Clock:
    """Counts the seconds since ``started`` (a value of ``now``), of which there are ``max_seconds``."""

    now: Now
    started: float
    max_seconds: float = inf

    @classmethod
    def start(cls, now: Now, max_seconds: float = inf) -> Clock:
        """A clock that begins to count at this moment."""
        return cls(now, now(), max_seconds)

    def limited(self, seconds: float) -> Clock:
        """A clock of the same source for a part of the work, which begins to count at this moment."""
        return Clock.start(self.now, seconds)

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return self.now() - self.started

    @property
    def left(self) -> float:
        """Seconds until the limit; never negative."""
        return max(0.0, self.max_seconds - self.spent)


class TimeIsUpError(Exception):
    """No time is left, or the user wants to stop: whatever is being made is left unfinished."""


class Stopwatch:
    """Seconds by phase, in the order in which the phases first ended."""

    def __init__(self, clock: Clock, before: Mapping[str, float] | None = None) -> None:
        """``before`` is what phases have taken already."""
        self._clock = clock
        self._since = clock.spent
        self._seconds = dict(before or {})

    def end(self, phase: str) -> None:
        """The time since the last phase ended belongs to this one."""
        now = self._clock.spent
        self._seconds[phase] = self._seconds.get(phase, 0.0) + now - self._since
        self._since = now

    @property
    def seconds(self) -> Mapping[str, float]:
        """What each phase took."""
        return dict(self._seconds)
