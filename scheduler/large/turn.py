"""One goal in its turn: the program over the columns that it needs, the best plan and the best bound so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from scheduler.draft import Linear, Values
from scheduler.engine import Watcher
from scheduler.large.alike import SHARED, Kind
from scheduler.large.bounds import bound_of_largest, is_largest, lower_bound
from scheduler.large.corners import own_corner
from scheduler.large.program import Program
from scheduler.large.restricted import Restricted
from scheduler.large.space import Marks, Space

MOST_NODES = 300
"""Of SCIP's search in one restricted program."""
MOST_COLUMNS = 14_000
"""Free in a restricted program: larger ones are hardly solved in a level's time, and a nation's took two gigabytes."""
LEAST_SECONDS = 0.05
NEAR = 0.01
"""Of a value, that it may be above its bound and no more is looked for (SPEED.md): ten levels share the time, and groups share it too."""
SHARE_OF_BOUND, SHARE_OF_CORNER, SHARE_OF_TRY = 0.3, 0.5, 0.7
"""Of what is left of a goal's time."""
SHARE_OF_LARGEST = 0.8
"""For the bound of the largest of several sums: there is no corner of its own to look for."""


@dataclass(frozen=True)
class Limits:
    """Until when, who looks on, and whether the user wants to stop."""

    until: float
    watch: Watcher
    should_stop: Callable[[], bool]


class Turn:
    """The best plan and the best bound for one goal so far, with every goal in ``kept`` at most its value."""

    def __init__(
        self,
        space: Space,
        goal: Linear,
        kept: Sequence[tuple[Linear, int]],
        hint: Values | None,
        limits: Limits,
    ) -> None:
        self._space, self.limits = space, limits
        self.linear, self._whole_goal = goal, space.goal(goal)
        above = [(space.goal(expression), value) for expression, value in kept]
        self._sums = [(one, value) for one, value in above if not is_largest(space, one)]
        self.is_largest = is_largest(space, self._whole_goal)
        self._needed, self._program = space.program_for(self._whole_goal, above)
        self._goal = self._whole_goal.over(self._needed)
        self._x = space.point(space.nothing if hint is None else hint)
        self.holds = hint is not None and self._program.holds(self._x[self._needed])
        self.bound: int | None = None
        self.idle = 0

    @property
    def seconds(self) -> float:
        """What is left of its time."""
        return max(0.0, self.limits.until - monotonic())

    @property
    def value(self) -> int | None:
        """Of the best plan so far."""
        return self._goal.value(self._x[self._needed]) if self.holds else None

    @property
    def in_use(self) -> Marks:
        """The decisions that the best plan takes."""
        return self._space.decides & (self._x > 0.5)

    @property
    def amiss(self) -> Marks:
        """All decisions of the hires whom broken rows are about: a hint that is no plan leaves out what is given them."""
        owners = self._space.owner_of[self._space.columns]
        found = owners[self._needed][self._program.named(self._program.broken(self._x[self._needed]))]
        return self._space.decides & np.isin(owners, found[found != SHARED])

    @property
    def ended(self) -> bool:
        """Nothing more to be found, or no time to find it."""
        proven = self.value is not None and self.bound is not None and self.value <= self.bound
        return proven or self.seconds < LEAST_SECONDS or self.limits.should_stop()

    @property
    def near(self) -> bool:
        """So near the bound that the time is better spent on other goals."""
        return self.value is not None and self.bound is not None and self.value - self.bound <= NEAR * self.value

    def attempt(self, decisions: Marks, settled: Marks | None = None) -> None:
        """Solve with just these decisions free; ``settled`` are columns that stay as they are, whatever hangs on them."""
        if self.ended:
            return
        free = self._space.with_helpers(decisions)
        if settled is not None:
            free = free & ~settled
        if free[self._needed].sum() > MOST_COLUMNS:
            self.idle += 1
            return
        restricted = Restricted(self._program, self._x[self._needed], free[self._needed])
        before = self.value
        found = restricted.minimise(self._goal, seconds=self.seconds * SHARE_OF_TRY, nodes=MOST_NODES)
        if found is not None and (before is None or self._goal.value(found) <= before) and self._program.holds(found):
            self._x[self._needed] = found
            self.holds = True
        self.idle = self.idle + 1 if self.value == before else 0
        self.limits.watch(self.value, self.bound)

    def attempt_corner(self, seed: int, settled: Marks | None = None) -> None:
        """Solve what the best plan takes and what a corner for this goal alone uses; with some columns as they are in the best plan."""
        if self.ended:
            return
        needed, program = self._relaxable()
        if settled is not None:
            x, stay = self._x[needed], settled[needed]
            program = replace(program, low=np.where(stay, x, program.low), high=np.where(stay, x, program.high))
        goal, decides = self._whole_goal.over(needed), self._space.decides[needed]
        corner = np.zeros(len(self._x), np.bool_)
        corner[needed] = own_corner(program, goal, decides, seed, self.seconds * SHARE_OF_CORNER)
        self.attempt(self.in_use | corner, settled)

    def bound_from_below(self, kept: Sequence[tuple[Linear, int]]) -> None:
        """The bound from the relaxation; of the largest of several sums first that of their average, then those of single ones."""
        above = [(self._space.goal(expression), value) for expression, value in kept]
        if not self.ended:
            seconds = self.seconds * SHARE_OF_BOUND
            self.bound = lower_bound(self._space, self._whole_goal, above, self.value, seconds)
        if not self.ended and self.is_largest and self.value is not None:
            plan, seconds = (self._x, self.value), self.seconds * SHARE_OF_LARGEST
            single = bound_of_largest(self._space, self._whole_goal, above, plan, seconds)
            self.bound = max(bound for bound in (self.bound, single) if bound is not None)
        self.limits.watch(self.value, self.bound)

    def _relaxable(self) -> tuple[Marks, Program]:
        """The columns and rows for a relaxation, without what is kept as the largest of several sums: PDLP comes to nothing on it."""
        return self._space.program_for(self._whole_goal, self._sums)

    def values(self) -> tuple[Values | None, tuple[Kind, ...]]:
        """The best plan with every helper as it is meant, and the kinds that it could not be dealt out to."""
        return self._space.values(self._x) if self.holds else (None, ())
