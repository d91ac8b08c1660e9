"""What hires who are alike have together is dealt out: all of
it where rows are those of times, never more than there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.search.large.disaggregation import OwnRow, disaggregated

HOURS = 6
ROW = st.tuples(
    st.lists(st.integers(-2, 3), min_size=4, max_size=4), st.sampled_from((-inf, 0.0, 1.0)), st.integers(0, 4)
)


def kept(row: OwnRow, share: Sequence[int]) -> bool:
    activity = sum(c for p, c in zip(row.places, row.coefs, strict=True) if p in share)
    return row.low <= activity <= row.high


def summed(shares: Sequence[Sequence[int]], width: int) -> list[int]:
    return [sum(place in share for share in shares) for place in range(width)]


@st.composite
def days_of_hires(draw: st.DrawFn) -> tuple[list[int], list[OwnRow], int]:
    """Meetings from one hour to another, and what some hires attend together without overlaps."""
    hours = st.tuples(st.integers(0, HOURS - 1), st.integers(1, 3))
    meetings = [(first, min(HOURS, first + length)) for first, length in draw(st.lists(hours, min_size=1, max_size=7))]
    hires = draw(st.integers(1, 5))
    totals = [0] * len(meetings)
    for _ in range(hires):
        until = 0
        for place in sorted(range(len(meetings)), key=lambda p: meetings[p]):
            if meetings[place][0] >= until and draw(st.booleans()):
                until = meetings[place][1]
                totals[place] += 1
    at = [[p for p, (first, last) in enumerate(meetings) if first <= hour < last] for hour in range(HOURS)]
    return totals, [OwnRow(places, [1.0] * len(places), -inf, 1.0) for places in at if places], hires


@given(days_of_hires())
@settings(max_examples=200, derandomize=True)
def test_what_was_attended_without_overlaps_is_dealt_out_without_any(
    drawn: tuple[list[int], list[OwnRow], int],
) -> None:
    totals, rows, hires = drawn
    shares = list(disaggregated(totals, rows, hires))
    assert len(shares) == hires
    assert summed(shares, len(totals)) == totals
    assert all(kept(row, share) for row in rows for share in shares)


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.lists(ROW, max_size=3), st.integers(1, 4))
@settings(max_examples=300, derandomize=True)
def test_whatever_the_rows_nobody_breaks_one_by_taking_and_nothing_is_given_twice(
    totals: list[int], drawn: list[tuple[list[int], float, int]], hires: int
) -> None:
    rows = [OwnRow(range(4), coefs, low, max(low, high)) for coefs, low, high in drawn]
    shares = list(disaggregated(totals, rows, hires))
    assert len(shares) == hires
    assert all(given <= total for given, total in zip(summed(shares, 4), totals, strict=True))
    assert all(len(set(share)) == len(share) for share in shares)
    assert all(not share or all(kept(row, share) for row in rows) for share in shares)


def test_two_modules_go_to_the_same_hire_where_a_row_asks_for_all_or_none() -> None:
    all_or_none = OwnRow([0, 1, 2, 3], [1.0, 1.0, -1.0, -1.0], 0.0, 0.0)
    once = [OwnRow([0, 1], [1.0, 1.0], -inf, 1.0), OwnRow([2, 3], [1.0, 1.0], -inf, 1.0)]
    shares = list(disaggregated([2, 1, 1, 2], [all_or_none, *once], 4))
    assert summed(shares, 4) == [2, 1, 1, 2]
    assert sorted(len(share) for share in shares) == [0, 2, 2, 2]


def test_what_cannot_be_dealt_out_is_left() -> None:
    one_of_three = OwnRow([0, 1, 2], [1.0] * 3, -inf, 1.0)
    assert sum(map(len, disaggregated([1, 1, 1], [one_of_three], 2))) == 2
