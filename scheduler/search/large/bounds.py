"""How low a level can be, from the relaxation: first with what the
levels above may lose as a price, then with their values as limits.

With limits alone PDLP takes long, for hardly anything lies within them; the prices show it the way
(docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

import numpy as np

from scheduler.linear.model import Linear
from scheduler.linear.program import Floats, Goal
from scheduler.search.large.merged_model import MergedModel
from scheduler.search.large.relaxed import relaxed
from scheduler.solvers.relaxation import Relaxer

STEPS_PRICED, STEPS_LIMITED = 2_000, 4_000
MOST_PARTS = 3


def lower_bound(
    merged: MergedModel,
    goal: Goal,
    kept: Sequence[tuple[Goal, int]],
    enough: int | None,
    seconds: float,
    *,
    relax: Relaxer,
) -> int:
    """The goal is at least this when every goal in ``kept`` is
    at most its value; nothing above ``enough`` is looked for.

    ``kept`` may leave out some that are kept, and does well to leave out those whose rows PDLP is slow on (``equity``).
    """
    # Twice: among groups, ``equity`` is what the largest share is beyond a limit.
    return _bound(merged, _averaged(merged, _averaged(merged, goal)), kept, enough, seconds, relax=relax)


def bound_of_largest(
    merged: MergedModel,
    goal: Goal,
    kept: Sequence[tuple[Goal, int]],
    plan: tuple[Floats, int],
    seconds: float,
    *,
    relax: Relaxer,
) -> int | None:
    """A bound for the largest of several sums, from single ones
    of them: those that are as large as that in the best plan.

    First whatever is kept, on which PDLP is far quicker (docs/adr/213), then with that. None where the goal is no such
    largest, or no single one is bounded by what the plan has.
    """
    parts = list(_largest_parts(merged, goal, *plan))
    for limits in ((), kept) if kept else ((),):
        for part in parts:
            seconds /= 2
            if (bound := part.of_largest(_limited_bound(merged, part.goal, limits, seconds, relax))) >= plan[1]:
                return bound
    return None


def kept_guides(kept: Sequence[tuple[Linear, int]], guides: Sequence[Linear]) -> list[tuple[Linear, int]]:
    """The kept goals on which PDLP is quick: those that are sums over requirements."""
    return [(above, value) for above, value in kept if above.variables and any(above is guide for guide in guides)]


def is_largest(merged: MergedModel, goal: Goal) -> bool:
    """The goal is one helper alone, as the largest of several sums is."""
    columns = np.flatnonzero(goal.costs)
    return len(columns) == 1 and not bool(merged.decides[columns[0]]) and bool(goal.costs[columns[0]] > 0)


@dataclass(frozen=True)
class _Part:
    """``times`` x a goal - ``shared`` x the largest <= ``high``: so much of the goal makes so much of the largest."""

    goal: Goal
    times: float
    shared: float
    high: float

    def of_largest(self, least: int) -> int:
        """A lower bound of the largest, when the goal is at least ``least``."""
        return ceil((self.times * least - self.high) / self.shared - 1e-9)


def _largest_parts(merged: MergedModel, goal: Goal, x: Floats, value: int) -> Iterator[_Part]:
    """Of the largest of several sums those that are as large in the
    best plan, the smallest first: one alone may tell how low it can be.

    In a generated region one late requirement of an administration
    with ten cannot be helped, and that proves level ``equity``.
    """
    if not is_largest(merged, goal) or goal.costs.sum() != 1 or goal.constant:
        return
    largest = int(np.flatnonzero(goal.costs)[0])
    entries = merged.program.matrix[:, [largest]].tocoo()
    rows = merged.program.matrix[entries.row].tocsr()
    found = []
    for place, (row, coef) in enumerate(zip(entries.row.tolist(), entries.data.tolist(), strict=True)):
        own = rows[[place]].tocoo()
        others = own.col != largest
        if coef < 0 and others.sum() == 1 and (times := float(own.data[others][0])) > 0:
            column = int(own.col[others][0])
            part = _Part(_only(column, len(x)), times, -coef, float(merged.program.row_high[row]))
            if part.of_largest(round(x[column])) >= value:
                found.append(part)
    yield from sorted(found, key=lambda part: part.shared)[:MOST_PARTS]


def _only(column: int, width: int) -> Goal:
    costs = np.zeros(width)
    costs[column] = 1
    return Goal(costs, 0)


def _bound(
    merged: MergedModel,
    goal: Goal,
    kept: Sequence[tuple[Goal, int]],
    enough: int | None,
    seconds: float,
    *,
    relax: Relaxer,
) -> int:
    columns, limits = merged.needed_and_limits([goal], kept)
    solve = partial(relaxed, merged, columns=columns, relax=relax, enough=enough)
    if not limits:
        return solve(goal=goal, limits=(), steps=STEPS_LIMITED, seconds=seconds, worth=0).bound
    prices = [np.abs(goal.costs).max() / np.abs(above.costs).max() for above, _ in limits]
    costs, constant = goal.costs.copy(), goal.constant
    for (above, value), price in zip(limits, prices, strict=True):
        costs += price * above.costs
        constant += price * (above.constant - value)
    priced = solve(goal=Goal(costs, constant), limits=(), steps=STEPS_PRICED, seconds=seconds / 3)
    if enough is not None and priced.bound >= enough:
        return priced.bound
    start = replace(priced, multipliers=np.append(priced.multipliers, [-price for price in prices]))
    rest = seconds * 2 / 3
    found = solve(goal=goal, limits=limits, steps=STEPS_LIMITED, seconds=rest, start=start, worth=0)
    return max(priced.bound, found.bound)


def _limited_bound(
    merged: MergedModel, goal: Goal, kept: Sequence[tuple[Goal, int]], seconds: float, relax: Relaxer
) -> int:
    """The bound with the kept goals as limits from the start: quicker for a goal that concerns few hires."""
    columns, limits = merged.needed_and_limits([goal], kept)
    return relaxed(merged, goal, columns, limits, steps=STEPS_LIMITED, seconds=seconds, relax=relax, worth=0).bound


def _averaged(merged: MergedModel, goal: Goal) -> Goal:
    """For the largest of several sums their average: no more than it,
    and PDLP, which comes to nothing on the largest, finds its least.

    The largest is one column, and every row that bounds it from below has it with a negative coefficient.
    """
    if not is_largest(merged, goal):
        return goal
    columns = np.flatnonzero(goal.costs)
    coefs = merged.program.matrix[:, columns].toarray().ravel().astype(np.float64)
    below = (coefs < 0) & np.isfinite(merged.program.row_high)
    if not below.any():
        return goal
    multipliers = np.where(below, goal.costs[columns] / coefs[below].sum(), 0.0)
    costs = goal.costs - merged.program.matrix.T @ multipliers
    costs[columns] = 0
    constant = goal.constant + float(multipliers[below] @ merged.program.row_high[below])
    return Goal(costs, constant)
