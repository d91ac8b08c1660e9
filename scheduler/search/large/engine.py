"""Minimising in large models: relax, let HiGHS solve what the relaxation
uses, look around the best plan, and bound from the relaxation.

CP-SAT alone neither finds nor proves anything good once there are some tens of thousands of decisions: its first linear
relaxation is not solved in a level's time (docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice

import numpy as np

from scheduler.linear.excerpt import Mask
from scheduler.linear.model import Linear, Values, nothing
from scheduler.search.bundles import Blended, Bundle, blended, bundle_from
from scheduler.search.large.alike_hires import AlikeHires
from scheduler.search.large.bounds import kept_guides
from scheduler.search.large.corners import Corners
from scheduler.search.large.free_seats import with_free_seats
from scheduler.search.large.goal_search import (
    SHARE_OF_BOUND,
    SHARE_OF_FIRST_CORNER,
    SHARES_IN_REPLAN,
    GoalSearch,
    Limits,
)
from scheduler.search.large.merged_model import merged_model_of
from scheduler.search.large.some_hires import WAYS, SomeHires
from scheduler.seats.variables import Variables
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Answer, Watcher, never, unwatched
from scheduler.solvers.mip import Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxer, Relaxing

MOST_IDLE = 12
"""Number of neighbourhoods in a row without a better plan after which the search ends."""
CORNERS = 3
SHARE_FOR_FREE_SEATS = 0.3
"""Share of a goal's time for booking whoever waits where a seat is free."""
SHARE_OF_MAKING_READY = 0.15
"""Share of the time after which what hires cannot have
together is worked out no further: a region takes some seconds.
"""


