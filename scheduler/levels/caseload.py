"""Level 5 ``caseload``: weight x days with cases before the basics are done, both days included."""

from __future__ import annotations

from datetime import date
from functools import partial

from scheduler.linear.model import Linear
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=14, sum_over_requirements=True, ties_by_days="LARGE")


def objective(variables: Variables) -> Linear:
    """Weighted days from the caseload start to the completion;
    unbooked, to the end of the horizon or her last day if earlier.
    """
    cost = Linear()
    end = variables.problem.settings.horizon_end
    for need in variables.needs:
        start = need.hire.caseload_start
        if need.programme.before_cases and start is not None:
            last = min(end, need.hire.ends or end)
            cost.add(variables.completion(need, partial(days, start, need.weight), days(start, need.weight, last)))
    return cost


def days(start: date, weight: int, end: date) -> int:
    """weight x days from start to end, both included; none when it ended before."""
    return weight * max(0, (end - start).days + 1)
