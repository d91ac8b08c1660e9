"""Rows for what one hire cannot have together take no plan away, and keep the relaxation from halving her seats."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ids import Level
from scheduler.linear.program import Goal, Program
from scheduler.model.build import build
from scheduler.search.large import exclusions
from scheduler.search.large.alike_hires import SHARED
from scheduler.search.large.bounds import lower_bound
from scheduler.search.large.exclusions import exclusion_rows
from scheduler.search.large.merged_model import merged_model_of
from tests.scheduler.build import EARLY, Part, hire, problem, programme, round_
from tests.scheduler.search.large.programs import RELAX, program, programs


@given(programs(), st.data())
@settings(max_examples=300, derandomize=True)
def test_no_assignment_that_takes_one_of_each_block_is_lost(drawn: tuple[Program, Goal], data: st.DataObject) -> None:
    of, _ = drawn
    width = len(of.low)
    decisions = data.draw(st.integers(1, width))
    of.high[:decisions] = 1
    owners = np.array(data.draw(st.lists(st.sampled_from((0, 0, 1, SHARED)), min_size=width, max_size=width)), np.int32)
    blocks = data.draw(st.lists(st.integers(0, 2), min_size=decisions, max_size=decisions))
    rows = exclusion_rows(of, owners, blocks, np.zeros(width, np.bool_))
    for point in product(*(range(int(high) + 1) for high in of.high)):
        one_a_block = all(
            sum(x for x, *which in zip(point, owners, blocks, strict=False) if tuple(which) == each) <= 1
            for each in set(zip(owners.tolist(), blocks, strict=False))
        )
        if one_a_block and of.holds(np.array(point, np.float64)):
            assert (rows @ np.array(point) <= 1).all(), point


def test_of_three_decisions_that_exclude_each_other_one_row_says_it() -> None:
    """A helper is 1 with each of the first two, and leaves no room for the third."""
    of = program([[1, 0, 0, -1], [0, 1, 0, -1], [0, 0, 1, 1], [1, 1, 0, 0]], [-np.inf] * 4, [0, 0, 1, 1], [1] * 4)
    owners, nobody = np.zeros(4, np.int32), np.zeros(4, np.bool_)
    assert exclusion_rows(of, owners, [0, 1, 2], nobody).toarray().tolist() == [[1, 1, 1, 0]]
    assert exclusion_rows(of, owners, [0, 1, 2], ~nobody).shape == (0, 4)


def test_once_it_has_ended_those_who_are_left_get_no_rows() -> None:
    """Two hires, each with two decisions for one room; time for the first."""
    of = program([[1, 1, 0, 0], [0, 0, 1, 1]], [-np.inf] * 2, [1, 1], [1] * 4)
    looks = iter((False, True))
    rows = exclusion_rows(
        of, np.array([0, 0, 1, 1], np.int32), [0, 1, 2, 3], np.zeros(4, np.bool_), ended=lambda: next(looks)
    )
    assert rows.toarray().tolist() == [[1, 1, 0, 0]]


WEEK = (
    programme("P", 2, min_gap_days=1),
    programme("Q", cohort=True, modules=2),
    round_("P1", "P", "1 09-01", "2 09-08"),
    round_("P2", "P", "1 09-15", "2 09-22"),
    round_("Q1", "Q", "1 09-02", "2 09-16"),
    round_("Q2", "Q", "1 09-09", "2 09-23"),
    hire("anna"),
)


def on_time_bound(*parts: Part) -> int:
    model = build(problem(*parts, weekly_cap=1), EARLY, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    return lower_bound(merged, merged.goal(model.objectives[Level.ON_TIME]), [], None, 5.0, relax=RELAX)


def test_who_can_have_one_programme_or_the_other_is_not_bounded_as_having_half_of_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One day a week: each round of Q takes a week of the first and
    one of the last modules of P, and so all there is of either.
    """
    assert on_time_bound(*WEEK) == 1
    monkeypatch.setattr(exclusions, "MOST_WORK", 0)
    assert on_time_bound(*WEEK) == 0


def test_with_one_more_free_week_both_can_be_had() -> None:
    assert on_time_bound(*WEEK, round_("P3", "P", "1 09-29", "2 10-06")) == 0
