"""The levels, one after the other: each is minimised with the values of those above it kept (MODEL.md, ten levels)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Protocol

from models.ids import Level, Stability
from scheduler.linear.model import Linear, Values
from scheduler.linear.solving import Solving
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Answer, Watcher

SHARE_OF_BUNDLE = 0.5
"""How much of the time of the levels that are solved with it the first level of a bundle has besides its own.

Its proof is theirs too (docs/adr/220); without one they need some of it themselves.
"""
SHARE_OF_STABILITY = 4
"""How many times its own share of the time a level has in a re-plan, down to ``changes``."""


class Minimiser(Protocol):
    """A model whose goals can be minimised one after the other."""

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        ...

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        from_below: bool,
        watch: Watcher,
        should_stop: Callable[[], bool],
    ) -> Answer:
        """The best assignment found in so many seconds, and a bound."""
        ...

    def finish(self) -> None:
        """No goal is asked any more: nothing is at work for one after this."""
        ...


@dataclass(frozen=True)
class KnownBounds:
    """Bounds that are known before anything is solved.

    ``chained`` are a level, a value of it and a bound of it, in the order of levels: each bound holds where every level
    of the chain above it is at most its value there. Those in ``always`` hold whatever the others are. ``from_plan``:
    the plan that the solve begins at is kept where another is only as good.
    """

    chained: tuple[tuple[Level, int, int], ...] = ()
    always: Mapping[Level, int] = field(default_factory=dict)
    from_plan: bool = False


NOTHING_KNOWN = KnownBounds()


@dataclass(frozen=True)
class LevelOutcome:
    """A level's value and bound after its turn; ``bound`` is None when it never had one."""

    level: Level
    value: int
    bound: int | None
    seconds: float


@dataclass(frozen=True)
class Solution:
    """The assignment after all levels and how each level fared, in the order in which they were solved."""

    values: Values | None
    levels: tuple[LevelOutcome, ...]
    infeasible: bool
    stopped: bool


def level_order(stability: Stability, *, replanning: bool) -> tuple[Level, ...]:
    """``fast`` puts ``changes`` first, ``fri`` and a first plan leave it out (MODEL.md, Re-planning)."""
    order = [level for level in Level if level is not Level.CHANGES or (replanning and stability is not Stability.FREE)]
    if replanning and stability is Stability.FAST:
        order.remove(Level.CHANGES)
        order.insert(0, Level.CHANGES)
    return tuple(order)


def as_it_is(goals: Sequence[tuple[Level, Linear]], values: Values, *, stopped: bool) -> Solution:
    """An assignment that satisfies every row as the solution, where there is no time to look for a better one."""
    found = ((goal.value(values), floor_of(goal), level) for level, goal in goals)
    levels = (LevelOutcome(level, value, value if value <= floor else None, 0.0) for value, floor, level in found)
    return Solution(values, tuple(levels), infeasible=False, stopped=stopped)


