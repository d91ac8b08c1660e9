"""The levels of one model, one after the other; where no time is left for that, the plan at which they would begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.ids import Level
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values
from scheduler.model.build import Model
from scheduler.plan.engines import engine_for, is_large
from scheduler.plan.start import start_of
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.lexicographic import LexicographicSolve, Solution, as_it_is
from scheduler.solvers.clock import TimeIsUpError

SECONDS_A_CANDIDATE = 2e-6
"""What making a search ready takes at least; with less time left the plan stays where it begins."""


def solve_levels(
    model: Model,
    task: GroupTask,
    levels: Sequence[Level],
    watch: Watch,
    solved: Solution | None = None,
    *,
    until: int | None = None,
) -> Solution:
    """The levels one after the other, after those that are ``solved`` already.

    Only the first ``until`` of them are solved, in view of those after them, which break ties. Raises ``TimeIsUpError``
    where no time is left, or the user wants to stop, before there is any plan.
    """
    goals = [(level, model.objectives[level]) for level in levels[:until]]
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
        bundled=not is_large(model),
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
