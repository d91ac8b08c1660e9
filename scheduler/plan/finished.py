"""From a solution to the plan that is told: bookings and rounds, states with their reasons, and what would help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.plan import LevelResult, Plan, Previous, Requirement
from scheduler.answers.causes import causes_of
from scheduler.answers.differences import Cause, SeatKey
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import EXPLAINED, Explainer
from scheduler.answers.suggestions import Suggester
from scheduler.model.assignment import bookings_of, requirements_of, rounds_of
from scheduler.model.build import Model, kept_breaches
from scheduler.plan.outcome import Options, Outcome
from scheduler.plan.phases import EXPLAIN, phase_seconds
from scheduler.plan.results import completed
from scheduler.plan.task import GroupTask, Watch
from scheduler.plan.together import ending_of
from scheduler.search.lexicographic import Solution
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Stopwatch


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
        phase_seconds=phase_seconds(stopwatch),
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
