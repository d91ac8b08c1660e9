"""What it costs to move somebody by hand: alone, with everybody else in place, and at best (MODEL.md).

Both are the re-plan with the wishes as given bookings. *Alone* is a small part of its model. *At best* begins at *alone*, and knows two
things that need no proof. A bound of the former plan holds as long as the wishes only take plans away and no level above has become
worse. And of those around the wishes at least so many seats move, whatever everybody else does (docs/adr/207).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from time import monotonic

from models.ids import Level, Rule, Stability
from models.moving import LevelCost, MoveOutcome, MovePrice, Obstacle, SeatMove
from scheduler.answers.obstacles import broken_beside, obstacle_to
from scheduler.answers.probe import Probe, flips_for
from scheduler.answers.wishes import WishedProblem
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, LinearModel, Row, Values
from scheduler.linear.part import Part
from scheduler.model.assignment import assignment_of
from scheduler.plan.given import Limit, closed_alone, conflicts_in
from scheduler.plan.group import (
    BUILD,
    FEWEST_FOR_LARGE,
    LEVELS,
    GroupTask,
    Watch,
    completed,
    engine_for,
    finished,
    level_results,
    phases,
    start_of,
)
from scheduler.plan.outcome import Options, Outcome
from scheduler.search.lexicographic import (
    NOTHING_KNOWN,
    KnownBounds,
    LevelOutcome,
    LexicographicSolve,
    Minimiser,
    Solution,
    level_order,
)
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, Now, TimeIsUpError
from scheduler.solvers.cp_sat import Answer, Engine, Watcher, never
from scheduler.solvers.mip import CountingMip, Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxing

SHARE_AROUND = 0.4
"""Share of the time in which a large term is solved around the wishes, before all of it is looked at."""
LEAST_SECONDS = 5.0
"""For a part of the plan, however long the model took: a hundredth of that is enough most often."""
WORTH_BEGINNING = 10.0
"""Seconds below which a large term's engine comes to nothing that a part did not: its relaxation alone takes as long."""
WORK_TO_BEGIN, WORK_FOR_BOUND = 1.0, 0.5
"""Work for a first plan of a part, and for the least number of seats that move, in CP-SAT's deterministic time."""
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
    """Price the wishes against the plan that they were laid on; ``make`` asks for one of the answers as a plan, explained.

    ``stability`` is the one with which the plan was made, where it is a re-plan and that is known. The hashes, of the changed input and
    of the plan's plan.json, go into the new plan. ``options`` are those of any solve; stability is always ``varsam``.
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
    """Without a model there is no answer, so the time limit does not hold for its making; the user's wish to stop does."""
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
        price = MovePrice(
            alone=self._outcome(alone, obstacle, alone),
            best=self._outcome(best, None, alone),
            already=self._wished.already,
        )
        chosen = {Answered.ALONE: alone, Answered.BEST: best}.get(make) if make else None
        return Tried(price, self._made(chosen, best) if chosen and chosen.values else None)

    def _refused(self, obstacle: Obstacle) -> Tried:
        refused = MoveOutcome(possible=False, obstacle=obstacle)
        return Tried(MovePrice(alone=refused, best=refused))

    @property
    def _large(self) -> bool:
        return len(self._model.variables.candidates) >= FEWEST_FOR_LARGE

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
        engine = _WhenAsked(lambda: engine_for(self._model, self._task, self._task.order, clock))
        goals = [(level, self._model.objectives[level]) for level in self._task.order]
        known = KnownBounds(self._former_bounds(), self._least_changes(around), from_plan=True)
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
        """Who sits where somebody is wished to, or in a round that she has a seat in, and whose seats are in the way."""
        chosen = self._model.chosen(self._values)
        rounds = {wish.round for wish in self._wished.wishes.moves}
        rounds |= {c.offer.round.id for c in chosen if c.need.hire.id in self._named}
        in_the_way = {hire for hire, _ in obstacle.seats} if obstacle else set()
        return frozenset(in_the_way.union(c.need.hire.id for c in chosen if c.offer.round.id in rounds))

    # --- what is known before ------------------------------------------------------------------------------------

    def _former_bounds(self) -> tuple[tuple[Level, int, int], ...]:
        """Levels of the former plan, in their order, with values and bounds that hold for the new one too.

        They hold where every plan that is possible now was possible then. Levels that were solved after ``changes`` were bounded for
        plans with few changes only, which are other ones now.
        """
        promises = self._model.variables.promises
        if not self._wished.only_tighter or any(promises.may_be_plain(need) for need in self._model.variables.needs):
            return ()
        levels = {level.name: level for level in self._wished.plan.levels}
        if Level.CHANGES not in levels:
            names = [level for level in Level if level in levels]
        elif self._stability is Stability.CAREFUL:
            names = [level for level in (Level.ON_TIME, Level.MISSING) if level in levels]
        else:
            return ()
        return tuple((name, levels[name].value, levels[name].bound or 0) for name in names)

    def _least_changes(self, hires: Collection[str]) -> Mapping[Level, int]:
        """At least so many seats of these hires move, whatever everybody else does: rows leave room for the least of the others."""
        linear_model = self._model.variables.linear_model
        free = set(self._decisions(hires))
        part = Part(linear_model, self._values, free)
        own = {v for v in linear_model.closure(free) if linear_model.support([v]) <= free}
        rows = [part.row(_among(row, own, linear_model)) for row in linear_model.rows_with(own)]
        engine = Engine(part.low, part.high, [row for row in rows if row], self._task.options.seed)
        goal = part.shrink(self._model.objectives[Level.CHANGES])
        answer = engine.minimise(goal, hint=part.hint, seconds=inf, work=WORK_FOR_BOUND)
        return {} if answer.bound is None else {Level.CHANGES: max(0, answer.bound)}

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
        """Why it cannot be whoever moves, told by the seat that is in the way alone where that is the same rule; None where it can be."""
        conflict = next(iter(conflicts_in(self._model, Limit(self._watch.clock, self._watch.should_stop))), None)
        if conflict is None:
            return None
        if conflict.rule in (Rule.GIVEN, alone.rule):
            return alone
        others = tuple(seat for seat in conflict.bookings if seat not in self._wished.seats)
        return Obstacle(rule=conflict.rule, seats=others)

    # --- what is told --------------------------------------------------------------------------------------------

    def _outcome(self, solution: Solution, obstacle: Obstacle | None, alone: Solution) -> MoveOutcome:
        if solution.values is None:
            return MoveOutcome(possible=False, obstacle=obstacle)
        results = level_results(self._model, solution.values, solution)
        before = {level.name: level.value for level in self._wished.plan.levels} | {Level.CHANGES: 0}
        moves = list(self._moves(solution.values))
        return MoveOutcome(
            possible=True,
            levels=tuple(
                LevelCost(name=row.name, before=before.get(row.name, row.value), after=row.value, proven=row.proven)
                for row in results
            ),
            own=tuple(move for move in moves if move.hire in self._named),
            others=tuple(self._explained(moves, solution.values, alone)),
        )

    def _moves(self, values: Values) -> Iterator[SeatMove]:
        """Every module from the planning date on whose round is another than before."""
        old = _rounds_before(self._wished)
        new = {
            (*candidate.need.key, module): candidate.offer.round.id
            for candidate in self._model.chosen(values)
            for module in candidate.block.modules
        }
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                hire, programme, module = key
                yield SeatMove(hire=hire, programme=programme, module=module, before=old.get(key), after=new.get(key))

    def _explained(self, moves: Sequence[SeatMove], values: Values, alone: Solution) -> Iterator[SeatMove]:
        """The moves of the others, each with the level that it is for."""
        others = [move for move in moves if move.hire not in self._named]
        if not others:
            return
        probe = Probe(self._model, values, self._task.order, self._task.options.seed, should_stop=never)
        needs = self._model.variables.need_by_key
        former: dict[tuple[str, str], list[int]] = defaultdict(list)
        for candidate in self._model.chosen(self._values):
            former[candidate.need.key].append(candidate.variable)
        in_all = self._first_better(values, alone)
        for move in others:
            need = needs[move.hire, move.programme]
            step = probe.step(flips_for(self._model, values, need, former[need.key]))
            yield move.model_copy(update={"level": step.worse if step.holds else in_all})

    def _first_better(self, values: Values, alone: Solution) -> Level | None:
        """The first level that is better than alone; None where alone is no plan."""
        if alone.values is None:
            return None
        goals = self._model.objectives
        return next((lv for lv in self._task.order if goals[lv].value(values) < goals[lv].value(alone.values)), None)

    def _made(self, chosen: Solution, best: Solution) -> Outcome:
        """The chosen answer as a plan; what is known of its levels is what is known of the best plan's."""
        assert chosen.values is not None
        solution = chosen if chosen is best else replace(chosen, levels=tuple(self._bounded(chosen.values, best)))
        levels = level_results(self._model, chosen.values, solution)
        watch = replace(self._watch, clock=self._watch.clock.limited(self._task.options.max_seconds))
        mip = self._task.mip
        failures = mip.failures if isinstance(mip, CountingMip) else 0
        return finished(self._task, self._model, solution, levels, watch, stopwatch=self._stopwatch, failures=failures)

    def _bounded(self, values: Values, best: Solution) -> Iterator[LevelOutcome]:
        """The best plan's bounds hold down to the first level in which this plan is worse."""
        equal = True
        for row in best.levels:
            value = self._model.objectives[row.level].value(values)
            yield LevelOutcome(row.level, value, row.bound if equal else None, row.seconds)
            equal = equal and value <= row.value


