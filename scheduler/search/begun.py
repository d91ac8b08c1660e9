"""What is kept of the levels, and a bundle that HiGHS begins with before its turn (docs/adr/215)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.linear.model import Linear, Values, at_most
from scheduler.linear.program import Program, goal_of
from scheduler.linear.rows import Row
from scheduler.search.bundles import Blended, Bundle
from scheduler.search.lexicographic import floor_of
from scheduler.solvers.mip import MipRun


@dataclass(frozen=True)
class Kept:
    """A program in which goals are kept at most at some values: ``caps``, in the order in which they were kept."""

    program: Program
    caps: tuple[tuple[Linear, int], ...] = ()

    @property
    def rows(self) -> list[Row]:
        """What is kept, as rows of the linear model."""
        return [at_most(goal, high) for goal, high in self.caps]

    def at_most(self, goal: Linear, high: int) -> Kept:
        """The same with one goal more, at most at that value."""
        program = self.program.capped(goal_of(goal, len(self.program.low)), high)
        return Kept(program, (*self.caps, (goal, high)))


@dataclass(frozen=True)
class Begun:
    """HiGHS at work on the bundle that begins with a goal, before
    its turn: of use only if just these goals are kept by then.
    """

    goal: Linear
    caps: tuple[tuple[Linear, int], ...]
    run: MipRun

    def serves(self, goal: Linear, kept: Kept) -> bool:
        """Whether what is at work is what the goal asks for in its turn."""
        return self.goal is goal and self.caps == kept.caps


def next_turn(kept: Kept, several: Blended, bundles: Sequence[Bundle], values: Values) -> tuple[Kept, Linear] | None:
    """The goal whose turn is the next one after these, and what is kept then, if the plan is the best for them too.

    A goal that is at its floor has no turn. None when there is no goal left.
    """
    for goal in several.goals:
        kept = kept.at_most(goal, goal.value(values))
    order = [goal for bundle in bundles for goal in bundle.goals]
    for goal in order[order.index(several.goals[-1]) + 1 :]:
        if (value := goal.value(values)) > floor_of(goal):
            return kept, goal
        kept = kept.at_most(goal, value)
    return None
