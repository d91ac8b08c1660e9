"""One goal in its search: the rows and columns that it needs, the best plan and the best bound so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from scheduler.linear.excerpt import Mask
from scheduler.linear.model import Linear, Values
from scheduler.linear.program import Places
from scheduler.search.bundles import Blended
from scheduler.search.large.alike_hires import SHARED, AlikeHires
from scheduler.search.large.avoidable import avoidable
from scheduler.search.large.bounds import bound_of_largest, is_largest, lower_bound
from scheduler.search.large.corners import own_corner
from scheduler.search.large.merged_model import MergedModel
from scheduler.search.large.restricted import Restricted
from scheduler.solvers.awaited import latest
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Watcher
from scheduler.solvers.mip import AwaitedRun, Mip, MipTask
from scheduler.solvers.relaxation import Relaxer

MOST_COLUMNS = 30_000
"""Free in a restricted program: larger ones are hardly solved in a level's time."""
MOST_IN_PART = 8_000
"""Decisions of a corner that are solved at once: with more HiGHS finds nothing in a level's time (docs/adr/222)."""
LEAST_SECONDS = 0.05
NEAR = 0.01
"""Share of a value by which it may be above its bound and no
more is looked for: levels and groups share the time (SPEED.md).
"""
SHARE_OF_BOUND, SHARE_OF_CORNER, SHARE_OF_TRY = 0.3, 0.5, 0.7
"""Shares of what is left of a goal's time: for the bound, for a corner of its own, and for one restricted program."""
SHARE_OF_FIRST_CORNER = 0.7
"""For the corner of the first goal, to which all others are bound: ended too soon it is far from any good plan."""
SHARES_IN_REPLAN = (0.4, 0.7)
"""For a corner of a re-plan's first goal, and for its bounds: there is a plan that is mostly as good as any, so that
its proof is worth more (docs/adr/217).
"""
SHARE_OF_LARGEST = 0.8
"""For the bound of the largest of several sums: there is no corner of its own to look for."""


@dataclass(frozen=True)
class Limits:
    """The time there is, who looks on, whether the user wants
    to stop, who solves the restricted programs and who relaxes.
    """

    clock: Clock
    watch: Watcher
    should_stop: Callable[[], bool]
    mip: Mip
    relax: Relaxer


