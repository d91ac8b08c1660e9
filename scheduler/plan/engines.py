"""Who minimises the goals of a model: by its size and the time there is an engine for small models or for large."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.ids import Level
from scheduler.levels import SOLVING
from scheduler.linear.model import nothing
from scheduler.model.build import Model
from scheduler.plan.task import GroupTask
from scheduler.search.bundles import bundles_of
from scheduler.search.large.engine import LargeEngine
from scheduler.search.lexicographic import Minimiser
from scheduler.search.small import SmallModelEngine
from scheduler.solvers.clock import Clock

FEWEST_FOR_LARGE = 8_000
"""Bookings to choose among; below, HiGHS comes to an end on the whole model where it has time for that."""
FEWEST_IN_HASTE = 2_000
SECONDS_A_DECISION = 0.015
"""A group of several counts as large from so many bookings on where it has less time than that for each of them: HiGHS
on the whole, beside the other groups, then has neither a plan nor a bound (docs/adr/222-groups-with-little-time.md).
"""


def is_large(model: Model) -> bool:
    """Whether the model is one for the large engine, which is not asked for the proof of a whole bundle."""
    return len(model.variables.candidates) >= FEWEST_FOR_LARGE


def engine_for(
    model: Model, task: GroupTask, levels: Sequence[Level], clock: Clock, look: Callable[[], None] = nothing
) -> Minimiser:
    """Who minimises the goals of a model of this size. ``look`` is
    called now and then while it is made ready; what it raises ends that.
    """
    variables, seed, replanning = model.variables, task.options.seed, task.previous is not None
    large, rounds = is_large(model) or _in_haste(model, task, clock), model.objectives[Level.ROUNDS]
    bundles = list(bundles_of(levels, model.objectives, SOLVING, large=large))
    if not large:
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


def _in_haste(model: Model, task: GroupTask, clock: Clock) -> bool:
    """A group of several in a first plan with little time for each of its decisions."""
    decisions = len(model.variables.candidates)
    in_part = task.is_part and task.previous is None and decisions >= FEWEST_IN_HASTE
    return in_part and clock.left < SECONDS_A_DECISION * decisions
