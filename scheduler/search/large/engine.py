"""Minimising in large models: relax, let HiGHS solve what the relaxation uses, look around the best plan, and bound from the relaxation.

CP-SAT alone neither finds nor proves anything good once there are some tens of thousands of decisions: its first linear relaxation
is not solved in a level's time. Measured on a generated region of 1,000 hires: level 1 came to 139, proven, in 5 seconds of processor
time, where CP-SAT with all decisions free had 346 and no bound worth having after 20.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice

import numpy as np

from scheduler.linear.model import Linear, Values
from scheduler.search.bundles import Blended, Bundle, blended, bundle_from
from scheduler.search.large.alike import Kind
from scheduler.search.large.bounds import kept_guides
from scheduler.search.large.corners import Corners
from scheduler.search.large.space import Marks, space_of
from scheduler.search.large.turn import SHARE_AFTER_CORNER, SHARE_OF_FIRST_CORNER, Limits, Turn
from scheduler.seats.variables import Variables
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Answer, Watcher, never, unwatched
from scheduler.solvers.mip import Mip, no_mip

MOST_FREE = 2_500
"""Decisions of the hires of one neighbourhood."""
SHARE_OF_COSTLY = 0.5
"""Of them, those of hires whom some costs are about."""
MOST_IDLE = 12
"""Neighbourhoods in a row without a better plan."""
CORNERS = 3


class LargeEngine:
    """The same questions as ``scheduler.solvers.cp_sat.Engine`` answers, for models of many thousand decisions.

    ``guides`` are the goals that are sums over requirements, the most important first: the corners are theirs. ``rounds`` is the goal
    that counts rounds. In ``replanning`` only corners of a few goals alone are looked for: that of all lies too far from the plan there
    was (on a generated region the best in it has 630 of level 1, with 143 in its own).
    """

    def __init__(
        self,
        variables: Variables,
        bundles: Sequence[Bundle],
        guides: Sequence[Linear],
        *,
        rounds: Linear,
        seed: int,
        clock: Clock,
        replanning: bool = False,
        mip: Mip = no_mip,
    ) -> None:
        self._clock = clock
        self._space = space_of(variables, [goal for bundle in bundles for goal in bundle.goals])
        self._bundles, self._most, self._mip = bundles, variables.most, mip
        self._corners = Corners(self._space, [self._space.goal(goal) for goal in guides], seed, clock)
        self._guides = guides
        self._rounds = rounds
        self._replanning = replanning
        self._kept: list[tuple[Linear, int]] = []
        self._seed = seed
        self._chance = np.random.default_rng(seed)

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        self._kept = [*((above, value) for above, value in self._kept if above is not expression), (expression, high)]

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        from_below: bool = False,
        watch: Watcher = unwatched,
        should_stop: Callable[[], bool] = never,
    ) -> Answer:
        """Minimise ``goal`` from ``hint`` for at most so many seconds; without a hint that holds, whatever is found first.

        ``from_below`` makes no difference here: the bound never comes from a search.
        """
        several = blended(bundle_from(self._bundles, goal), self._most)
        limits = Limits(self._clock.limited(seconds), watch, should_stop, self._mip)
        turn = Turn(self._space, several, self._kept, hint, limits)
        plans = [hint] if turn.holds else []
        if self._replanning and not turn.holds:
            turn.attempt(turn.in_use | turn.amiss)
        own = (self._replanning or not turn.is_first) and turn.holds and not turn.is_largest
        corner = self._first_corner(turn)
        if own:
            self._own_corner_and_bound(turn, goal)
        else:
            self._corner_and_bound(turn, corner)
        for free in self._around(turn) if own or self._replanning else self._places_to_look(turn):
            if turn.idle >= MOST_IDLE or turn.near or turn.ended:
                break
            turn.attempt(free)
        if self._is_above(goal) and not turn.near:
            turn.bound_from_below(self._kept_guides, 1.0)
        values, torn = turn.values()
        plans.append(values)
        if torn:
            used = corner | turn.corner | turn.in_use
            plans.append(self._apart(torn, turn, used[self._space.into], hint if values is None else values))
        return self._answer(several, plans, turn.bound)

    def _corner_and_bound(self, turn: Turn, corner: Marks) -> None:
        """A plan within a corner, without it where it is too large to be solved in time, and the bound."""
        turn.attempt(turn.in_use | turn.amiss | corner)
        if turn.value is None:
            turn.attempt(turn.in_use | turn.amiss)
        turn.bound_from_below(self._kept_guides)

    def _own_corner_and_bound(self, turn: Turn, goal: Linear) -> None:
        """The plan first where all that follows is bound to it; later on the bound, which may prove the plan there is."""
        if turn.is_first:
            turn.attempt_corner(self._seed)
            turn.bound_from_below(self._kept_guides, SHARE_AFTER_CORNER)
        else:
            turn.bound_from_below(self._kept_guides)
            if self._has_corner(goal):
                turn.attempt_corner(self._seed)

    def _is_above(self, goal: Linear) -> bool:
        """One of those that count most: their proof is worth what is left of their time."""
        return any(goal is one for one in self._bundles[0].goals)

    @property
    def _kept_guides(self) -> Sequence[tuple[Linear, int]]:
        return kept_guides(self._kept, self._guides)

    def _first_corner(self, turn: Turn) -> Marks:
        """Of all levels, or nothing."""
        if self._replanning:
            return np.zeros(len(self._space.columns), np.bool_)
        return self._space.marks(self._corners.corner(0, turn.seconds * SHARE_OF_FIRST_CORNER))

    def _has_corner(self, goal: Linear) -> bool:
        """A corner for a goal alone is worth its time down to ``rounds``; once they are kept, all corners are far from any plan."""
        kept = any(above is self._rounds for above, _ in self._kept)
        return not kept and any(goal is one for one in (*self._guides, self._rounds))

    def _apart(self, torn: Sequence[Kind], turn: Turn, used: Marks, hint: Values | None) -> Values | None:
        """Once more, and from now on, with those in columns of their own to whom not everything could be dealt out."""
        self._space = self._space.apart(torn)
        again = Turn(self._space, turn.several, self._kept, hint, turn.limits)
        again.bound = turn.bound
        again.attempt(self._space.marks(used))
        return again.values()[0]

    def _answer(self, several: Blended, plans: Sequence[Values | None], bound: int | None) -> Answer:
        """The best of the plans that keep what is kept: one from which seats were left over may not."""
        goal = several.goals[0]
        good = [plan for plan in plans if plan is not None and all(g.value(plan) <= v for g, v in self._kept)]
        best = min(good, key=several.goal.value, default=None)
        return Answer(best, None if best is None else goal.value(best), bound, infeasible=False)

    def _places_to_look(self, turn: Turn) -> Iterator[Marks]:
        """Another corner, everything of some hires, of others, yet another corner and so on."""
        around = self._around(turn)
        for corner in count(1):
            if corner < CORNERS and self._corners.in_time(corner, turn.seconds / 2):
                yield turn.in_use | self._space.marks(self._corners.corner(corner, turn.seconds / 2))
            yield from islice(around, 2)

    def _around(self, turn: Turn) -> Iterator[Marks]:
        """Everything of some hires: in turn of any, and of those whom some costs are about with as many others."""
        while True:
            yield self._some_hires(())
            yield self._some_hires(turn.costly(self._chance))

    def _some_hires(self, first: Iterable[int]) -> Marks:
        space = self._space
        owners = space.owner_of[space.columns]
        sizes = np.bincount(owners[space.decides])
        order = list(self._chance.permutation(len(sizes)))
        chosen = np.zeros(len(sizes), np.bool_)
        free = 0
        for owner in first:
            if not chosen[owner] and free + sizes[owner] <= MOST_FREE * SHARE_OF_COSTLY:
                chosen[owner] = True
                free += sizes[owner]
        for owner in order:
            if not chosen[owner] and free + sizes[owner] <= MOST_FREE:
                chosen[owner] = True
                free += sizes[owner]
        return space.decides & chosen[owners]
