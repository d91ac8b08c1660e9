"""One group of hires from model to plan: build, solve level by level, explain, and say what came out.

A term whose hires all hang together is one group. Of several groups each solves the levels up to ``equity`` first, and
``equity`` those that may have the largest share of all (``first_levels``); then that is known, which none of them need
stay below, and each solves the rest (``plan_group``).
"""

from __future__ import annotations

from dataclasses import replace

from models.ids import Level
from scheduler.linear.model import Linear
from scheduler.model.build import Model
from scheduler.plan.finished import finished
from scheduler.plan.first_levels import FirstLevels
from scheduler.plan.given import Limit, conflicts_in
from scheduler.plan.outcome import Ending, Outcome
from scheduler.plan.phases import BUILD, LEVELS, phases
from scheduler.plan.results import completed, level_results
from scheduler.plan.solve_levels import solve_levels
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.lexicographic import Solution
from scheduler.solvers.clock import TimeIsUpError
from scheduler.solvers.mip import CountingMip

FOR_EXPLAINING = 0.03
"""Share of the time that is kept for explaining; more for many
requirements, but never more than ``MOST_FOR_EXPLAINING``.
"""
MOST_FOR_EXPLAINING = 0.15
SECONDS_A_REASON = 0.001
LARGEST_SHARE = 1000
"""Of level ``equity``, in permille."""


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
        solved = None if first is None else first.in_model(model)
        solution = solve_levels(model, replace(task, mip=mip), task.order, leaving_time, solved)
    except TimeIsUpError:
        return Outcome(Ending.STOPPED if watch.should_stop() else Ending.NOTHING, None, solver_failures=mip.failures)
    if solution.values is None:
        return Outcome(Ending.STOPPED if solution.stopped else Ending.NOTHING, None, solver_failures=mip.failures)
    stopwatch.end(LEVELS)
    of_own = solution if first is None or first.has_equity else _without_share(solution, share)
    levels = level_results(own, completed(model, solution.values), of_own)
    return finished(task, model, solution, levels, watch, stopwatch=stopwatch, failures=mip.failures)


def _leaving_time(watch: Watch, needs: int) -> Watch:
    """The watch for the levels: what explaining takes is left over, so that the limit holds for all."""
    limit = watch.clock.max_seconds
    kept = min(limit * MOST_FOR_EXPLAINING, limit * FOR_EXPLAINING + needs * SECONDS_A_REASON)
    return replace(watch, clock=replace(watch.clock, max_seconds=limit - kept))


def _among_others(model: Model, share: int) -> Model:
    """The model with ``equity`` as it is for the whole term: the
    largest share of all, below which the group's own may lie anywhere.
    """
    own = Linear(constant=-share).add(model.objectives[Level.EQUITY])
    beyond = model.variables.linear_model.excess(own, LARGEST_SHARE)
    return replace(model, objectives={**model.objectives, Level.EQUITY: Linear([beyond], [1], share)})


def _without_share(solution: Solution, share: int) -> Solution:
    """The solution where the group has not solved ``equity`` by itself: that
    the largest of all is at least that of others tells nothing of its own.
    """
    levels = (
        replace(done, bound=0) if done.level is Level.EQUITY and (done.bound or 0) <= share else done
        for done in solution.levels
    )
    return replace(solution, levels=tuple(levels))
