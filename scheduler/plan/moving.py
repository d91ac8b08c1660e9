"""What it costs to move somebody by hand: alone, with everybody else in place, and at best (MODEL.md).

Both are the re-plan with the wishes as given bookings. *Alone* is a small part of its model. *At
best* begins at *alone*, and knows two things that need no proof. A bound of the former plan
holds as long as the wishes only take plans away and no level above has become worse. And of
those around the wishes at least so many seats move, whatever everybody else does (docs/adr/207).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from time import monotonic

from models.ids import Level, Rule, Stability
from models.moving import MoveOutcome, MovePrice, Obstacle
from scheduler.answers.obstacles import broken_beside, obstacle_to
from scheduler.answers.wishes import WishedProblem
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values
from scheduler.linear.part import Part
from scheduler.model.assignment import assignment_of
from scheduler.plan.engines import engine_for, is_large
from scheduler.plan.finished import finished
from scheduler.plan.given import Limit, closed_alone, conflicts_in
from scheduler.plan.moving_known import bounded, former_bounds, least_changes
from scheduler.plan.moving_told import MovesTold
from scheduler.plan.outcome import Options, Outcome
from scheduler.plan.phases import BUILD, LEVELS, phases
from scheduler.plan.results import completed, level_results
from scheduler.plan.start import start_of
from scheduler.plan.task import GroupTask, Watch
from scheduler.plan.when_asked import WhenAsked
from scheduler.search.lexicographic import (
    NOTHING_KNOWN,
    KnownBounds,
    LexicographicSolve,
    Minimiser,
    Solution,
    level_order,
)
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, Now, TimeIsUpError
from scheduler.solvers.cp_sat import Engine
from scheduler.solvers.mip import CountingMip, Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxing

SHARE_AROUND = 0.4
"""Share of the time in which a large term is solved around the wishes, before all of it is looked at."""
LEAST_SECONDS = 5.0
"""For a part of the plan, however long the model took: a hundredth of that is enough most often."""
WORTH_BEGINNING = 10.0
"""Seconds below which a large term's engine comes to nothing
that a part did not: its relaxation alone takes as long.
"""
WORK_TO_BEGIN = 1.0
"""Work for a first plan of a part, in CP-SAT's deterministic time."""
LEVELS_AT_ONCE = 1 + level_order(Stability.CAREFUL, replanning=True).index(Level.CHANGES)
"""Down to the moved seats."""
NO_PLAN = Solution(None, (), infeasible=False, stopped=False)


class Answered(StrEnum):
    """The two answers."""

    ALONE = "alone"
    BEST = "best"


@dataclass(frozen=True)
class Tried:
    """What the wishes cost, and the plan of the answer that was asked for, None without one."""

    price: MovePrice
    outcome: Outcome | None = None


def try_moves(
    wished: WishedProblem,
    *,
    options: Options,
    stability: Stability | None = None,
    make: Answered | None = None,
    input_sha256: str = "",
    plan_sha256: str | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    mip: Mip = no_mip,
    relaxing: Relaxing = here,
    now: Now = monotonic,
) -> Tried:
    """Price the wishes against the plan that they were laid on;
    ``make`` asks for one of the answers as a plan, explained.

    ``stability`` is the one with which the plan was made, where it is a re-plan and
    that is known. The hashes, of the changed input and of the plan's plan.json, go into
    the new plan. ``options`` are those of any solve; stability is always ``varsam``.
    """
    if wished.past:
        refused = MoveOutcome(possible=False, obstacle=Obstacle(rule=Rule.NOTICE, seats=wished.past))
        return Tried(MovePrice(alone=refused, best=refused))
    former = wished.plan.model_copy(update={"requirements": ()})
    task = GroupTask(
        wished.problem,
        wished.plan.planning_date,
        input_sha256,
        options,
        former,
        plan_sha256,
        CountingMip(mip),
        relaxing,
    )
    watch = Watch(Clock.start(now, options.max_seconds), on_progress, should_stop)
    try:
        return _Trial(wished, task, watch, stability).run(make)
    except TimeIsUpError:
        stopped = MoveOutcome(possible=False)
        return Tried(MovePrice(alone=stopped, best=stopped))


