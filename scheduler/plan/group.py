"""One group of hires from model to plan: build, solve level by level, explain, and say what came out.

A term whose hires all hang together is one group. Of several groups each solves the levels up to ``equity`` first (``solve_top``);
then the largest share of all is known, which none of them need stay below, and each solves the rest (``plan_group``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.ids import Level
from models.plan import LevelResult, Plan, Previous, Requirement
from models.problem import TermProblem
from scheduler.answers.causes import with_causes
from scheduler.answers.differences import diff
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import Explainer
from scheduler.answers.suggestions import Suggester
from scheduler.linear.model import Linear, Values
from scheduler.model.assignment import bookings_of, requirements_of, rounds_of
from scheduler.model.build import Model, build, kept_breaches
from scheduler.model.warm_start import warm_start
from scheduler.plan.given import conflicts_in
from scheduler.plan.groups import Group, narrowed, narrowed_plan
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.together import ending_of
from scheduler.search.bundles import bundles_of
from scheduler.search.large.engine import LargeEngine
from scheduler.search.lexicographic import LevelOutcome, LexicographicSolve, Minimiser, Solution, level_order
from scheduler.search.progress import Progress
from scheduler.search.small import MOST_FOR_CP_SAT, SmallModelEngine
from scheduler.seats.candidates import Place
from scheduler.solvers.clock import Clock, Stopwatch
from scheduler.solvers.mip import Mip, nobody

BUILD, LEVELS, EXPLAIN = "build", "levels", "explain"
FOR_EXPLAINING = 0.03
"""Of the time there is; more for many requirements, but never more than ``MOST_FOR_EXPLAINING``. Nothing of it is used up without need."""
MOST_FOR_EXPLAINING = 0.15
SECONDS_A_REASON = 0.001
FEWEST_FOR_LARGE = 8_000
"""Bookings to choose among: below, HiGHS comes to an end on the whole model (7,500 in the example of 2014: all levels proven)."""
BY_REQUIREMENT = (Level.ON_TIME, Level.MISSING, Level.CHANGES, Level.CASELOAD, Level.WAITING, Level.DAYS)
"""Levels that are sums over requirements."""
LARGEST_SHARE = 1000
"""Of level ``equity``, in permille."""


@dataclass(frozen=True)
class Job:
    """What is to be planned, and how."""

    problem: TermProblem
    planning_date: date
    input_sha256: str
    options: Options
    previous: Plan | None = None
    previous_sha256: str | None = None
    mip: Mip = nobody

    @property
    def order(self) -> tuple[Level, ...]:
        """The levels in the order in which they are solved."""
        return level_order(self.options.stability, replanning=self.previous is not None)

    @property
    def top(self) -> tuple[Level, ...]:
        """The first levels, up to ``equity``: the only one that is not a sum over groups."""
        return self.order[: self.order.index(Level.EQUITY) + 1]

    def of(self, group: Group) -> Job:
        """The same for the hires of one group."""
        previous = None if self.previous is None else narrowed_plan(self.previous, group)
        return replace(self, problem=narrowed(self.problem, group), previous=previous)


@dataclass(frozen=True)
class Watch:
    """The time there is, whom to tell how far it has come, and whether the user wants to stop."""

    clock: Clock
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]


@dataclass(frozen=True)
class Top:
    """The first levels of a group: how each fared, and what is booked; None without any plan."""

    booked: tuple[Place, ...] | None
    levels: tuple[LevelOutcome, ...]
    phase_seconds: tuple[tuple[str, float], ...] = ()

    @property
    def share(self) -> int:
        """The group's own largest share of late requirements."""
        return next((done.value for done in self.levels if done.level is Level.EQUITY), 0)


def solve_top(job: Job, watch: Watch) -> Top:
    """The levels up to ``equity``, for a group that is one of several; nothing is begun once the user wants to stop."""
    if watch.should_stop():
        return Top(None, ())
    stopwatch = _stopwatch(watch.clock)
    model = build(job.problem, job.planning_date, job.previous)
    stopwatch.end(BUILD)
    solution = _solve_levels(model, job, job.top, watch)
    stopwatch.end(LEVELS)
    if solution.values is None:
        return Top(None, (), tuple(stopwatch.seconds.items()))
    return Top(tuple(c.place for c in model.chosen(solution.values)), solution.levels, tuple(stopwatch.seconds.items()))


