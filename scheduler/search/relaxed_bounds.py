"""Bounds of a small model from its relaxation, for goals on which HiGHS is long at work: it often ends without any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from scheduler.linear.model import Linear
from scheduler.search.large.bounds import kept_guides, lower_bound
from scheduler.search.large.merged_model import MergedModel, merged_model_of
from scheduler.seats.variables import Variables
from scheduler.solvers.clock import Clock
from scheduler.solvers.relaxation import Relaxer, Relaxing


class RelaxedBounds:
    """The bounds of one model; what they need is made when the first is asked for.

    ``goals`` are all that are minimised, ``guides`` those that are sums over requirements: on these PDLP is quick.
    """

    def __init__(
        self, variables: Variables, goals: Sequence[Linear], guides: Sequence[Linear], *, relaxing: Relaxing
    ) -> None:
        self._variables, self._goals, self._guides, self._relaxing = variables, goals, guides, relaxing

    @cached_property
    def _merged(self) -> MergedModel:
        return merged_model_of(self._variables, self._goals)

    def bound(
        self,
        goal: Linear,
        kept: Sequence[tuple[Linear, int]],
        value: int | None,
        clock: Clock,
        should_stop: Callable[[], bool],
    ) -> int | None:
        """What the goal is at least while those in ``kept`` are at most their values, found before the clock's limit.

        Nothing above ``value`` is looked for, and nothing at all for a goal that is none of the guides.
        """
        if not any(goal is guide for guide in self._guides):
            return None
        merged, relax = self._merged, Relaxer(self._relaxing, clock, should_stop)
        above = [(merged.goal(expression), high) for expression, high in kept_guides(kept, self._guides)]
        return lower_bound(merged, merged.goal(goal), above, value, clock.left, relax=relax)
