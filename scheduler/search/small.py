"""A level by CP-SAT for a little while, then by HiGHS beside,
and by small parts of the plan where HiGHS has long been at work.

CP-SAT proves what is small and easy at once, exactly. From the first level on that it does not, HiGHS proves the
levels, some at a time (``bundles``, ``solvers.mip``); the parts make the plan better where it comes to no end in time.
What decides is counted in work or proven, not in seconds, so that the same input gives the same plan on any machine
whenever all levels are proven.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scheduler.linear.model import Linear, Values
from scheduler.linear.program import goal_of, program_of
from scheduler.search.begun import Begun, Kept, next_turn
from scheduler.search.bundles import Blended, Bundle, blended, bundle_from
from scheduler.search.neighbourhoods import Neighbourhoods
from scheduler.search.relaxed_bounds import RelaxedBounds
from scheduler.seats.variables import Variables
from scheduler.solvers.awaited import LOOK_SECONDS
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Answer, Engine, Watcher, never, unwatched
from scheduler.solvers.mip import AwaitedRun, Mip, MipAnswer, MipRun, MipTask, Way, no_mip, task_of

MOST_FOR_CP_SAT = 1_500
"""Decisions above which HiGHS alone is quicker: it proves three levels together while CP-SAT proves one."""
MOST_WHEN_REPLANNING = 800
"""The same in a re-plan: where little can be gained HiGHS proves a whole bundle at its root (docs/adr/215)."""
FIRST_WORK = 0.8
"""Work for CP-SAT's proof of a level: all that every level of the Göteborg example needs."""
MOST_IDLE = 20
"""Number of parts in a row without a better plan after which the search ends."""
SHARE_OF_MIP = 0.96
"""Share of the time that is left which HiGHS is given; it looks at the clock rarely."""
FEW_LOOKS = 10
"""Looks at its limits up to which a proof of HiGHS by itself counts before one by branching (docs/adr/214)."""
SHARE_OF_LAST = 0.8
"""Share of all the time that is left which HiGHS is given for the last bundle where it begins before its turn:
no more than the last bundle has in its turn.
"""
SHARE_BEFORE_PARTS = 0.6
"""Share of HiGHS's time before the parts begin: they slow it down, and what they find is seldom needed."""
SHARE_BEFORE_BOUND, SHARE_FOR_BOUND = 0.4, 0.7
"""Share of HiGHS's time before a bound is looked for in the relaxation, and of what is left then for that."""


@dataclass(frozen=True)
class _Ahead:
    """A plan with lower bounds of goals further down, valid while the goals above them keep their values in it."""

    values: Values
    bounds: Sequence[tuple[Linear, int]]

    def answer(self, goal: Linear, hint: Values | None) -> Answer | None:
        """The plan as the answer for a goal, if it is proven the best for it."""
        if hint != self.values:
            return None
        value = goal.value(self.values)
        if not any(one is goal and bound >= value for one, bound in self.bounds):
            return None
        return Answer(self.values, value, value, infeasible=False)


class _Meanwhile:
    """A bound that is looked for once, as soon as a clock has come to its limit: HiGHS is long at work then."""

    def __init__(self, find: Callable[[], int | None], begin: Clock) -> None:
        self._find, self._begin = find, begin
        self._asked = False
        self.bound: int | None = None

    def look(self) -> None:
        """Find the bound, if it is time and nobody has yet."""
        if not self._asked and self._begin.left == 0:
            self._asked = True
            self.bound = self._find()