class GoalSearch:
    """The best plan and the best bound for one goal so far, with every goal in ``kept`` at most its value.

    The goal is the first of ``several``: plans are looked for that are good for those after it too. ``corner`` is what
    was used by the one for these goals alone.
    """

    def __init__(
        self,
        merged: MergedModel,
        several: Blended,
        kept: Sequence[tuple[Linear, int]],
        hint: Values | None,
        limits: Limits,
    ) -> None:
        self._merged, self.limits = merged, limits
        self.several, self._goal, self._aim = several, merged.goal(several.goals[0]), merged.goal(several.goal)
        above = [(merged.goal(expression), value) for expression, value in kept]
        self._sums = [(one, value) for one, value in above if not is_largest(merged, one)]
        self.is_first, self.is_largest = not kept, is_largest(merged, self._goal)
        self._excerpt = merged.excerpt_for([self._aim], above)
        self._x = merged.point(merged.nothing if hint is None else hint)
        self.holds = hint is not None and self._excerpt.holds(self._x)
        self.corner = np.zeros(len(self._x), np.bool_)
        self.bound: int | None = None
        self.without_gain = 0

    @property
    def seconds(self) -> float:
        """Seconds that are left for the goal."""
        return self.limits.clock.left

    @property
    def value(self) -> int | None:
        """The value of the best plan so far."""
        return self._goal.value(self._x) if self.holds else None

    @property
    def in_use(self) -> Mask:
        """The decisions that the best plan takes."""
        return self._merged.decides & (self._x > 0.5)

    @property
    def in_broken_rows(self) -> Mask:
        """All decisions of the hires whom broken rows are about:
        a hint that is no plan leaves out what is given them.
        """
        owners = self._merged.owner_of[self._merged.columns]
        found = owners[self._excerpt.named_by_broken(self._x)]
        return self._merged.decides & np.isin(owners, found[found != SHARED])

    def costly(self, chance: np.random.Generator) -> Iterator[Places]:
        """The decisions behind each part of the goal that costs something
        in the best plan, part by part in an order of chance.
        """
        return avoidable(self._merged, self._goal, self._x, chance)

    @property
    def ended(self) -> bool:
        """Whether nothing more can be found, or no time is left to find it."""
        proven = self.value is not None and self.bound is not None and self.value <= self.bound
        return proven or self.seconds < LEAST_SECONDS or self.limits.should_stop()

    @property
    def is_near_bound(self) -> bool:
        """Whether the value is so near the bound that the time is better spent on other goals."""
        return self.value is not None and self.bound is not None and self.value - self.bound <= NEAR * self.value

    def take_up(self, values: Values) -> None:
        """Go on from a plan that was found elsewhere, where it is better than the best one so far."""
        x = self._merged.point(values)
        if self._excerpt.holds(x) and (not self.holds or self._aim.value(x) < self._aim.value(self._x)):
            self._x, self.holds = x, True
            self.limits.watch(self.value, self.bound)

    def solve_with(self, decisions: Mask) -> None:
        """Solve with just these decisions free."""
        if self.ended:
            return
        free = self._merged.with_helpers(decisions)
        if (free & self._excerpt.columns).sum() > MOST_COLUMNS:
            self.without_gain += 1
            return
        restricted = Restricted(self._excerpt, self._x, free)
        seconds = self.seconds * SHARE_OF_TRY
        found = self._solved(restricted.task(self._aim, seconds=seconds, gap=self.several.gap), seconds)
        before = self._aim.value(self._x) if self.holds else None
        if found is not None:
            x = restricted.whole(found)
            if self._excerpt.holds(x) and (before is None or self._aim.value(x) <= before):
                self._x = x
                self.holds = True
        self.without_gain = self.without_gain + 1 if self._in_goals(before) == self._in_goals_now else 0
        self.limits.watch(self.value, self.bound)

    @property
    def _in_goals_now(self) -> int | None:
        """The best plan so far in all goals that are looked at."""
        return self._in_goals(self._aim.value(self._x)) if self.holds else None

    def _in_goals(self, blended: int | None) -> int | None:
        """A blended value without what breaks its ties: less of
        that alone is no gain, for it is a level of its own later on.
        """
        return None if blended is None else blended // self.several.unit

    def _solved(self, task: MipTask, seconds: float) -> Values | None:
        """The answer to the task; none where the user wants to stop or there is no answer in time."""
        clock = self.limits.clock.limited(latest(seconds))
        run = AwaitedRun(self.limits.mip(task), lambda: clock.left > 0 and not self.limits.should_stop())
        return run.end().values

    def solve_unbooked(self, chance: np.random.Generator) -> None:
        """Solve with all requirements free that cost something because they are not booked, and everything else fixed.

        These are most of those who wait, and the program is soon solved: hardly any of them hang together.
        """
        if self.ended:
            return
        need_of, decides = self._merged.need_of, self._merged.decides
        unbooked = np.ones(int(need_of.max(initial=-1)) + 1, np.bool_)
        unbooked[need_of[self._x[decides] > 0.5]] = False
        costly = np.zeros(len(unbooked), np.bool_)
        for columns in self.costly(chance):
            costly[need_of[columns]] = True
        free = np.zeros(len(self._x), np.bool_)
        free[decides] = (unbooked & costly)[need_of]
        if free.any():
            self.solve_with(free)

    def solve_own_corner(self, seed: int) -> None:
        """Solve what the best plan takes and what a corner for these goals alone uses."""
        if self.ended:
            return
        goals = [goal for one in self.several.parts if not is_largest(self._merged, goal := self._merged.goal(one))]
        seconds = self.seconds * (SHARES_IN_REPLAN[0] if self.is_first else SHARE_OF_CORNER)
        relax, first = self.limits.relax, self.is_first
        self.corner = own_corner(self._merged, goals, self._sums, seed, seconds, relax=relax, first=first)
        for part in self._in_parts(self.in_use | self.corner):
            self.solve_with(part)

    def _in_parts(self, decisions: Mask) -> Iterator[Mask]:
        """The decisions as they are where they are few enough to be solved in time, else in parts.

        Each part is all of some hires who follow one another in the table: neighbours share most rounds.
        """
        number = ceil(np.count_nonzero(decisions) / MOST_IN_PART) if self.holds else 1
        if number <= 1:
            yield decisions
            return
        _, own = np.unique(self._merged.owner_of[self._merged.columns][decisions], return_inverse=True)
        part_of = (np.cumsum(np.bincount(own)) - 1) * number // len(own)
        for part in range(number):
            free = np.zeros(len(decisions), np.bool_)
            free[decisions] = part_of[own] == part
            yield free

    def bound_from_below(self, kept: Sequence[tuple[Linear, int]], share: float = SHARE_OF_BOUND) -> None:
        """The bound from the relaxation; of the largest of several
        sums first that of single ones, then that of their average.
        """
        above = [(self._merged.goal(expression), value) for expression, value in kept]
        if not self.ended and self.is_largest and self.value is not None:
            plan, seconds = (self._x, self.value), self.seconds * SHARE_OF_LARGEST
            self._raise(bound_of_largest(self._merged, self._goal, above, plan, seconds, relax=self.limits.relax))
        if not self.ended:
            seconds = self.seconds * share
            self._raise(lower_bound(self._merged, self._goal, above, self.value, seconds, relax=self.limits.relax))
        self.limits.watch(self.value, self.bound)

    def _raise(self, bound: int | None) -> None:
        self.bound = max((one for one in (self.bound, bound) if one is not None), default=None)

    def values(self) -> tuple[Values | None, tuple[AlikeHires, ...]]:
        """The best plan with every helper as it is meant, and the kinds that it could not be dealt out to."""
        return self._merged.values(self._x) if self.holds else (None, ())
