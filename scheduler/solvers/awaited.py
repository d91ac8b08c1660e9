"""What has been handed to a solver in another process, and waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

Answer = TypeVar("Answer")
Given_co = TypeVar("Given_co", covariant=True)
LOOK_SECONDS = 0.05
"""Seconds between two looks at whether to go on waiting for a run."""
LATE = 1.2
"""Factor on a solver's time limit after which its process is ended; it looks at the clock rarely."""
HANDED_OVER = 1.0
"""Seconds that it may take beside its limit to hand a task over and its answer back, where much else is at work."""


def latest(seconds: float) -> float:
    """Seconds after which nobody waits any more for a solver with this time limit."""
    return seconds * LATE + HANDED_OVER


class Run(Protocol[Given_co]):
    """A task that has been handed to a solver."""

    def answer(self, seconds: float) -> Given_co | None:
        """The answer; None when there is none after so many seconds."""
        ...

    def leave(self) -> None:
        """Give it up: nobody waits for the answer any more."""
        ...


class Awaited(Generic[Answer]):
    """A run that is waited for as long as ``go_on`` says so,
    and left when it is late; its answer is then ``nothing``.
    """

    def __init__(self, run: Run[Answer], go_on: Callable[[], bool], nothing: Answer) -> None:
        self._run, self._go_on, self._nothing = run, go_on, nothing
        self._answer: Answer | None = None

    def at_work(self, seconds: float = 0.0) -> bool:
        """Wait at most so long; tells whether there is still no answer and reason to go on."""
        if self._answer is None:
            self._answer = self._run.answer(seconds)
        return self._answer is None and self._go_on()

    @property
    def answered(self) -> Answer | None:
        """The answer, once there is one."""
        return self._answer

    def end(self) -> Answer:
        """Wait for the answer; a run that is late is given up and has found nothing."""
        while self.at_work(LOOK_SECONDS):
            pass
        self.leave()
        return self._nothing if self._answer is None else self._answer

    def leave(self) -> None:
        """Give up what has not been answered."""
        if self._answer is None:
            self._run.leave()
            self._answer = self._nothing
