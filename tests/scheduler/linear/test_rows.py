"""Rows kept in arrays: each comes back as it was added, and what is asked of all at once is true of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ids import Rule
from scheduler.linear.model import LinearModel, nothing, total
from scheduler.linear.program import program_of
from scheduler.linear.rows import ROWS_A_LOOK, Row, Rows

WIDTH = 4
HUGE = 1 << 40
terms = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(-HUGE, HUGE)), max_size=5)
owners = st.sampled_from([(None, None), (Rule.CLASH, None), (Rule.SEATS, "R1"), (Rule.SEATS, "R2")])


@st.composite
def some_rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for own in draw(st.lists(terms, max_size=8)):
        low, high = draw(st.integers(-HUGE, 3)), draw(st.integers(-3, HUGE))
        found.append(Row(tuple(v for v, _ in own), tuple(c for _, c in own), low, high, *draw(owners)))
    return found


def kept(those: Sequence[Row]) -> Rows:
    rows = Rows()
    for row in those:
        rows.add(row)
    return rows


@given(some_rows(), st.lists(st.integers(0, 3), min_size=WIDTH, max_size=WIDTH))
def test_rows_come_back_as_they_were_added_and_their_sums_are_their_own(those: list[Row], values: list[int]) -> None:
    rows = kept(those)
    assert list(rows) == [rows[place] for place in range(len(rows))] == rows[:] == those
    assert [tuple(rows.variables(place)) for place in range(len(rows))] == [row.variables for row in those]
    assert rows.activities(values).tolist() == [row.activity(values) for row in those]
    assert rows.broken(values) == [row for row in those if not row.low <= row.activity(values) <= row.high]
    assert set(rows.named_by_rules().tolist()) == {v for row in those if row.rule is not None for v in row.variables}
    starts, variables, coefs = rows.terms(nothing)
    assert [variables[a:b].tolist() for a, b in pairwise(starts)] == [list(r.variables) for r in those]
    assert [coefs[a:b].tolist() for a, b in pairwise(starts)] == [list(r.coefs) for r in those]


def test_a_row_that_gives_way_may_sum_up_to_more_and_its_neighbour_not() -> None:
    rows = kept([Row((0, 1), (1, 1), 0, 1), Row((0, 1), (1, 1), 0, 1)])
    rows.loosen(0, 2)
    assert rows.broken([1, 1]) == [Row((0, 1), (1, 1), 0, 1)]
    assert (rows.admits(0, 2), rows.admits(1, 2)) == (True, False)


def test_many_rows_are_gone_through_in_pieces_between_which_somebody_looks_on() -> None:
    number, looks = 2 * ROWS_A_LOOK + 1, list[None]()
    rows = kept([Row((place % WIDTH,), (place % 3,), 0, 1) for place in range(number)])
    assert rows.activities([1, 2, 3, 4]).tolist() == [(place % WIDTH + 1) * (place % 3) for place in range(number)]
    rows.terms(lambda: looks.append(None))
    assert len(looks) == 3


@pytest.mark.parametrize("coef", [3, 100, -200, 70_000, HUGE])
def test_a_program_has_the_entries_of_the_rows_however_large_and_the_sum_of_those_named_twice(coef: int) -> None:
    linear_model = LinearModel()
    linear_model.binaries(3)
    linear_model.at_most(total([2, 0, 2], coef), 5)
    linear_model.equal(total([1]), 1)
    program = program_of(linear_model)
    assert program.matrix.toarray().tolist() == [[coef, 0, 2 * coef], [0, 1, 0]]
    assert (program.row_low.tolist(), program.row_high.tolist()) == ([-np.inf, 1], [5, 1])


@pytest.mark.parametrize(("coef", "dtype"), [(3, np.int8), (-200, np.int16), (70_000, np.int32), (HUGE, np.float64)])
def test_the_entries_of_a_program_take_no_more_than_they_need(coef: int, dtype: type) -> None:
    linear_model = LinearModel()
    linear_model.binaries(2)
    linear_model.at_most(total([0, 1], coef), 5)
    assert program_of(linear_model).matrix.dtype == dtype