def _among(row: Row, own: Collection[int], linear_model: LinearModel) -> Row:
    """What the row asks of some variables, however the others are."""
    variables, coefs, low, high = [], [], row.low, row.high
    for variable, coef in zip(row.variables, row.coefs, strict=True):
        if variable in own:
            variables.append(variable)
            coefs.append(coef)
        else:
            ends = coef * linear_model.low[variable], coef * linear_model.high[variable]
            low, high = low - max(ends), high - min(ends)
    return Row(variables, coefs, low, high)


def _most(goal: Linear, part: Part) -> int:
    """No plan of the part makes more of the goal than this."""
    terms = zip(goal.variables, goal.coefs, strict=True)
    return goal.constant + sum(max(coef * part.low[v], coef * part.high[v]) for v, coef in terms)


class _WhenAsked:
    """An engine that is made when it is first asked to minimise: what is known already may be enough."""

    def __init__(self, make: Callable[[], Minimiser]) -> None:
        self._make = make
        self._engine: Minimiser | None = None
        self._caps: list[tuple[Linear, int]] = []

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        if self._engine is None:
            self._caps.append((expression, high))
        else:
            self._engine.cap(expression, high)

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
        if self._engine is None:
            self._engine = self._make()
            for expression, high in self._caps:
                self._engine.cap(expression, high)
        return self._engine.minimise(
            goal, hint=hint, seconds=seconds, from_below=from_below, watch=watch, should_stop=should_stop
        )


def _rounds_before(wished: WishedProblem) -> Mapping[tuple[str, str, int], str]:
    """The round of each module that is not held yet, by hire, programme and module."""
    sessions, today = wished.before.session_by_id, wished.plan.planning_date
    rows = (row for row in wished.plan.bookings if sessions[row.session].day >= today)
    return {(row.hire, row.programme, row.module): row.round for row in rows}