def _until_stopped(watch: Watch) -> Callable[[], None]:
    """Without a model there is no answer, so the time limit
    does not hold for its making; the user's wish to stop does.
    """
    return replace(watch, clock=replace(watch.clock, max_seconds=inf)).look


class _Trial:
    """One set of wishes, tried in the model of the re-plan that grants them."""

    def __init__(self, wished: WishedProblem, task: GroupTask, watch: Watch, stability: Stability | None) -> None:
        self._wished = wished
        self._task = task
        self._watch = watch
        self._stability = stability
        self._stopwatch = phases(watch.clock)
        self._model = task.model(_until_stopped(watch))
        self._named = wished.wishes.hires
        self._values = assignment_of(self._model, wished.plan)
        self._stopwatch.end(BUILD)

    def run(self, make: Answered | None) -> Tried:
        """Both answers, and a plan of one of them."""
        if closed := next(closed_alone(self._model), None):
            return self._refused(Obstacle(rule=closed.rule, seats=closed.bookings))
        alone = self._solved(self._named)
        obstacle = None if alone.values else self._obstacle()
        if obstacle and not self._large and (found := self._impossible(obstacle)):
            return self._refused(found)
        best = self._at_best(alone, obstacle)
        if best.values is None and obstacle and self._large and (found := self._impossible(obstacle)):
            return self._refused(found)
        self._stopwatch.end(LEVELS)
        told = MovesTold(self._wished, self._model, self._values, alone, self._task.order, self._task.options.seed)
        price = MovePrice(
            alone=told.outcome(alone, obstacle), best=told.outcome(best, None), already=self._wished.already
        )
        chosen = {Answered.ALONE: alone, Answered.BEST: best}.get(make) if make else None
        return Tried(price, self._made(chosen, best) if chosen and chosen.values else None)

    def _refused(self, obstacle: Obstacle) -> Tried:
        refused = MoveOutcome(possible=False, obstacle=obstacle)
        return Tried(MovePrice(alone=refused, best=refused))

    @property
    def _large(self) -> bool:
        return is_large(self._model)

    # --- solving -------------------------------------------------------------------------------------------------

    def _solved(self, hires: Collection[str], share: float = 1.0, alone: Solution = NO_PLAN) -> Solution:
        """The best plan with the seats of these hires free and all others as they are, no worse than ``alone``."""
        values, free = alone.values or self._values, self._decisions(hires)
        if self._wished.wishes.bars and broken_beside(self._model, values, free):
            return NO_PLAN
        part = Part(self._model.variables.linear_model, values, free)
        engine = Engine(part.low, part.high, part.rows, self._task.options.seed)
        goals = [(level, part.shrink(self._model.objectives[level])) for level in self._task.order]
        clock = self._watch.clock.limited(max(LEAST_SECONDS, share * self._watch.clock.left))
        first = self._first_plan(engine, part, [goal for _, goal in goals[:LEVELS_AT_ONCE]], holds=bool(alone.values))
        if first is None:
            return NO_PLAN
        begun = replace(NO_PLAN, values=first)
        solution = self._levels(engine, goals, clock, KnownBounds(from_plan=True)).run(first, begun)
        assert solution.values is not None
        return replace(solution, values=completed(self._model, part.expand(solution.values)))

    def _first_plan(self, engine: Engine, part: Part, goals: Sequence[Linear], *, holds: bool) -> Values | None:
        """A plan of the part that is good in the first levels at once, near what there is; None where it has none.

        One after the other would leave the last of them, the moved seats, to chance where the first is improved.
        """
        goal, weight = Linear(), 1
        for one in reversed(goals):
            goal.add(one, weight)
            weight *= _most(one, part) + 1
        stop = self._watch.should_stop
        answer = engine.minimise(goal, hint=part.hint, seconds=inf, work=WORK_TO_BEGIN, should_stop=stop)
        if holds and (answer.value is None or answer.value > goal.value(part.hint)):
            return part.hint
        return answer.values

    def _at_best(self, alone: Solution, obstacle: Obstacle | None) -> Solution:
        """The best plan there is, begun at the best that is known."""
        start, around = alone, self._named | self._those_around(obstacle)
        if self._large or alone.values is None:
            start = self._solved(around, SHARE_AROUND, alone)
        clock = self._watch.clock
        if self._large and start.values and clock.left < WORTH_BEGINNING:
            clock = clock.limited(0)
        engine = WhenAsked(lambda: engine_for(self._model, self._task, self._task.order, clock))
        goals = [(level, self._model.objectives[level]) for level in self._task.order]
        known = KnownBounds(
            former_bounds(self._model, self._wished, self._stability),
            least_changes(self._model, self._values, self._decisions(around), self._task.options.seed),
            from_plan=True,
        )
        begun = replace(start, levels=()) if start.values else None
        hint = start.values or start_of(self._model, self._task, self._watch)[0]
        found = self._levels(engine, goals, clock, known).run(hint, begun)
        return replace(found, values=completed(self._model, found.values)) if found.values else found

    def _levels(
        self,
        engine: Minimiser,
        goals: Sequence[tuple[Level, Linear]],
        clock: Clock,
        known: KnownBounds = NOTHING_KNOWN,
    ) -> LexicographicSolve:
        return LexicographicSolve(
            engine,
            goals,
            SOLVING,
            clock=clock,
            on_progress=self._watch.on_progress,
            should_stop=self._watch.should_stop,
            known=known,
        )

    def _decisions(self, hires: Collection[str]) -> list[int]:
        return [c.variable for c in self._model.variables.candidates if c.need.hire.id in hires]

    def _those_around(self, obstacle: Obstacle | None) -> frozenset[str]:
        """Who sits where somebody is wished to, or in a round
        that she has a seat in, and whose seats are in the way.
        """
        chosen = self._model.chosen(self._values)
        rounds = {wish.round for wish in self._wished.wishes.moves}
        rounds |= {c.offer.round.id for c in chosen if c.need.hire.id in self._named}
        in_the_way = {hire for hire, _ in obstacle.seats} if obstacle else set()
        return frozenset(in_the_way.union(c.need.hire.id for c in chosen if c.offer.round.id in rounds))

    # --- what cannot be --------------------------------------------------------------------------------------------

    def _obstacle(self) -> Obstacle:
        """Why it cannot be alone."""
        found = obstacle_to(
            self._model,
            self._values,
            self._named,
            seed=self._task.options.seed,
            should_stop=self._watch.should_stop,
        )
        return found or Obstacle(rule=Rule.GIVEN)

    def _impossible(self, alone: Obstacle) -> Obstacle | None:
        """Why it cannot be whoever moves, told by the seat that is in
        the way alone where that is the same rule; None where it can be.
        """
        conflict = next(iter(conflicts_in(self._model, Limit(self._watch.clock, self._watch.should_stop))), None)
        if conflict is None:
            return None
        if conflict.rule in (Rule.GIVEN, alone.rule):
            return alone
        others = tuple(seat for seat in conflict.bookings if seat not in self._wished.seats)
        return Obstacle(rule=conflict.rule, seats=others)

    def _made(self, chosen: Solution, best: Solution) -> Outcome:
        """The chosen answer as a plan; what is known of its levels is what is known of the best plan's."""
        assert chosen.values is not None
        solution = (
            chosen if chosen is best else replace(chosen, levels=tuple(bounded(self._model, chosen.values, best)))
        )
        levels = level_results(self._model, chosen.values, solution)
        watch = replace(self._watch, clock=self._watch.clock.limited(self._task.options.max_seconds))
        mip = self._task.mip
        failures = mip.failures if isinstance(mip, CountingMip) else 0
        return finished(self._task, self._model, solution, levels, watch, stopwatch=self._stopwatch, failures=failures)


def _most(goal: Linear, part: Part) -> int:
    """No plan of the part makes more of the goal than this."""
    terms = zip(goal.variables, goal.coefs, strict=True)
    return goal.constant + sum(max(coef * part.low[v], coef * part.high[v]) for v, coef in terms)
