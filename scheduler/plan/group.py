"""One group of hires from model to plan: build, solve level by level, explain, and say what came out.

A term whose hires all hang together is one group. Of several groups each solves the
levels up to ``equity`` first (``solve_first_levels``); then the largest share of all is
known, which none of them need stay below, and each solves the rest (``plan_group``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.ids import Level
from models.plan import LevelResult, Plan, Previous, Requirement
from models.problem import TermProblem
from scheduler.answers.causes import causes_of
from scheduler.answers.differences import Cause, SeatKey
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import EXPLAINED, Explainer
from scheduler.answers.suggestions import Suggester
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values, nothing
from scheduler.model.assignment import bookings_of, requirements_of, rounds_of
from scheduler.model.build import Model, build, kept_breaches
from scheduler.model.first_come import first_come
from scheduler.model.warm_start import warm_start
from scheduler.plan.given import Limit, conflicts_in
from scheduler.plan.groups import Group, narrowed, narrowed_plan
from scheduler.plan.outcome import Conflict, Ending, Options, Outcome
from scheduler.plan.together import ending_of
from scheduler.search.bundles import bundles_of
from scheduler.search.large.engine import LargeEngine
from scheduler.search.lexicographic import LevelOutcome, LexicographicSolve, Minimiser, Solution, as_it_is, level_order
from scheduler.search.progress import Progress
from scheduler.search.small import SmallModelEngine, most_for_cp_sat
from scheduler.seats.candidates import Place
from scheduler.solvers.clock import Clock, Stopwatch, TimeIsUpError
from scheduler.solvers.mip import CountingMip, Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxing

BUILD, LEVELS, EXPLAIN = "build", "levels", "explain"
FOR_EXPLAINING = 0.03
"""Share of the time that is kept for explaining; more for many
requirements, but never more than ``MOST_FOR_EXPLAINING``.
"""
MOST_FOR_EXPLAINING = 0.15
SECONDS_A_REASON = 0.001
FEWEST_FOR_LARGE = 8_000
"""Bookings to choose among; below, HiGHS comes to an end on the whole model."""
MOST_A_SECOND = 3_000
"""Bookings to choose among for each second of the limit; beyond, no search is sure to find any plan."""
SECONDS_A_CANDIDATE = 2e-6
"""What making a search ready takes at least; with less time left the plan stays where it begins."""
LARGEST_SHARE = 1000
"""Of level ``equity``, in permille."""


@dataclass(frozen=True)
class GroupTask:
    """What is to be planned, and how: a whole term, or the hires of one group of it."""

    problem: TermProblem
    planning_date: date
    input_sha256: str
    options: Options
    previous: Plan | None = None
    previous_sha256: str | None = None
    mip: Mip = no_mip
    relaxing: Relaxing = here
    _built: list[Model] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def order(self) -> tuple[Level, ...]:
        """The levels in the order in which they are solved."""
        return level_order(self.options.stability, replanning=self.previous is not None)

    @property
    def first_levels(self) -> tuple[Level, ...]:
        """The levels up to ``equity``, the only one that is not a sum over groups."""
        return self.order[: self.order.index(Level.EQUITY) + 1]

    def model(self, look: Callable[[], None] = nothing) -> Model:
        """The model, built when it is first asked for: the check of given bookings and both stages share it."""
        if not self._built:
            self._built.append(build(self.problem, self.planning_date, self.previous, look))
        return self._built[0]

    def of(self, group: Group) -> GroupTask:
        """The task for the hires of one group."""
        previous = None if self.previous is None else narrowed_plan(self.previous, group)
        return replace(self, problem=narrowed(self.problem, group), previous=previous)


@dataclass(frozen=True)
class Watch:
    """The time there is, whom to tell how far it has come, and whether the user wants to stop.

    ``whole`` is the clock of the whole term where ``clock`` is that of one group: a model is built however small the
    group's share, for without it there is no plan at all.
    """

    clock: Clock
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]
    whole: Clock | None = None

    def time_to_end(self) -> bool:
        """No time is left, or the user wants to stop."""
        return self.clock.left == 0 or self.should_stop()

    def look(self) -> None:
        """Raises ``TimeIsUpError`` once no time is left for the whole term, or the user wants to stop."""
        if (self.whole or self.clock).left == 0 or self.should_stop():
            raise TimeIsUpError


@dataclass(frozen=True)
class FirstLevels:
    """The first levels of a group: how each fared, and what is booked; ``booked`` is None without any plan.

    ``conflicts`` are given bookings that cannot be kept, None where nobody looked for them.
    """

    booked: tuple[Place, ...] | None
    levels: tuple[LevelOutcome, ...]
    phase_seconds: tuple[tuple[str, float], ...] = ()
    conflicts: tuple[Conflict, ...] | None = ()
    solver_failures: int = 0

    @property
    def share(self) -> int:
        """The group's own largest share of late requirements."""
        return next((done.value for done in self.levels if done.level is Level.EQUITY), 0)


