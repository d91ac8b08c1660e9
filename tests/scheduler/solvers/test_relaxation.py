"""What a relaxation that is not answered is worth: nothing is used, and the bound is that of the columns alone."""

from __future__ import annotations

from math import inf

import numpy as np

from scheduler.linear.program import Goal
from scheduler.solvers.awaited import latest
from scheduler.solvers.relaxation import NOWHERE, Point, RelaxationTask, Relaxed, Relaxer
from tests.scheduler.clocks import PaperClock
from tests.scheduler.search.large.programs import program, whole

COVER = program([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1.0] * 3, [inf] * 3, [1, 1, 1])
EACH = Goal(np.ones(3), 4)


class Slow:
    """A solver that answers when ``seconds`` have passed on the clock."""

    def __init__(self, seconds: float, point: Point = NOWHERE) -> None:
        self.clock, self.left = PaperClock(), False
        self._seconds, self._point = seconds, point

    def __call__(self, task: RelaxationTask) -> Slow:
        return self

    def answer(self, seconds: float) -> Point | None:
        self.clock.go_on(seconds)
        return self._point if self.clock.spent >= self._seconds else None

    def leave(self) -> None:
        self.left = True


def relaxed(slow: Slow, stops_after: float = inf) -> Relaxed:
    relax = Relaxer(slow, slow.clock, lambda: slow.clock.spent > stops_after)
    return relax(whole(COVER), EACH, accuracy=1e-4, steps=1_000, seconds=10.0)


def assert_nothing_but_the_bound_of_columns(found: Relaxed) -> None:
    assert (found.x.tolist(), found.multipliers.tolist(), found.bound) == ([0, 0, 0], [0, 0, 0], 4)


def test_one_that_is_late_is_left() -> None:
    slow = Slow(60.0)
    assert_nothing_but_the_bound_of_columns(relaxed(slow))
    assert slow.left
    assert 10 < slow.clock.spent < latest(10.0) + 1


def test_one_is_left_as_soon_as_the_user_wants_to_stop() -> None:
    slow = Slow(9.0)
    assert_nothing_but_the_bound_of_columns(relaxed(slow, stops_after=3.0))
    assert slow.left
    assert slow.clock.spent < 3.2


def test_one_that_failed_is_worth_as_little() -> None:
    slow = Slow(1.0, Point(None, None, "MemoryError"))
    assert_nothing_but_the_bound_of_columns(relaxed(slow))
    assert not slow.left


def test_one_that_is_a_little_late_counts() -> None:
    slow = Slow(11.0, Point(np.full(3, 0.5), np.full(3, 0.5)))
    found = relaxed(slow)
    assert (found.x.tolist(), found.bound) == ([0.5] * 3, 6)
    assert not slow.left