def plan_group(job: Job, watch: Watch, top: Top | None = None, share: int = 0) -> Outcome:
    """The plan of one group, and of the whole term where it is the only one.

    ``top`` is how the group fared on the first levels, ``share`` the largest share of late requirements in any group.
    """
    stopwatch = _stopwatch(watch.clock, top.phase_seconds if top else ())
    own = build(job.problem, job.planning_date, job.previous)
    if clashes := () if top else conflicts_in(own):
        return Outcome(Ending.CONFLICT, None, conflicts=clashes)
    model = own if top is None else _among_others(own, share)
    stopwatch.end(BUILD)
    solution = _solve_levels(model, job, job.order, _leaving_time(watch, len(model.needs)), top)
    if solution.values is None:
        return Outcome(Ending.STOPPED if solution.stopped else Ending.NOTHING, None)
    stopwatch.end(LEVELS)
    values = model.variables.linear_model.complete(c.variable for c in model.chosen(solution.values))
    levels = _levels(own, values, solution)
    steps = len(job.order)

    def trying() -> None:
        watch.on_progress(Progress(None, steps, steps, None, None, watch.clock.spent))

    def time_to_end() -> bool:
        return watch.clock.left == 0 or watch.should_stop()

    probe = Probe(model, values, job.order, job.options.seed, should_stop=time_to_end)
    previous = job.previous
    plan = Plan(
        schema=1,
        plan_number=previous.plan_number + 1 if previous else 1,
        planning_date=job.planning_date,
        term=job.problem.settings.term,
        horizon=(job.problem.settings.horizon_start, job.problem.settings.horizon_end),
        input_sha256=job.input_sha256,
        previous=Previous(plan_number=previous.plan_number, sha256=job.previous_sha256 or "") if previous else None,
        seed=job.options.seed,
        bookings=bookings_of(model, values),
        requirements=_explained(probe, levels, job.options, trying),
        rounds=rounds_of(model, values),
        levels=levels,
    )
    changes = with_causes(diff(previous, plan), probe, previous, plan) if previous else None
    stopwatch.end(EXPLAIN)
    return Outcome(
        ending_of(levels, stopped=solution.stopped),
        plan,
        kept_breaches=kept_breaches(model, values),
        level_seconds=tuple((done.level, done.seconds) for done in solution.levels),
        changes=changes,
        phase_seconds=tuple(stopwatch.seconds.items()),
    )


def _stopwatch(clock: Clock, before: Sequence[tuple[str, float]] = ()) -> Stopwatch:
    """Every phase is told of, in one and the same order."""
    return Stopwatch(clock, dict.fromkeys((BUILD, LEVELS, EXPLAIN), 0.0) | dict(before))


def _leaving_time(watch: Watch, needs: int) -> Watch:
    """The watch for the levels: what explaining takes is left over, so that the limit holds for all."""
    limit = watch.clock.max_seconds
    kept = min(limit * MOST_FOR_EXPLAINING, limit * FOR_EXPLAINING + needs * SECONDS_A_REASON)
    return replace(watch, clock=replace(watch.clock, max_seconds=limit - kept))


def _solve_levels(model: Model, job: Job, levels: Sequence[Level], watch: Watch, top: Top | None = None) -> Solution:
    lexicographic_solve = LexicographicSolve(
        _engine(model, job, levels, watch.clock),
        [(level, model.objectives[level]) for level in levels],
        clock=watch.clock,
        on_progress=watch.on_progress,
        should_stop=watch.should_stop,
    )
    start = _start(model)
    if top is None:
        return lexicographic_solve.run(start)
    if top.booked is None:
        return lexicographic_solve.run(start)
    return lexicographic_solve.run(
        start, Solution(model.booking(top.booked), top.levels, infeasible=False, stopped=False)
    )


def _start(model: Model) -> Values:
    """Where the levels begin: in a re-plan at what is left of the former plan, at what must be kept where CP-SAT is soon done."""
    if model.previous is not None and len(model.variables.candidates) > MOST_FOR_CP_SAT:
        return warm_start(model)
    # Anew: among other groups the linear_model has grown since the start was made.
    return model.variables.linear_model.complete(c.variable for c in model.chosen(model.start))


def _engine(model: Model, job: Job, levels: Sequence[Level], clock: Clock) -> Minimiser:
    variables, seed = model.variables, job.options.seed
    bundles = list(bundles_of(levels, model.objectives))
    guides = [model.objectives[level] for level in job.order if level in BY_REQUIREMENT]
    if len(variables.candidates) < FEWEST_FOR_LARGE:
        return SmallModelEngine(variables, bundles, model.objectives[Level.ROUNDS], seed, clock=clock, mip=job.mip)
    rounds, again = model.objectives[Level.ROUNDS], job.previous is not None
    return LargeEngine(variables, bundles, guides, rounds=rounds, seed=seed, clock=clock, replanning=again, mip=job.mip)


def _among_others(model: Model, share: int) -> Model:
    """The model with ``equity`` as it is for the whole term: the largest share of all, below which the group's own may lie anywhere."""
    own = Linear(constant=-share).add(model.objectives[Level.EQUITY])
    beyond = model.variables.linear_model.excess(own, LARGEST_SHARE)
    return replace(model, objectives={**model.objectives, Level.EQUITY: Linear([beyond], [1], share)})


def _explained(
    probe: Probe, levels: Sequence[LevelResult], options: Options, on_trial: Callable[[], None]
) -> tuple[Requirement, ...]:
    """Requirements with their states and reasons, and what would help; when it is time to end only what needs no solver."""
    reasons = Explainer(probe).reasons()
    proven = {level.name for level in levels if level.proven}
    helps = Suggester(probe, reasons, proven).suggestions(on_trial) if options.suggestions else {}
    return requirements_of(probe.model, probe.values, reasons, helps)


def _levels(model: Model, values: Values, solution: Solution) -> tuple[LevelResult, ...]:
    """In the order of MODEL.md, whatever the order of solving."""
    bounds = {done.level: done.bound for done in solution.levels}
    results = []
    for level in Level:
        if level in bounds:
            value = model.objectives[level].value(values)
            bound = bounds[level]
            proven = bound is not None and bound >= value
            results.append(LevelResult(name=level, value=value, bound=value if proven else bound, proven=proven))
    return tuple(results)