def solve_first_levels(task: GroupTask, watch: Watch) -> FirstLevels:
    """The levels up to ``equity``, for a group that is one of several; nothing is begun once the user wants to stop."""
    if watch.should_stop():
        return FirstLevels(None, (), conflicts=None)
    stopwatch = phases(watch.clock)
    mip = CountingMip(task.mip)
    try:
        model = task.model(watch.look)
        conflicts = conflicts_in(model, Limit(watch.clock, watch.should_stop))
        stopwatch.end(BUILD)
        if conflicts:
            return FirstLevels(None, (), _seconds(stopwatch), conflicts)
        solution = _solve_levels(model, replace(task, mip=mip), task.first_levels, watch)
    except TimeIsUpError:
        return FirstLevels(None, (), _seconds(stopwatch), conflicts=None)
    stopwatch.end(LEVELS)
    booked = None if solution.values is None else tuple(c.place for c in model.chosen(solution.values))
    levels = () if booked is None else solution.levels
    return FirstLevels(booked, levels, _seconds(stopwatch), solver_failures=mip.failures)


def plan_group(task: GroupTask, watch: Watch, first: FirstLevels | None = None, share: int = 0) -> Outcome:
    """The plan of one group, and of the whole term where it is the only one.

    ``first`` is how the group fared on the first levels, ``share`` the largest share of late requirements in any group.
    """
    stopwatch = phases(watch.clock, first.phase_seconds if first else ())
    mip = CountingMip(task.mip, first.solver_failures if first else 0)
    try:
        own = task.model(watch.look)
        if conflicts := () if first else conflicts_in(own, Limit(watch.clock, watch.should_stop)):
            return Outcome(Ending.CONFLICT, None, conflicts=conflicts)
        model = own if first is None else _among_others(own, share)
        stopwatch.end(BUILD)
        leaving_time = _leaving_time(watch, len(model.needs))
        solution = _solve_levels(model, replace(task, mip=mip), task.order, leaving_time, first)
    except TimeIsUpError:
        return Outcome(Ending.STOPPED if watch.should_stop() else Ending.NOTHING, None, solver_failures=mip.failures)
    if solution.values is None:
        return Outcome(Ending.STOPPED if solution.stopped else Ending.NOTHING, None, solver_failures=mip.failures)
    stopwatch.end(LEVELS)
    levels = level_results(own, completed(model, solution.values), solution)
    return finished(task, model, solution, levels, watch, stopwatch=stopwatch, failures=mip.failures)


def finished(
    task: GroupTask,
    model: Model,
    solution: Solution,
    levels: tuple[LevelResult, ...],
    watch: Watch,
    *,
    stopwatch: Stopwatch,
    failures: int,
) -> Outcome:
    """A solution that has a plan, as a plan explained; ``levels`` are what is known of its levels."""
    assert solution.values is not None
    values = completed(model, solution.values)
    probe = Probe(model, values, task.order, task.options.seed, should_stop=watch.time_to_end)
    plan, unexplained = _plan(task, probe, levels, watch)
    causes = _causes(task, probe, plan)
    stopwatch.end(EXPLAIN)
    return Outcome(
        ending_of(levels, stopped=solution.stopped),
        plan,
        kept_breaches=kept_breaches(model, values),
        level_seconds=tuple((done.level, done.seconds) for done in solution.levels),
        causes=causes,
        phase_seconds=_seconds(stopwatch),
        solver_failures=failures,
        unexplained=unexplained,
    )


