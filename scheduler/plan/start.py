"""Where the levels of a model begin."""

from __future__ import annotations

from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.model.first_come import first_come
from scheduler.model.warm_start import warm_start
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.small import most_for_cp_sat

MOST_A_SECOND = 3_000
"""Bookings to choose among for each second of the limit; beyond, no search is sure to find any plan."""


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