class LexicographicSolve:
    """One lexicographic solve in progress: the engine, the best assignment so far, and the goals kept.

    ``bundled``: the engine proves the levels of a bundle as one, where it can.
    """

    def __init__(
        self,
        engine: Minimiser,
        goals: Sequence[tuple[Level, Linear]],
        solving: Mapping[Level, Solving],
        *,
        clock: Clock,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        known: KnownBounds = NOTHING_KNOWN,
        bundled: bool = False,
    ) -> None:
        self._engine = engine
        self._bundled = bundled
        self._goals = goals
        self._known = known
        self._worse_by = 0 if known.from_plan else 1
        self._solving = solving
        self._clock = clock
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._kept: dict[Level, int] = {}
        self._shares = _shares([level for level, _ in goals], solving)

    def run(self, start: Values, after: Solution | None = None) -> Solution:
        """Solve every level in its turn; ``start`` is a hint for
        the first; no plan of its own, though it may be nearly one.

        ``after`` is a solution of the first levels, which are kept as they are in it and not solved again.
        """
        try:
            return self._run(start, after)
        finally:
            self._engine.finish()

    def _run(self, start: Values, after: Solution | None) -> Solution:
        best = after.values if after else None
        done = list(after.levels) if after else []
        if best is not None:
            self._keep(len(done), best)
        for number, (level, goal) in islice(enumerate(self._goals, 1), len(done), None):
            began = self._clock.spent
            best, bound, infeasible = self._solve(number, level, goal, best, start)
            if best is None:
                return Solution(None, (), infeasible, self._should_stop())
            self._keep(number, best)
            done.append(LevelOutcome(level, goal.value(best), bound, self._clock.spent - began))
        return Solution(best, tuple(done), infeasible=False, stopped=self._should_stop())

    def _keep(self, number: int, best: Values) -> None:
        """So many levels as they are in the best plan: one that was
        left unproven may have become better with those after it.
        """
        for level, goal in self._goals[:number]:
            value = goal.value(best)
            if value < self._kept.get(level, value + 1):
                self._engine.cap(goal, value)
                self._kept[level] = value

    def _solve(
        self, number: int, level: Level, goal: Linear, best: Values | None, start: Values
    ) -> tuple[Values | None, int | None, bool]:
        """The best assignment for this level, its bound, and whether there is none at all."""
        least = self._least(level, goal, best)
        if best is not None and goal.value(best) == least:
            return best, least, False
        if best is not None and (self._clock.left == 0 or self._should_stop()):
            return best, least if least > floor_of(goal) else None, False
        answer = self._engine.minimise(
            goal,
            hint=best or start,
            seconds=self._share(number),
            from_below=best is not None and self._solving[level].from_below,
            watch=self._watcher(number, level, goal.value(best) if best else None),
            should_stop=self._should_stop,
        )
        if answer.values is None:
            return best, least, answer.infeasible
        bound = least if answer.bound is None else max(answer.bound, least)
        if best is not None and answer.value is not None and answer.value >= goal.value(best) + self._worse_by:
            return best, bound, False
        return answer.values, bound, False

    def _least(self, level: Level, goal: Linear, best: Values | None) -> int:
        """A bound that needs no solver: what is known of the level, or of its terms."""
        known = max(floor_of(goal), self._known.always.get(level, 0))
        goals = dict(self._goals)
        for one, value, bound in self._known.chained:
            if one is level:
                return max(known, bound)
            if best is None or goals[one].value(best) > value:
                break
        return known

    def _share(self, number: int) -> float:
        left = self._shares[number - 1 :]
        return self._clock.left * (left[0] + SHARE_OF_BUNDLE * sum(self._solved_with(number))) / sum(left)

    def _solved_with(self, number: int) -> Sequence[int]:
        """The shares of the levels after this one that are solved with it."""
        after = zip(self._goals[number:], self._shares[number:], strict=True)
        with_it = takewhile(lambda one: self._bundled and self._solving[one[0][0]].with_level_above, after)
        return [share for _, share in with_it]

    def _watcher(self, number: int, level: Level, value: int | None) -> Callable[[int | None, int | None], None]:
        state: dict[str, int | None] = {"value": value, "bound": None}

        def watch(found: int | None, bound: int | None) -> None:
            state["value"] = state["value"] if found is None else found
            state["bound"] = bound
            self._on_progress(
                Progress(level, number, len(self._goals), state["value"], state["bound"], self._clock.spent)
            )

        watch(None, None)
        return watch


def _shares(levels: Sequence[Level], solving: Mapping[Level, Solving]) -> list[int]:
    """The shares of the levels; in a re-plan those down to ``changes`` have more, for it is asked for few moved people.

    Those after it end where the plan before had them, or near it, however much time they get (docs/adr/217).
    """
    shares = [solving[level].share for level in levels]
    last = levels.index(Level.CHANGES) + 1 if Level.CHANGES in levels else 0
    return [SHARE_OF_STABILITY * share for share in shares[:last]] + shares[last:]


def floor_of(goal: Linear) -> int:
    """A bound that needs no solver: every goal is a sum that cannot
    fall below its constant with all its negative terms taken.
    """
    return max(0, goal.constant + sum(min(0, c) for c in goal.coefs))
