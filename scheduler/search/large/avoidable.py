"""By which decisions a plan is worse for a goal than each of them by itself would have to be.

A goal counts what is booked (``days``) or what is not (``waiting``: the weight of all, less that of the booked). So a
term costs something not where its column is taken, but where its part of the goal is above the least that it can be;
and of the places of one block only one is taken, so that they have one part together.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.linear.program import Floats, Goal, Places
from scheduler.search.large.merged_model import MergedModel


def avoidable(merged: MergedModel, goal: Goal, x: Floats, chance: np.random.Generator) -> Iterator[Places]:
    """The columns of the decisions behind each part of a goal that is above its
    least in the plan ``x``, part by part in an order of chance.
    """
    part_of = merged.part_of
    number = int(part_of.max(initial=-1)) + 1
    parts = np.bincount(part_of, goal.costs * x, number)
    one = np.minimum(goal.costs * merged.program.low, goal.costs * merged.program.high)
    least = np.zeros(number)
    np.minimum.at(least, part_of, one)
    counted = goal.costs != 0
    members = np.flatnonzero(counted)[np.argsort(part_of[counted], kind="stable")]
    starts = np.searchsorted(part_of[members], np.arange(number + 1))
    for part in chance.permutation(np.flatnonzero(parts > least + 0.5)).tolist():
        own = members[starts[part] : starts[part + 1]]
        yield own if merged.decides[own].all() else np.concatenate([merged.behind(column) for column in own.tolist()])
