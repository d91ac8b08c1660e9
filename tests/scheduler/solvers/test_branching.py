"""Branching: the best of all, whatever is branched on and however
the relaxations lie; and what it says when it cannot go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.solvers import branching
from scheduler.solvers.branching import Branching, Found, Node, UnclearError
from tests.scheduler.clocks import PaperClock

GAP = 0.999


class Table:
    """Every choice of some columns with its cost; the relaxation
    of a choice in part is the least of it, less something.

    As a relaxation would, it claims that a column is half when its two sides cost differently much.
    """

    def __init__(self, costs: Mapping[tuple[int, ...], int], slack: int) -> None:
        self.costs, self.slack = costs, slack
        self.asked = 0

    def relaxed(self, fixed: Mapping[int, int], below: float, above: Node | None) -> Node | None:
        assert above is None or above.fixed.items() <= fixed.items()
        self.asked += 1
        left = self._left(fixed)
        bound = min((self.costs[one] for one in left), default=inf) - (self.slack if len(left) > 1 else 0)
        if bound >= below:
            return None
        best = min(left, key=lambda one: self.costs[one])
        x = {column: float(value) for column, value in enumerate(best)}
        for column in x:
            if column not in fixed and self.slack and len({one[column] for one in left}) > 1:
                x[column] = 0.5
        return Node(dict(fixed), bound, x, dict.fromkeys(x, 0.0))

    def solved(self, fixed: Mapping[int, int], below: float, most_looks: int, *, at_root: bool = False) -> Found:
        """At the root any plan may be found, and no bound beyond the relaxation's."""
        left = self._left(fixed)
        good = [one for one in left if self.costs[one] <= below]
        if not good:
            return Found(None, inf, inf)
        best = min(good, key=lambda one: self.costs[one])
        if at_root and self.slack:
            some = max(good, key=lambda one: self.costs[one])
            return Found(list(some), self.costs[some], self.costs[best] - self.slack)
        return Found(list(best), self.costs[best], self.costs[best])

    def _left(self, fixed: Mapping[int, int]) -> list[tuple[int, ...]]:
        return [one for one in self.costs if all(one[column] == value for column, value in fixed.items())]


COLUMNS = 4
TABLES = st.dictionaries(
    st.sampled_from(list(product((0, 1), repeat=COLUMNS))), st.integers(0, 30), min_size=1, max_size=16
)


@settings(max_examples=200)
@given(costs=TABLES, slack=st.integers(0, 5), first=st.sets(st.integers(0, COLUMNS - 1)), known=st.booleans())
def test_the_best_of_all_is_found_and_proven(
    costs: Mapping[tuple[int, ...], int], slack: int, first: set[int], known: bool
) -> None:
    some = max(costs, key=lambda one: costs[one])
    start = Found(list(some), costs[some], -inf) if known else Found(None, inf, -inf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "MOST_STEPS", 250)
        found = Branching(Table(costs, slack), sorted(first), GAP, PaperClock()).best(start)
    assert found.value == min(costs.values())
    assert found.values is not None
    assert costs[tuple(found.values)] == found.value
    assert found.proven(GAP)


def test_a_good_start_is_proven_by_one_relaxation() -> None:
    costs = {one: 5 + sum(one) for one in product((0, 1), repeat=COLUMNS)}
    table = Table(costs, 0)
    found = Branching(table, [0], GAP, PaperClock()).best(Found([0] * COLUMNS, 5, -inf))
    assert found.proven(GAP)
    assert table.asked == 1


@settings(max_examples=50)
@given(costs=TABLES, most=st.integers(0, 6))
def test_without_time_to_end_no_more_is_claimed_than_holds(costs: Mapping[tuple[int, ...], int], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "MOST_STEPS", most)
        some = max(costs, key=lambda one: costs[one])
        found = Branching(Table(costs, 3), [0, 1], GAP, PaperClock()).best(Found(list(some), costs[some], -inf))
    least = min(costs.values())
    assert found.bound <= least
    assert found.value >= least
    if found.proven(GAP):
        assert found.value == least


def test_looks_of_the_solver_at_what_is_settled_count_as_steps() -> None:
    """Each choice of the first column has to be solved; what has looked too often already is not begun again."""

    told: list[int] = []

    class Looking(Table):
        def solved(self, fixed: Mapping[int, int], below: float, most_looks: int, *, at_root: bool = False) -> Found:
            told.append(most_looks)
            return Found(None, inf, -inf, looks=min(most_looks, 15))

    found = Branching(Looking({(0,): 3, (1,): 1}, 0), [0], GAP, PaperClock()).best(Found([0], 3, -inf))
    assert not found.proven(GAP)
    assert told == [19, 4]


def test_when_nothing_can_be_said_the_start_stands_without_a_bound() -> None:
    class Unclear(Table):
        def relaxed(self, fixed: Mapping[int, int], below: float, above: Node | None) -> Node | None:
            raise UnclearError

    start = Found([0], 3, -inf)
    assert Branching(Unclear({(0,): 3}, 0), [0], GAP, PaperClock()).best(start) == start


def test_when_the_time_is_out_nothing_more_is_relaxed_and_what_was_known_is_kept() -> None:
    table = Table({(0,): 3, (1,): 1}, 0)
    start = Found([0] * COLUMNS, 3, -inf)
    assert Branching(table, [0], GAP, PaperClock(0.0)).best(start) == start
    assert Branching(table, [0], GAP, PaperClock(1.0)).best(start) != start
