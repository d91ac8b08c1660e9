"""Minimising in large models: relax, let CP-SAT solve what the relaxation uses, look around the best plan, and bound from the relaxation.

CP-SAT alone neither finds nor proves anything good once there are some tens of thousands of decisions: its first linear relaxation
is not solved in a level's time. Measured on a generated region of 1,000 hires: level 1 came to 139, proven, in 5 seconds of processor
time, where CP-SAT with all decisions free had 346 and no bound worth having after 20.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic

import numpy as np

from scheduler.draft import Linear, Values
from scheduler.engine import Answer, Watcher, never, unwatched
from scheduler.large.alike import SHARED, Kind
from scheduler.large.bounds import lower_bound
from scheduler.large.corners import Corners
from scheduler.large.restricted import Restricted
from scheduler.large.space import Marks, Space, space_of
from scheduler.variables import Variables

MOST_FREE = 2_500
"""Decisions of the hires of one neighbourhood."""
WORK_A_COLUMN = 5e-3
"""CP-SAT's deterministic time for one restricted program, by its free columns."""
MOST_IDLE = 6
"""Neighbourhoods in a row without a better plan."""
CORNERS = 3
LEAST_SECONDS = 0.05
SHARE_OF_CORNER, SHARE_OF_BOUND, SHARE_OF_TRY = 0.5, 0.35, 0.4
"""Of what is left of a goal's time."""


class LargeEngine:
    """The same questions as ``scheduler.engine.Engine`` answers, for models of many thousand decisions.

    ``guides`` are the goals that are sums over requirements, the most important first: the corners are theirs.
    """

    def __init__(self, variables: Variables, goals: Sequence[Linear], guides: Sequence[Linear], seed: int) -> None:
        self._space = space_of(variables, goals)
        self._corners = Corners(self._space, [self._space.goal(goal) for goal in guides], seed)
        self._guides = guides
        self._kept: list[tuple[Linear, int]] = []
        self._seed = seed
        self._chance = np.random.default_rng(seed)

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        self._kept.append((expression, high))

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
        turn = _Turn(self._space, goal, self._kept, hint, Limits(monotonic() + seconds, watch, should_stop))
        plans = [hint] if turn.holds else []
        corner = self._corners.corner(0, turn.seconds * SHARE_OF_CORNER)
        turn.attempt(turn.in_use | turn.amiss | self._space.marks(corner), self._seed)
        if turn.value is None:
            turn.attempt(turn.in_use | turn.amiss, self._seed)
        turn.bound_from_below([(above, value) for above, value in self._kept if self._is_guide(above)])
        for free in self._places_to_look(turn):
            if turn.idle >= MOST_IDLE or turn.ended:
                break
            turn.attempt(free, self._seed)
        values, torn = turn.values()
        plans.append(values)
        if torn:
            used = self._space.marks(corner) | turn.in_use
            plans.append(self._apart(torn, turn, used[self._space.into], hint if values is None else values))
        return self._answer(goal, plans, turn.bound)

    def _apart(self, torn: Sequence[Kind], turn: _Turn, used: Marks, hint: Values | None) -> Values | None:
        """Once more, and from now on, with those in columns of their own to whom not everything could be dealt out."""
        self._space = self._space.apart(torn)
        again = _Turn(self._space, turn.linear, self._kept, hint, turn.limits)
        again.bound = turn.bound
        again.attempt(self._space.marks(used), self._seed)
        return again.values()[0]

    def _answer(self, goal: Linear, plans: Sequence[Values | None], bound: int | None) -> Answer:
        """The best of the plans that keep what is kept: one from which seats were left over may not."""
        good = [plan for plan in plans if plan is not None and all(g.value(plan) <= v for g, v in self._kept)]
        best = min(good, key=goal.value, default=None)
        return Answer(best, None if best is None else goal.value(best), bound, infeasible=False)

    def _is_guide(self, goal: Linear) -> bool:
        return any(goal is guide for guide in self._guides) and bool(goal.variables)

    def _places_to_look(self, turn: _Turn) -> Iterator[Marks]:
        """Another corner, everything of some hires, of others, yet another corner and so on."""
        for number in count():
            corner, of_hires = divmod(number, 3)
            corner += 1
            if of_hires:
                yield self._some_hires()
            elif corner < CORNERS and self._corners.in_time(corner, turn.seconds / 2):
                yield turn.in_use | self._space.marks(self._corners.corner(corner, turn.seconds / 2))

    def _some_hires(self) -> Marks:
        space = self._space
        owners = space.owner_of[space.columns]
        sizes = np.bincount(owners[space.decides])
        order = self._chance.permutation(len(sizes))
        chosen = np.zeros(len(sizes), np.bool_)
        chosen[order[np.cumsum(sizes[order]) <= MOST_FREE]] = True
        return space.decides & chosen[owners]


@dataclass(frozen=True)
class Limits:
    """Until when, who looks on, and whether the user wants to stop."""

    until: float
    watch: Watcher
    should_stop: Callable[[], bool]


class _Turn:
    """One goal in its turn: the program over the columns that it needs, the best plan and the best bound so far."""

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
        self._needed = space.needed_for([self._whole_goal, *(one for one, _ in above)])
        self._goal = self._whole_goal.over(self._needed)
        self._program = space.program.without(~self._needed)
        for one, value in above:
            self._program = self._program.capped(one.over(self._needed), value)
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

    def attempt(self, decisions: Marks, seed: int) -> None:
        """Solve with just these decisions free."""
        if self.ended:
            return
        free = self._space.with_helpers(decisions)[self._needed]
        restricted = Restricted(self._program, self._x[self._needed], free, seed)
        before = self.value
        found = restricted.minimise(
            self._goal,
            seconds=self.seconds * SHARE_OF_TRY,
            work=WORK_A_COLUMN * free.sum(),
            should_stop=self.limits.should_stop,
        )
        if found is not None and (before is None or self._goal.value(found) <= before):
            self._x[self._needed] = found
            self.holds = True
        self.idle = self.idle + 1 if self.value == before else 0
        self.limits.watch(self.value, self.bound)

    def bound_from_below(self, kept: Sequence[tuple[Linear, int]]) -> None:
        """The bound from the relaxation."""
        if not self.ended:
            above = [(self._space.goal(expression), value) for expression, value in kept]
            seconds = self.seconds * SHARE_OF_BOUND
            self.bound = lower_bound(self._space, self._whole_goal, above, self.value, seconds)
            self.limits.watch(self.value, self.bound)

    def values(self) -> tuple[Values | None, tuple[Kind, ...]]:
        """The best plan with every helper as it is meant, and the kinds that it could not be dealt out to."""
        return self._space.values(self._x) if self.holds else (None, ())