class SmallModelEngine:
    """A whole model of a few thousand decisions, whose goals are minimised one after the other.

    HiGHS is told which variables must be whole numbers: decisions, rounds, and what is rounded; all others follow from
    these (docs/adr/204-highs-ways.md). What was tried and left is told in docs/adr/205-small-models.md.
    """

    def __init__(
        self,
        variables: Variables,
        bundles: Sequence[Bundle],
        rounds: Linear,
        seed: int,
        *,
        clock: Clock,
        mip: Mip = no_mip,
        replanning: bool = False,
        relaxed: RelaxedBounds | None = None,
    ) -> None:
        """``relaxed`` bounds goals on which HiGHS is long at work; without it they have HiGHS's own bounds alone."""
        self._clock = clock
        self._relaxed = relaxed
        self._variables, self._bundles = variables, bundles
        linear_model = variables.linear_model
        self._linear_model = linear_model
        self._decisions = len(variables.candidates)
        # CP-SAT's turn ends with the first level that it does not prove.
        self._engine = (
            Engine(linear_model.low, linear_model.high, linear_model.rows, seed)
            if self._decisions <= most_for_cp_sat(replanning=replanning)
            else None
        )
        self._kept = Kept(program_of(linear_model))
        self._neighbourhoods = Neighbourhoods(variables, seed)
        self._mip = mip
        self._replanning = replanning
        self._begun: Begun | None = None
        runs = {variables.runs(round_) for round_ in variables.proposals()}
        self._running = [variable for variable in rounds.variables if variable in runs]
        self._small = [variable for variable in rounds.variables if variable not in runs]
        self._whole = sorted({*linear_model.whole, *rounds.variables})
        self._ahead = _Ahead([], ())

    def cap(self, expression: Linear, high: int) -> None:
        """Require from now on that an expression is at most ``high``."""
        if self._engine is not None:
            self._engine.cap(expression, high)
        self._kept = self._kept.at_most(expression, high)

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
        """The best plan for the goal and the goals of its bundle,
        from ``hint``, in at most so many seconds; and a bound.
        """
        clock = self._clock.limited(seconds)

        def go_on() -> bool:
            return clock.left > 0 and not should_stop()

        if (known := self._ahead.answer(goal, hint)) is not None:
            return known
        best = self._given(goal, hint)
        if self._engine is not None:
            answer = self._engine.minimise(
                goal,
                hint=hint,
                seconds=seconds,
                work=FIRST_WORK,
                from_below=from_below,
                watch=watch,
                should_stop=should_stop,
            )
            best = _better(best, answer)
            if not best.proven:
                self._engine = None
        if best.proven or best.infeasible or not go_on():
            return best
        watch(best.value, best.bound)
        bundle = bundle_from(self._bundles, goal)
        several = blended(bundle, self._variables.most)
        early = self._begun_for(goal)
        at_once = early or self._mip(self._task(self._kept, several, Way.AT_ONCE, None, SHARE_OF_MIP * clock.left))
        alone = AwaitedRun(at_once, go_on)
        if self._replanning and hint is not None and hint == self._ahead.values:
            self._begin_next(several, hint, clock)
        found, searched, bound = self._with_parts(
            several, bundle.way, alone, best.values, early=early is not None, clock=clock, go_on=go_on
        )
        return _better(self._answer(several, best, found, searched), Answer(None, None, bound, infeasible=False))

    def finish(self) -> None:
        """End what is at work for goals that have not had their turn: a process would go on after this."""
        if self._begun is not None:
            self._begun.run.leave()
            self._begun = None

    def _begun_for(self, goal: Linear) -> MipRun | None:
        """HiGHS at work on the goal since before its turn, where that began with what is kept now; else it is ended."""
        begun = self._begun
        if begun is None or not begun.serves(goal, self._kept):
            self.finish()
            return None
        self._begun = None
        return begun.run

    def _begin_next(self, several: Blended, values: Values, clock: Clock) -> None:
        """Let HiGHS begin with the next bundle on the other core, as if the plan were the best for these goals too.

        In a re-plan it mostly is, once the first levels are proven. HiGHS is given what it would be given in the
        bundle's turn and gets no hint, so that its answer is the same one then (docs/adr/215).
        """
        if (turn := next_turn(self._kept, several, self._bundles, values)) is None:
            return
        kept, goal = turn
        following = blended(bundle_from(self._bundles, goal), self._variables.most)
        last = following.goals[-1] is self._bundles[-1].goals[-1]
        seconds = SHARE_OF_LAST * self._clock.left if last else SHARE_OF_MIP * clock.left
        run = self._mip(self._task(kept, following, Way.AT_ONCE, None, seconds))
        self._begun = Begun(goal, kept.caps, run)

    def _with_parts(
        self,
        several: Blended,
        way: Way,
        run: AwaitedRun,
        values: Values | None,
        *,
        early: bool,
        clock: Clock,
        go_on: Callable[[], bool],
    ) -> tuple[MipAnswer, Values | None, int | None]:
        """What HiGHS found from the best so far, the best plan of the parts that were solved
        while it came to no end, and the bound of the first goal from the relaxation meanwhile.

        ``run`` is HiGHS by itself, which gets no hint: it is slower from one (docs/adr/214). What is branched on is
        branched on beside it, on the second core where there is one; where ``run`` began ``early``, once it takes long.
        """
        before_parts, runs = SHARE_BEFORE_PARTS * SHARE_OF_MIP * clock.left, [run]
        meanwhile = _Meanwhile(
            lambda: self._bound_from_relaxation(several.goals[0], values, clock, runs),
            clock.limited(SHARE_BEFORE_BOUND * SHARE_OF_MIP * clock.left),
        )
        if way is not Way.AT_ONCE:
            while early and run.looks <= FEW_LOOKS and run.at_work(LOOK_SECONDS):
                pass
            if (alone := self._counting(several, run)) is not None:
                return alone, None, None
            task = self._task(self._kept, several, way, values, SHARE_OF_MIP * clock.left)
            branched = AwaitedRun(self._mip(task), go_on)
            runs.append(branched)
            if (proof := self._first_proof(several, branched, run, meanwhile)) is not None:
                return proof, None, None
            values = self._plan_of(branched.end()) or values
            runs.remove(branched)
        without_parts = clock.limited(before_parts)
        while without_parts.left > 0 and run.at_work(LOOK_SECONDS):
            meanwhile.look()
        if values is not None:
            values = self._neighbourhoods.improve(
                values, self._kept.rows, several.goal, enough=0, idle=MOST_IDLE, go_on=run.at_work
            )
        return run.end(), values, meanwhile.bound

    def _bound_from_relaxation(
        self, goal: Linear, hint: Values | None, clock: Clock, runs: Sequence[AwaitedRun]
    ) -> int | None:
        """A bound for as long as HiGHS is at work in all of the runs."""
        if self._relaxed is None or not all(run.at_work() for run in runs):
            return None
        value = None if hint is None else goal.value(hint)
        limit = clock.limited(SHARE_FOR_BOUND * clock.left)
        return self._relaxed.bound(goal, self._kept.caps, value, limit, lambda: not all(run.at_work() for run in runs))

    def _first_proof(
        self, several: Blended, branched: AwaitedRun, at_once: AwaitedRun, meanwhile: _Meanwhile
    ) -> MipAnswer | None:
        """The proof that counts of two ways side by side; None
        where the other found none, or there is no reason to go on.

        HiGHS by itself counts where it is done after ``FEW_LOOKS`` at its limits, else the branching. Which of the
        two is first in time decides nothing, so that the plan is the same on one core and on two (docs/adr/214).
        """
        go_on = True
        while go_on:
            meanwhile.look()
            branching = branched.answered
            if (alone := self._counting(several, at_once)) is not None:
                branched.leave()
                return alone
            if branching is not None and not self._proves(several, branching):
                return None
            if branching is not None and (at_once.answered is not None or at_once.looks > FEW_LOOKS):
                break
            go_on = all(run.at_work(LOOK_SECONDS / 2) or run.answered is not None for run in (branched, at_once))
        found = branched.answered
        if found is None or not self._proves(several, found):
            return None
        at_once.leave()
        return found

    def _counting(self, several: Blended, at_once: AwaitedRun) -> MipAnswer | None:
        """The proof of HiGHS by itself, if it has one after so few looks that it counts before one by branching."""
        alone = at_once.answered
        return alone if alone is not None and alone.looks <= FEW_LOOKS and self._proves(several, alone) else None

    def _task(self, kept: Kept, several: Blended, way: Way, hint: Values | None, seconds: float) -> MipTask:
        """The goals as one task for HiGHS; the rounds that may run settle most, the small ones most of the rest.

        What neither the goals nor what is kept asks for is left out
        (docs/adr/214). The decisions, which come first, are all there.
        """
        program = kept.program
        asked = (variable for goal, _ in kept.caps for variable in goal.variables)
        rows, columns = self._linear_model.needed_for([*several.goal.variables, *asked])
        above = range(len(self._linear_model.rows), len(program.row_low))
        asked_rows, asked_columns = np.zeros(len(program.row_low), bool), np.zeros(len(program.low), bool)
        asked_rows[[*rows, *above]] = True
        asked_columns[columns] = True
        place_of = {column: place for place, column in enumerate(columns)}

        def places(of: Sequence[int]) -> list[int]:
            return [place_of[column] for column in of if column in place_of]

        return task_of(
            program.slice(asked_rows, asked_columns),
            goal_of(Linear(places(several.goal.variables), several.goal.coefs, several.goal.constant), len(columns)),
            None if hint is None else [hint[column] for column in columns],
            seconds,
            several.gap,
            whole=places(self._whole),
            first=places(self._running),
            then=places(self._small),
            way=way,
            plain=True,
        )

    def _answer(self, several: Blended, best: Answer, found: MipAnswer, searched: Values | None) -> Answer:
        """HiGHS's plan where it proves it, whatever the parts found
        meanwhile: the clock must not decide. Else the best plan there is.
        """
        goal = several.goals[0]
        own = self._plan_of(found)
        if own is not None and self._proves(several, found):
            values = own
        else:
            plans = [plan for plan in (own, searched) if plan is not None]
            if not plans:
                return best
            values = min(plans, key=several.goal.value)
        value = goal.value(values)
        if found.bound is None:
            return _better(best, Answer(values, value, None, infeasible=False))
        bounds = several.bounds(found.bound, values)
        self._ahead = _Ahead(values, list(zip(several.goals[1:], bounds[1:], strict=True)))
        return replace(_better(best, Answer(values, value, bounds[0], infeasible=False)), values=values, value=value)

    def _proves(self, several: Blended, found: MipAnswer) -> bool:
        """What HiGHS found is a plan, and proven the best for every goal."""
        own = self._plan_of(found)
        return own is not None and found.bound is not None and several.proves(found.bound, own)

    def _plan_of(self, found: MipAnswer) -> Values | None:
        """What HiGHS found, completed in whole numbers from the decisions alone, if it is a plan."""
        if found.values is None:
            return None
        values = self._linear_model.complete(v for v in range(self._decisions) if found.values[v])
        return values if self._is_plan(values) else None

    def _is_plan(self, values: Values) -> bool:
        return self._kept.program.holds(np.array(values, np.float64))

    def _given(self, goal: Linear, values: Values | None) -> Answer:
        """An assignment as the best so far, if it is a plan."""
        if values is None or not self._is_plan(values):
            return Answer(None, None, None, infeasible=False)
        return Answer(values, goal.value(values), None, infeasible=False)


def most_for_cp_sat(*, replanning: bool) -> int:
    """Decisions up to which CP-SAT tries a level first."""
    return MOST_WHEN_REPLANNING if replanning else MOST_FOR_CP_SAT


def _better(best: Answer, answer: Answer) -> Answer:
    """The better plan of the two and the higher bound, which no plan can be below."""
    kept = best if best.value is not None and (answer.value is None or best.value <= answer.value) else answer
    bound = max((b for b in (best.bound, answer.bound) if b is not None), default=None)
    if bound is not None and kept.value is not None:
        bound = min(bound, kept.value)  # HiGHS counts with a tolerance
    return replace(kept, bound=bound, infeasible=answer.infeasible)
