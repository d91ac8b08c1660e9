"""Who minimises the goals of a model: by its size one engine for small models, or one for large ones."""

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
from scheduler.search.relaxed_bounds import RelaxedBounds
from scheduler.search.small import SmallModelEngine
from scheduler.solvers.clock import Clock

FEWEST_FOR_LARGE = 8_000
"""Bookings to choose among; below, HiGHS comes to an end on the whole model."""


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
    large, rounds = is_large(model), model.objectives[Level.ROUNDS]
    bundles = list(bundles_of(levels, model.objectives, SOLVING, large=large))
    guides = [model.objectives[level] for level in task.order if SOLVING[level].sum_over_requirements]
    if not large:
        goals = [goal for bundle in bundles for goal in bundle.goals]
        relaxed = RelaxedBounds(variables, goals, guides, relaxing=task.relaxing)
        return SmallModelEngine(
            variables, bundles, rounds, seed, clock=clock, mip=task.mip, replanning=replanning, relaxed=relaxed
        )
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
