"""Corners of the relaxation: which decisions a nearly best plan for all levels together is made of.

The optimum of a relaxation is seldom unique, and what lies between optima uses nearly every decision a little. With
costs broken by chance it lies in a corner that uses few of them, and with these alone free HiGHS proves the first level
quickly (docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scheduler.linear.excerpt import Mask
from scheduler.linear.model import Linear
from scheduler.linear.program import Floats, Goal
from scheduler.search.large.merged_model import MergedModel
from scheduler.search.large.relaxed import relaxed
from scheduler.solvers.clock import Clock
from scheduler.solvers.relaxation import Relaxer

STEP = 0.3
"""How much each level counts beside the one above it, by their largest costs."""
CHANCE = 0.03
"""The random costs that break ties in the first corner, beside
the largest cost of the first level; less in each next one.

Larger costs make a corner of fewer decisions in less time, smaller ones a better corner; with still smaller ones HiGHS
comes to nothing in its time (docs/adr/223).
"""
IN_USE = 1e-2
MOST_TIMES = 2
"""Most decisions of a corner, in times of those that would be taken; one that PDLP had no time to reach has more."""
MOST_STEPS = 4_000
OWN_CHANCE, OWN_STEP = 0.02, 0.1
"""``CHANCE`` and ``STEP`` for a corner of a few goals alone
once there is something to keep, where those below count less.
"""


class Corners:
    """Corners for some goals, the most important first, one after the other by chance from a seed."""

    def __init__(self, merged: MergedModel, guides: Sequence[Linear], seed: int, clock: Clock) -> None:
        self._merged = merged
        self._clock = clock
        self._guides = guides
        self._chance = np.random.default_rng(seed)
        self._found: list[Mask] = []
        self.took = 0.0

    @property
    def known(self) -> bool:
        """A first corner is there: asking for it costs no time."""
        return bool(self._found)

    def corner(self, number: int, seconds: float, relax: Relaxer) -> Mask:
        """The decisions, by variable, that the corner of this
        number uses; a new one is looked for no longer than that.
        """
        while len(self._found) <= number:
            began = self._clock.spent
            self._found.append(self._next(seconds, relax))
            self.took = self._clock.spent - began
        return self._found[number]

    def in_time(self, number: int, seconds: float) -> bool:
        """The corner of this number is there, or will be well within
        so many seconds; half a corner would be of no use to anybody.
        """
        return number < len(self._found) or 2 * self.took < seconds

    def _next(self, seconds: float, relax: Relaxer) -> Mask:
        chance = np.zeros(len(self._merged.columns))
        chance[self._needed] = self._chance.random(np.count_nonzero(self._needed))
        goal = Goal(_stepped(self._goals(), STEP) + CHANCE / (1 + len(self._found)) * chance, 0)
        x = relaxed(self._merged, goal, self._needed, (), steps=MOST_STEPS, seconds=seconds, relax=relax).x
        return _used(x, self._merged.decides)[self._merged.column_of]

    def _goals(self) -> Sequence[Goal]:
        """Made for each corner, for few are looked for, and each is as long as the program is wide."""
        return [self._merged.goal(guide) for guide in self._guides]

    @cached_property
    def _needed(self) -> Mask:
        """The columns that the goals need."""
        return self._merged.needed_for(self._goals())


def own_corner(
    merged: MergedModel,
    goals: Sequence[Goal],
    kept: Sequence[tuple[Goal, int]],
    seed: int,
    seconds: float,
    *,
    relax: Relaxer,
    first: bool,
) -> Mask:
    """The columns that a corner for these goals alone uses, with
    those kept above them as limits; ``first`` if there are none.

    A corner for a few goals alone may be far better for them than that of all levels (docs/adr/203-large-models.md).
    """
    chance, step = (CHANCE, STEP) if first else (OWN_CHANCE, OWN_STEP)
    needed, limits = merged.needed_and_limits(goals, kept)
    costs = np.zeros(len(needed))
    costs[needed] = chance * np.random.default_rng(seed).random(np.count_nonzero(needed))
    goal = Goal(_stepped(goals, step) + np.where(merged.decides, costs, 0.0), 0)
    found = relaxed(merged, goal, needed, limits, steps=MOST_STEPS, seconds=seconds, relax=relax)
    return _used(found.x, merged.decides)


def _used(x: Floats, decides: Mask) -> Mask:
    """The decisions that a point uses, and of too many the ones that it uses most."""
    taken = np.where(decides, x, 0.0)
    most = min(len(taken), round(MOST_TIMES * np.minimum(taken, 1).sum()))
    used = np.zeros(len(taken), np.bool_)
    used[np.argsort(-taken, kind="stable")[:most]] = True
    return used & (taken > IN_USE)


def _stepped(goals: Sequence[Goal], step: float) -> Floats:
    """The goals together, each counting ``step`` of the one above it, by their largest costs: the first one's is 1."""
    costs = np.zeros(len(goals[0].costs))
    weight = 1.0
    for goal in goals:
        if largest := np.abs(goal.costs).max(initial=0):
            costs += weight / largest * goal.costs
            weight *= step
    return costs
