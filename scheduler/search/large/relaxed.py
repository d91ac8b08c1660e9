"""A relaxation of the merged model that is told the rows it breaks, and is solved again from where it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.linear.excerpt import Mask, excerpt_of
from scheduler.linear.program import Goal
from scheduler.search.large.merged_model import MergedModel
from scheduler.solvers.relaxation import Relaxed, Relaxer

ACCURACY = 1e-4
"""To which PDLP solves, relative to what is there."""
MOST_TIMES = 4
"""Most times that one relaxation is solved, each time with the rows that the one before has broken."""
WORTH_A_CORNER = 0.01
"""Share of the rows that must be broken for a corner to be solved again: by fewer it hardly changes (docs/adr/213)."""


def relaxed(
    merged: MergedModel,
    goal: Goal,
    columns: Mask,
    limits: Sequence[tuple[Goal, int]],
    *,
    steps: int,
    seconds: float,
    relax: Relaxer,
    start: Relaxed | None = None,
    enough: int | None = None,
    worth: float = WORTH_A_CORNER,
) -> Relaxed:
    """Minimise the goal over some columns with each goal in ``limits`` at most its value, in at most so many seconds.

    ``start`` is one of the same columns and limits. It is solved again until of what the pool of cuts knows no more is
    broken than a share ``worth`` of all rows, or its bound is ``enough``; what is broken last is known to the next one.
    """
    clock = relax.clock.limited(seconds)
    best: int | None = None
    for _ in range(MOST_TIMES):
        excerpt = excerpt_of(merged.cuts.program, columns).with_limits(limits)
        start = relax(excerpt, goal, accuracy=ACCURACY, steps=steps, seconds=clock.left, start=start)
        best = start.bound if best is None else max(best, start.bound)
        broken = merged.cuts.add_broken(start.x)
        if broken <= worth * len(excerpt.row_low) or clock.left == 0 or (enough is not None and best >= enough):
            break
    assert start is not None and best is not None
    return replace(start, bound=best)