def _plan(task: GroupTask, probe: Probe, levels: tuple[LevelResult, ...], watch: Watch) -> tuple[Plan, int]:
    """The plan that the probe holds, explained, and how many requirements had to be left without their reasons."""
    previous, settings, steps = task.previous, task.problem.settings, len(task.order)

    def on_trial() -> None:
        watch.on_progress(Progress(None, steps, steps, None, None, watch.clock.spent))

    requirements, unexplained = _explained(probe, levels, task.options, on_trial)
    plan = Plan(
        plan_number=previous.plan_number + 1 if previous else 1,
        planning_date=task.planning_date,
        term=settings.term,
        horizon=(settings.horizon_start, settings.horizon_end),
        input_sha256=task.input_sha256,
        previous=Previous(plan_number=previous.plan_number, sha256=task.previous_sha256 or "") if previous else None,
        seed=task.options.seed,
        bookings=bookings_of(probe.model, probe.values),
        requirements=requirements,
        rounds=rounds_of(probe.model, probe.values),
        levels=levels,
    )
    return plan, unexplained


def _causes(task: GroupTask, probe: Probe, plan: Plan) -> Mapping[SeatKey, Cause]:
    """Why seats of the earlier plan are gone; nothing in a first plan."""
    return causes_of(probe, task.previous, plan) if task.previous else {}


def phases(clock: Clock, before: Sequence[tuple[str, float]] = ()) -> Stopwatch:
    """Every phase is told of, in one and the same order."""
    return Stopwatch(clock, dict.fromkeys((BUILD, LEVELS, EXPLAIN), 0.0) | dict(before))


def _seconds(stopwatch: Stopwatch) -> tuple[tuple[str, float], ...]:
    return tuple(stopwatch.seconds.items())


def _leaving_time(watch: Watch, needs: int) -> Watch:
    """The watch for the levels: what explaining takes is left over, so that the limit holds for all."""
    limit = watch.clock.max_seconds
    kept = min(limit * MOST_FOR_EXPLAINING, limit * FOR_EXPLAINING + needs * SECONDS_A_REASON)
    return replace(watch, clock=replace(watch.clock, max_seconds=limit - kept))


def _solve_levels(
    model: Model, task: GroupTask, levels: Sequence[Level], watch: Watch, first: FirstLevels | None = None
) -> Solution:
    """The levels one after the other, after those that the first stage has solved."""
    goals = [(level, model.objectives[level]) for level in levels]
    solved = _solved(model, first) if first is not None else None
    start, is_plan = start_of(model, task, watch)
    if solved is None and not is_plan:
        watch.look()
    if solved is None and is_plan and watch.clock.left < SECONDS_A_CANDIDATE * len(model.variables.candidates):
        return as_it_is(goals, start, stopped=watch.should_stop())
    try:
        engine = engine_for(model, task, levels, watch.clock, watch.look)
    except TimeIsUpError:
        if solved is None and not is_plan:
            raise
        return _as_it_was(goals, solved, start, stopped=watch.should_stop())
    lexicographic_solve = LexicographicSolve(
        engine,
        goals,
        SOLVING,
        clock=watch.clock,
        on_progress=watch.on_progress,
        should_stop=watch.should_stop,
    )
    return lexicographic_solve.run(start, solved)


def _as_it_was(
    goals: Sequence[tuple[Level, Linear]], solved: Solution | None, start: Values, *, stopped: bool
) -> Solution:
    """The plan that there is, where no time was left to make an
    engine ready; what is known of its first levels stays known.
    """
    if solved is None or solved.values is None:
        return as_it_is(goals, start, stopped=stopped)
    rest = as_it_is(goals[len(solved.levels) :], solved.values, stopped=stopped)
    return replace(rest, levels=(*solved.levels, *rest.levels))


