"""From a problem to a plan: build, solve level by level, explain, and say what came out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.ids import Level
from models.plan import LevelResult, Plan, Previous, Requirement
from models.problem import TermProblem
from scheduler.assemble import bookings_of, requirements_of, rounds_of
from scheduler.deal import improver
from scheduler.diff import diff, with_causes
from scheduler.draft import Values
from scheduler.engine import Engine
from scheduler.explain import Explainer
from scheduler.given import conflicts_in
from scheduler.model import Model, build, kept_breaches
from scheduler.outcome import Ending, Options, Outcome, Progress
from scheduler.probe import Probe
from scheduler.solve import Climb, Clock, Solution, level_order
from scheduler.suggest import Suggester

DEFAULTS = Options()


def plan_term(
    problem: TermProblem,
    planning_date: date,
    *,
    input_sha256: str,
    options: Options = DEFAULTS,
    previous: Plan | None = None,
    previous_sha256: str | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Plan one term; with ``previous``, re-plan after it (MODEL.md). ``previous_sha256`` is the hash of its plan.json."""
    clock = Clock(options.max_seconds)
    model = build(problem, planning_date, previous)
    clashes = conflicts_in(model)
    if clashes:
        return Outcome(Ending.CONFLICT, None, conflicts=clashes)
    draft = model.variables.draft
    order = level_order(options.stability, replanning=previous is not None)
    climb = Climb(
        Engine(draft.low, draft.high, draft.rows, options.seed),
        [(level, model.objectives[level]) for level in order],
        improver(model.variables),
        clock=clock,
        on_progress=on_progress,
        should_stop=should_stop,
    )
    solution = climb.run(model.start)
    if solution.values is None:
        return Outcome(Ending.STOPPED if solution.stopped else Ending.NOTHING, None)
    values = draft.complete(c.variable for c in model.chosen(solution.values))
    levels = _levels(model, values, solution)

    def trying() -> None:
        on_progress(Progress(None, len(order), len(order), None, None, clock.spent))

    probe = Probe(model, values, order, options.seed)
    plan = Plan(
        schema=1,
        plan_number=previous.plan_number + 1 if previous else 1,
        planning_date=planning_date,
        term=problem.settings.term,
        horizon=(problem.settings.horizon_start, problem.settings.horizon_end),
        input_sha256=input_sha256,
        previous=Previous(plan_number=previous.plan_number, sha256=previous_sha256 or "") if previous else None,
        seed=options.seed,
        bookings=bookings_of(model, values),
        requirements=_explained(probe, options, trying, should_stop),
        rounds=rounds_of(model, values),
        levels=levels,
    )
    return Outcome(
        _ending(levels, solution),
        plan,
        kept_breaches=kept_breaches(model, values),
        level_seconds=tuple((done.level, done.seconds) for done in solution.levels),
        changes=with_causes(diff(previous, plan), probe, previous, plan) if previous else None,
    )


def _explained(
    probe: Probe, options: Options, on_trial: Callable[[], None], should_stop: Callable[[], bool]
) -> tuple[Requirement, ...]:
    """Requirements with their states and reasons, and what would help; after a stop only what needs no solver."""
    probe.quiet = probe.quiet or should_stop()
    reasons = Explainer(probe).reasons()
    wanted = options.suggestions and not probe.quiet
    helps = Suggester(probe, reasons, options.seed).suggestions(on_trial, should_stop) if wanted else {}
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


def _ending(levels: tuple[LevelResult, ...], solution: Solution) -> Ending:
    if solution.stopped:
        return Ending.STOPPED
    return Ending.PROVEN if all(level.proven for level in levels) else Ending.FOUND
