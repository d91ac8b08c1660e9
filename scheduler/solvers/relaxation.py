"""The linear relaxation of a program as a task for PDLP, and what its answer is worth.

Here is only what both sides need to know: PDLP copies what it is given several times, and runs in a process of its own,
which ends when the user wants to stop (``terminsplan.solvers_beside``). What PDLP returns is only nearly optimal and
nearly feasible. The bound is therefore computed here from its multipliers alone, by weak duality, and is valid whatever
they are (docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Protocol

import numpy as np

from scheduler.linear.excerpt import Excerpt
from scheduler.linear.program import Floats, Goal, Program
from scheduler.solvers.awaited import Awaited, Run, latest
from scheduler.solvers.clock import Clock

_SAFE, _SAFE_SHARE = 1e-5, 1e-9
"""What rounding errors may add to a bound: an absolute amount, and a share of the sum of its parts."""


@dataclass(frozen=True, eq=False)
class Point:
    """Nearly optimal values of the columns and multipliers of the rows; None where there are none.

    ``failure`` tells of an error in the solver.
    """

    x: Floats | None
    multipliers: Floats | None
    failure: str = ""


NOWHERE = Point(None, None)


@dataclass(frozen=True, eq=False)
class RelaxationTask:
    """Minimise the goal over the program with fractions allowed, to a
    relative ``accuracy`` or until so many steps or seconds are over.

    Each goal in ``limits`` is at most the value beside it: rows
    of which the matrix has none yet. ``start`` is where to begin.
    """

    program: Program
    limits: tuple[tuple[Goal, int], ...]
    goal: Goal
    accuracy: float
    steps: int
    seconds: float
    start: Point = NOWHERE


class Relaxing(Protocol):
    """A solver of relaxations."""

    def __call__(self, task: RelaxationTask) -> Run[Point]:
        """Hand over a task."""
        ...


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Nearly optimal values of all columns, multipliers of the
    rows of the excerpt, and what the goal can at best be (whole).
    """

    x: Floats
    multipliers: Floats
    bound: int


@dataclass(frozen=True)
class Relaxer:
    """Relaxes one excerpt after the other, each for as long as it may take and the user does not want to stop."""

    relaxing: Relaxing
    clock: Clock
    should_stop: Callable[[], bool] = field(default=lambda: False)

    def __call__(
        self,
        excerpt: Excerpt,
        goal: Goal,
        *,
        accuracy: float,
        steps: int,
        seconds: float,
        start: Relaxed | None = None,
    ) -> Relaxed:
        """The relaxation; where there is no answer nothing is used, and the bound is that of the columns alone.

        ``start`` is one of an excerpt with the same columns, limits and first rows.
        """
        limit = self.clock.limited(latest(seconds))
        limits, costs = tuple(excerpt.limits_over_columns()), goal.over(excerpt.columns)
        run = self.relaxing(  # nothing is kept here of the copy
            RelaxationTask(excerpt.copied(), limits, costs, accuracy, steps, seconds, _begun(start, excerpt))
        )
        found = Awaited(run, lambda: limit.left > 0 and not self.should_stop(), NOWHERE).end()
        x = np.zeros(len(excerpt.columns))
        if found.x is not None:
            x[excerpt.columns] = found.x
        multipliers = np.zeros(len(excerpt.row_low)) if found.multipliers is None else found.multipliers
        return Relaxed(x, multipliers, bound(excerpt, goal, multipliers))


def bound(excerpt: Excerpt, goal: Goal, multipliers: Floats) -> int:
    """The least the goal can be, by weak duality: any multipliers
    give a valid one. One without a bound on its side counts as 0.
    """
    side = np.where(multipliers > 0, excerpt.row_low, excerpt.row_high)
    usable = np.where(np.isfinite(side), multipliers, 0.0)
    reduced = (goal.costs - excerpt.weighed(usable))[excerpt.columns]
    of_rows = usable * np.where(np.isfinite(side), side, 0.0)
    low, high = excerpt.program.low[excerpt.columns], excerpt.program.high[excerpt.columns]
    of_columns = np.minimum(reduced * low, reduced * high)
    least = goal.constant + of_rows.sum() + of_columns.sum()
    error = _SAFE + _SAFE_SHARE * (np.abs(of_rows).sum() + np.abs(of_columns).sum())
    return ceil(float(least - error))


def _begun(start: Relaxed | None, excerpt: Excerpt) -> Point:
    """The point, with nothing for the rows that have come since: they stand before the limits."""
    if start is None:
        return NOWHERE
    place = len(start.multipliers) - len(excerpt.limits)
    since = np.zeros(len(excerpt.row_low) - len(start.multipliers))
    return Point(start.x[excerpt.columns], np.insert(start.multipliers, place, since))
