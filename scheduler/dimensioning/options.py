"""What the user asks of a dimensioning, and what the front door lends it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from scheduler.dimensioning.findings import Goals
from scheduler.solvers.clock import Clock


@dataclass(frozen=True)
class YearsUsed:
    """How many possible years each step looks at, at most; ``scenarios`` of the options limits trying further.

    Where several programmes compete each year takes longer: then
    choices are sought on ``to_choose_among_several``.
    """

    to_choose_on: int = 200
    to_choose_among_several: int = 100
    to_try_on: int = 400
    to_prove_on: int = 500
    as_known: int = 200


@dataclass(frozen=True)
class Options:
    """What the user asks for: the goals, and on how many years the winner is evaluated."""

    goals: Goals
    scenarios: int = 1000
    years: YearsUsed = YearsUsed()


@dataclass(frozen=True)
class Step:
    """How far it has come: what is done at the moment, and so many scenarios of how many."""

    doing: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Surroundings:
    """What the front door lends: workers, time, whom to tell, and whether the user wants to stop."""

    executor: Executor
    workers: int
    clock: Clock
    tell: Callable[[Step], None]
    should_stop: Callable[[], bool]

    @property
    def over(self) -> bool:
        """No time is left, or the user wants to stop."""
        return self.clock.left == 0 or self.should_stop()