def _solved(model: Model, first: FirstLevels) -> Solution | None:
    """What the first stage has solved; None where it found no plan."""
    if first.booked is None:
        return None
    return Solution(model.booking(first.booked), first.levels, infeasible=False, stopped=False)


def start_of(model: Model, task: GroupTask, watch: Watch) -> tuple[Values, bool]:
    """Where the levels begin, and whether that is a plan already.

    In a re-plan at what is left of the former plan, at what must be kept where CP-SAT is soon done, and at first come,
    first served where the limit is too short for the size of the model.
    """
    size = len(model.variables.candidates)
    if model.previous is not None and size > most_for_cp_sat(replanning=True):
        return warm_start(model), True
    # Completed anew: among other groups the linear model has grown since the start was made.
    promised = model.variables.linear_model.complete(c.variable for c in model.chosen(model.start))
    short = size > MOST_A_SECOND * task.options.max_seconds
    served = first_come(model, list(promised), watch.look) if short else None
    return (promised, False) if served is None else (served, True)


def engine_for(
    model: Model, task: GroupTask, levels: Sequence[Level], clock: Clock, look: Callable[[], None] = nothing
) -> Minimiser:
    """Who minimises the goals of a model of this size. ``look`` is
    called now and then while it is made ready; what it raises ends that.
    """
    variables, seed, replanning = model.variables, task.options.seed, task.previous is not None
    bundles, rounds = list(bundles_of(levels, model.objectives, SOLVING)), model.objectives[Level.ROUNDS]
    if len(variables.candidates) < FEWEST_FOR_LARGE:
        return SmallModelEngine(variables, bundles, rounds, seed, clock=clock, mip=task.mip, replanning=replanning)
    guides = [model.objectives[level] for level in task.order if SOLVING[level].sum_over_requirements]
    return LargeEngine(
        variables,
        bundles,
        guides,
        rounds=rounds,
        seed=seed,
        clock=clock,
        replanning=replanning,
        mip=task.mip,
        relaxing=task.relaxing,
        look=look,
    )


def _among_others(model: Model, share: int) -> Model:
    """The model with ``equity`` as it is for the whole term: the
    largest share of all, below which the group's own may lie anywhere.
    """
    own = Linear(constant=-share).add(model.objectives[Level.EQUITY])
    beyond = model.variables.linear_model.excess(own, LARGEST_SHARE)
    return replace(model, objectives={**model.objectives, Level.EQUITY: Linear([beyond], [1], share)})


def _explained(
    probe: Probe, levels: Sequence[LevelResult], options: Options, on_trial: Callable[[], None]
) -> tuple[tuple[Requirement, ...], int]:
    """Requirements with their states and reasons, and what would
    help; when it is time to end only what needs no solver.

    Beside them the number of those whose reasons there was no time for.
    """
    reasons = Explainer(probe).reasons()
    proven = {level.name for level in levels if level.proven}
    helps = Suggester(probe, reasons, proven).suggestions(on_trial) if options.suggestions else {}
    requirements = requirements_of(probe.model, probe.values, reasons, helps)
    unexplained = sum(r.state in EXPLAINED and (r.hire, r.programme) not in reasons for r in requirements)
    return requirements, unexplained


def completed(model: Model, values: Values) -> Values:
    """The assignment with these decisions, and every helper as it is meant."""
    return model.variables.linear_model.complete(c.variable for c in model.chosen(values))


def level_results(model: Model, values: Values, solution: Solution) -> tuple[LevelResult, ...]:
    """The levels in the order of MODEL.md, whatever the order of solving."""
    bounds = {done.level: done.bound for done in solution.levels}
    results = []
    for level in Level:
        if level in bounds:
            value = model.objectives[level].value(values)
            bound = bounds[level]
            proven = bound is not None and bound >= value
            results.append(LevelResult(name=level, value=value, bound=value if proven else bound, proven=proven))
    return tuple(results)