class LargeEngine:
    """A minimiser for models of many thousand decisions.

    ``guides`` are the goals that are sums over requirements, the most important first: the corners are theirs.
    ``rounds`` is the goal that counts rounds. In ``replanning`` only corners of a few goals alone are looked for: that
    of all lies too far from the plan there was (docs/adr/203-large-models.md).
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
        relaxing: Relaxing = here,
        look: Callable[[], None] = nothing,
    ) -> None:
        """``look`` is called now and then while the engine is made ready; what it raises ends that."""
        self._clock = clock
        ready = clock.limited(SHARE_OF_MAKING_READY * clock.left)
        goals = [goal for bundle in bundles for goal in bundle.goals]
        self._merged = merged_model_of(variables, goals, look, lambda: ready.left == 0)
        self._variables = variables
        self._bundles, self._most, self._mip, self._relaxing = bundles, variables.most, mip, relaxing
        self._corners = Corners(self._merged, guides, seed, clock)
        self._guides = guides
        self._rounds = rounds
        self._replanning = replanning
        self._kept: list[tuple[Linear, int]] = []
        self._seed = seed
        self._chance = np.random.default_rng(seed)
        self._some_hires = SomeHires(variables, self._chance)

    def cap(self, expression: Linear, high: int) -> None:
        """Require from now on that an expression is at most ``high``."""
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
        """Minimise ``goal`` from ``hint`` for at most so many
        seconds; without a hint that holds, whatever is found first.

        ``from_below`` makes no difference here: the bound never comes from a search.
        """
        several = blended(bundle_from(self._bundles, goal), self._most)
        relax = Relaxer(self._relaxing, self._clock, should_stop)
        limits = Limits(self._clock.limited(seconds), watch, should_stop, self._mip, relax)
        search = GoalSearch(self._merged, several, self._kept, self._with_free_seats(goal, hint, limits), limits)
        plans = [hint] if search.holds else []
        corner = self._plans_and_bound(search, goal)
        if self._is_above(goal) and not search.is_near_bound:
            search.bound_from_below(self._kept_guides, 1.0)
        plans += self._plans_of(search, corner, hint)
        return self._answer(several, plans, search.bound)

    def finish(self) -> None:
        """Nothing is at work between two goals."""

    def _with_free_seats(self, goal: Linear, hint: Values | None, limits: Limits) -> Values | None:
        """The hint with whoever waits in seats that are free: before ``rounds``, of which fixed ones with too few
        participants are a part, and before goals that count her once corners are of no use any more.
        """
        after_corners = any(goal is guide for guide in self._guides) and not self._has_corner(goal)
        if hint is None or not self._kept or not (goal is self._rounds or after_corners):
            return hint
        goals = [one for bundle in self._bundles for one in bundle.goals]
        return self._filled(hint, goals, limits, [above for above, _ in self._kept])

    def _filled(self, values: Values, goals: Sequence[Linear], limits: Limits, kept: Sequence[Linear] = ()) -> Values:
        """The plan with whoever is unbooked in seats that are free, as far as a share of the time goes."""
        clock = limits.clock.limited(SHARE_FOR_FREE_SEATS * limits.clock.left)
        return with_free_seats(self._variables, values, goals, lambda: clock.left == 0 or limits.should_stop(), kept)

    def _plans_and_bound(self, search: GoalSearch, goal: Linear) -> Mask:
        """Plans from a corner and from neighbourhoods, and the
        bound; returns the corner of all levels, which may be empty.
        """
        if self._replanning and not search.holds:
            search.solve_with(search.in_use | search.in_broken_rows)
        own = (self._replanning or not search.is_first) and search.holds and not search.is_largest
        corner = self._nowhere if own and not self._corners.known else self._first_corner(search)
        if own:
            self._own_corner_and_bound(search, goal)
        else:
            self._corner_and_bound(search, corner)
        neighbourhoods = self._around(search) if own or self._replanning else self._places_to_look(search)
        self._look_around(search, neighbourhoods, is_above=self._is_above(goal))
        return corner

    def _look_around(self, search: GoalSearch, neighbourhoods: Iterable[Mask], *, is_above: bool) -> None:
        """Solve one neighbourhood after the other until several in a row have not made the plan better.

        For goals other than those that count most a plan near the bound is enough.
        """
        for free in neighbourhoods:
            if search.without_gain >= MOST_IDLE or search.ended or (search.is_near_bound and not is_above):
                return
            search.solve_with(free)

    def _plans_of(self, search: GoalSearch, corner: Mask, hint: Values | None) -> Iterator[Values | None]:
        """The best plan, and where its sums could not be dealt out
        to all alike hires, that of the model with these apart.
        """
        values, not_dealt = search.values()
        yield values
        if not_dealt:
            used = (corner | search.corner | search.in_use)[self._merged.column_of]
            yield self._apart(not_dealt, search, used, hint if values is None else values)

    def _corner_and_bound(self, search: GoalSearch, corner: Mask) -> None:
        """A plan within a corner, without it where it is too large to be solved in time, and the bound."""
        search.solve_with(search.in_use | search.in_broken_rows | corner)
        if search.value is None:
            search.solve_with(search.in_use | search.in_broken_rows)
        search.bound_from_below(self._kept_guides)
        if search.is_first:
            self._fill_free_seats(search)

    def _fill_free_seats(self, search: GoalSearch) -> None:
        """Whoever the corner left out is booked where a seat is free: it uses few of all decisions (docs/adr/221)."""
        if search.ended:
            return
        values, _ = search.values()
        if values is not None:
            search.take_up(self._filled(values, self._bundles[0].goals, search.limits))

    def _own_corner_and_bound(self, search: GoalSearch, goal: Linear) -> None:
        """The plan first where all that follows is bound to it;
        later on the bound, which may prove the plan there is.
        """
        share = SHARES_IN_REPLAN[1] if self._replanning else SHARE_OF_BOUND
        if search.is_first:
            search.solve_own_corner(self._seed)
            search.bound_from_below(self._kept_guides, share)
        else:
            has_corner = self._has_corner(goal)
            if not has_corner:
                search.solve_unbooked(self._chance)
            search.bound_from_below(self._kept_guides, share)
            if has_corner:
                search.solve_own_corner(self._seed)

    def _is_above(self, goal: Linear) -> bool:
        """One of those that count most: their proof is worth what is left of their time."""
        return any(goal is one for one in self._bundles[0].goals)

    @property
    def _kept_guides(self) -> Sequence[tuple[Linear, int]]:
        return kept_guides(self._kept, self._guides)

    def _first_corner(self, search: GoalSearch) -> Mask:
        """The corner of all levels; empty where there is none."""
        if self._replanning:
            return self._nowhere
        return self._corner(0, search.seconds * SHARE_OF_FIRST_CORNER, search)

    @property
    def _nowhere(self) -> Mask:
        return np.zeros(len(self._merged.columns), np.bool_)

    def _corner(self, number: int, seconds: float, search: GoalSearch) -> Mask:
        return self._merged.by_column(self._corners.corner(number, seconds, search.limits.relax))

    def _has_corner(self, goal: Linear) -> bool:
        """A corner for a goal alone is worth its time down to ``rounds``;
        once they are kept, all corners are far from any plan.
        """
        kept = any(above is self._rounds for above, _ in self._kept)
        return not kept and any(goal is one for one in (*self._guides, self._rounds))

    def _apart(
        self, not_dealt: Sequence[AlikeHires], search: GoalSearch, used: Mask, hint: Values | None
    ) -> Values | None:
        """Solve again, now and later, with the hires to whom not
        everything could be dealt out in columns of their own.
        """
        self._merged = self._merged.apart(not_dealt)
        again = GoalSearch(self._merged, search.several, self._kept, hint, search.limits)
        again.bound = search.bound
        again.solve_with(self._merged.by_column(used))
        return again.values()[0]

    def _answer(self, several: Blended, plans: Sequence[Values | None], bound: int | None) -> Answer:
        """The best of the plans that keep the goals above; one
        whose seats could not all be dealt out may not keep them.
        """
        goal = several.goals[0]
        good = [plan for plan in plans if plan is not None and all(g.value(plan) <= v for g, v in self._kept)]
        best = min(good, key=several.goal.value, default=None)
        return Answer(best, None if best is None else goal.value(best), bound, infeasible=False)

    def _places_to_look(self, search: GoalSearch) -> Iterator[Mask]:
        """The neighbourhoods to solve, in turn: a corner, all
        decisions of some hires, of others, another corner, and so on.
        """
        around = self._around(search)
        for corner in count(1):
            if corner < CORNERS and self._corners.in_time(corner, search.seconds / 2):
                yield search.in_use | self._corner(corner, search.seconds / 2, search)
            yield from islice(around, WAYS)

    def _around(self, search: GoalSearch) -> Iterator[Mask]:
        """All decisions of some hires."""
        return self._some_hires.around(self._merged, lambda: search.costly(self._chance))
