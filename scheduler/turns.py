"""A level in turns: CP-SAT for a little while, a corner and the relaxation, then HiGHS beside, and small parts while it is at work.

CP-SAT proves what is easy at once, exactly. A corner (``scheduler.large``) gives a plan next to the best, and the relaxation a
bound, which is often enough at the first levels. HiGHS proves what is left (``scheduler.mip``); the parts make the plan better where it
comes to no end in time. Measured on twelve generated cities: 11 proven on all levels within a minute, median 32 seconds. What decides is
counted in work or proven, not in seconds, so that the same input gives the same plan on any machine whenever all levels are proven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from time import monotonic

import numpy as np

from scheduler.draft import Linear, Row, Values
from scheduler.engine import Answer, Engine, Watcher, never, unwatched
from scheduler.large.bounds import kept_guides, lower_bound
from scheduler.large.corners import Corners
from scheduler.large.program import goal_of, program_of
from scheduler.large.space import Space, space_of
from scheduler.mip import Mip, MipAnswer, here, task_of
from scheduler.neighbourhoods import Neighbourhoods, solved_part
from scheduler.variables import Variables

FIRST_WORK = 0.8
"""For the first proof of a level: all that every level of the Göteborg example needs (6.9 to 4.3 seconds against 0.5)."""
LESS_WORK = 0.1
"""For it after a level that was not so easy: the ones after it seldom are, but for those whose hint is the best already."""
WORK_IN_CORNER = 0.5
"""For the best among the decisions of a corner: HiGHS from there needs half a second for ``on_time``, 3 to 5 from nothing."""
MOST_IDLE = 20
"""Parts in a row without a better plan, before the search ends."""
SHARE_OF_MIP = 0.96
"""Of the time that is left: HiGHS looks at the clock now and then only."""
_LOOK_SECONDS = 0.05


class Turns:
    """A whole model of a few thousand decisions, whose goals are minimised one after the other.

    Tried and left, for they do not pay: fixing by the LP's reduced costs (a tenth of the candidates of a city), CP-SAT's other single
    subsolvers, its interleaved search, seats-times-runs rows for ``reserve`` and ``staffing`` (the LP bound stays the same), branching on
    rounds over relaxations of our own, SCIP (as quick to a bound as HiGHS, but far slower to the plan that meets it).
    """

    def __init__(
        self,
        variables: Variables,
        goals: Sequence[Linear],
        guides: Sequence[Linear],
        seed: int,
        mip: Mip = here,
    ) -> None:
        self._variables, self._goals, self._guides, self._seed = variables, goals, guides, seed
        draft = variables.draft
        self._draft = draft
        self._engine = Engine(draft.low, draft.high, draft.rows, seed)
        self._program = program_of(draft, draft.rows)
        self._decisions = len(variables.candidates)
        self._neighbourhoods = Neighbourhoods(variables, seed)
        self._kept: list[tuple[Linear, int]] = []
        self._mip = mip
        self._easy = True

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        self._engine.cap(expression, high)
        self._program = self._program.capped(goal_of(expression, len(self._program.low)), high)
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
        """As the engine does."""
        until = monotonic() + seconds

        def go_on() -> bool:
            return monotonic() < until and not should_stop()

        answer = self._engine.minimise(
            goal,
            hint=hint,
            seconds=seconds,
            work=FIRST_WORK if self._easy else LESS_WORK,
            from_below=from_below,
            watch=watch,
            should_stop=should_stop,
        )
        best = _better(self._given(goal, hint), answer)
        self._easy = best.proven
        if best.proven or best.infeasible or not go_on():
            return best
        if best.values is not None:
            best = self._relaxed(goal, self._from_corner(goal, best, best.values, until), until)
        if best.proven or not go_on():
            return best
        return self._with_mip(goal, best, until, go_on, watch)

    def _from_corner(self, goal: Linear, best: Answer, values: Values, until: float) -> Answer:
        """The best with only those decisions free that it takes or a relaxation for all levels takes, which is next to the best of all."""
        seconds = until - monotonic()
        corner = np.flatnonzero(self._corners.corner(0, seconds)[: self._decisions]).tolist()
        free = {*corner, *(v for v in range(self._decisions) if values[v])}
        found = solved_part(
            self._variables,
            values,
            free,
            kept=self._kept_rows,
            goal=goal,
            seed=self._seed,
            work=WORK_IN_CORNER,
            seconds=seconds,
        )
        return replace(best, values=found, value=goal.value(found))

    def _relaxed(self, goal: Linear, best: Answer, until: float) -> Answer:
        """With the bound of the relaxation: that of the first levels is often exact, and there in a fraction of a second."""
        space = self._space
        kept = [(space.goal(above), value) for above, value in kept_guides(self._kept, self._guides)]
        seconds = until - monotonic()
        bound = lower_bound(space, space.goal(goal), kept, best.value, seconds) if seconds > 0 else None
        return _better(best, Answer(None, None, bound, infeasible=False))

    @cached_property
    def _space(self) -> Space:
        return space_of(self._variables, self._goals)

    @cached_property
    def _corners(self) -> Corners:
        return Corners(self._space, [self._space.goal(guide) for guide in self._guides], self._seed)

    @property
    def _kept_rows(self) -> list[Row]:
        return [Row(one.variables, one.coefs, -(1 << 50), value - one.constant) for one, value in self._kept]

    def _with_mip(self, goal: Linear, best: Answer, until: float, go_on: Callable[[], bool], watch: Watcher) -> Answer:
        """HiGHS from the best so far; until it answers the parts, whose plan counts only if it does not prove its own."""
        aim = goal_of(goal, len(self._program.low))
        run = self._mip(task_of(self._program, aim, best.values, SHARE_OF_MIP * (until - monotonic())))
        found: list[MipAnswer] = []

        def alone() -> bool:
            if not found and (answer := run.answer(0)) is not None:
                found.append(answer)
            return not found and go_on()

        searched = self._searched(goal, best, alone)
        watch(searched.value, searched.bound)
        while alone():
            if (answer := run.answer(_LOOK_SECONDS)) is not None:
                found.append(answer)
        if not found:
            run.leave()
            return searched
        proven = _better(best, self._answer_of(goal, found[0]))
        return proven if proven.proven else _better(searched, proven)

    def _searched(self, goal: Linear, best: Answer, go_on: Callable[[], bool]) -> Answer:
        if best.values is None:
            return best
        enough = -(1 << 50) if best.bound is None else best.bound
        values = self._neighbourhoods.improve(
            best.values, self._kept_rows, goal, enough=enough, idle=MOST_IDLE, go_on=go_on
        )
        return replace(best, values=values, value=goal.value(values))

    def _answer_of(self, goal: Linear, found: MipAnswer) -> Answer:
        """What HiGHS found, counted anew in whole numbers from the decisions alone."""
        bound = Answer(None, None, found.bound, infeasible=False)
        if found.values is None:
            return bound
        values = self._draft.complete(v for v in range(self._decisions) if found.values[v])
        return _better(bound, self._given(goal, values))

    def _given(self, goal: Linear, values: Values | None) -> Answer:
        """An assignment as the best so far, if it is a plan."""
        if values is None or not self._program.holds(np.array(values, np.float64)):
            return Answer(None, None, None, infeasible=False)
        return Answer(values, goal.value(values), None, infeasible=False)


def _better(best: Answer, answer: Answer) -> Answer:
    """The better plan of the two and the higher bound, which no plan can be below."""
    kept = best if best.value is not None and (answer.value is None or best.value <= answer.value) else answer
    bound = max((b for b in (best.bound, answer.bound) if b is not None), default=None)
    if bound is not None and kept.value is not None:
        bound = min(bound, kept.value)  # HiGHS counts with a tolerance
    return replace(kept, bound=bound, infeasible=answer.infeasible)
