"""The relaxation: its optimum is found, and no multipliers whatever give a bound above the best whole plan."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.linear.program import Goal, Program
from scheduler.solvers.relaxation import Relaxed, bound
from tests.scheduler.search.large.programs import RELAX, optimum, program, programs, whole

ANY = st.one_of(st.floats(-20, 20), st.sampled_from((-1e9, -1e-9, 0.0, 1e-9, 1e9)))
EXACT, MANY = 1e-7, 20_000


def solved(of: Program, goal: Goal, start: Relaxed | None = None) -> Relaxed:
    return RELAX(whole(of), goal, accuracy=EXACT, steps=MANY, seconds=60.0, start=start)


@given(programs(), st.lists(ANY, min_size=4, max_size=4))
@settings(max_examples=300, derandomize=True)
def test_any_multipliers_give_a_bound_that_is_not_above_the_optimum(
    drawn: tuple[Program, Goal], multipliers: list[float]
) -> None:
    best = optimum(*drawn)
    if best is not None:
        assert bound(whole(drawn[0]), drawn[1], np.array(multipliers[: len(drawn[0].row_low)])) <= best


@given(programs(), st.sampled_from((1, 64, 5_000)))
@settings(max_examples=60, derandomize=True)
def test_however_few_the_steps_the_bound_is_not_above_the_optimum(drawn: tuple[Program, Goal], steps: int) -> None:
    best = optimum(*drawn)
    if best is not None:
        assert RELAX(whole(drawn[0]), drawn[1], accuracy=1e-4, steps=steps, seconds=60.0).bound <= best


# Each two of three need one: the relaxation takes half of each, 1.5 in all, so that whole numbers need two.
COVER = program([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1.0] * 3, [inf] * 3, [1, 1, 1])
EACH = Goal(np.ones(3), 0)


def test_the_relaxation_of_a_known_program_is_solved_and_its_bound_rounded_up() -> None:
    found = solved(COVER, EACH)
    assert found.x == pytest.approx([0.5] * 3, abs=1e-4)
    assert found.multipliers == pytest.approx([0.5] * 3, abs=1e-4)
    assert found.bound == 2


def test_the_constant_of_the_goal_counts() -> None:
    assert solved(COVER, Goal(np.ones(3), 40)).bound == 42


def test_a_whole_optimum_is_not_rounded_beyond_itself() -> None:
    assert solved(program([[1, 1]], [3.0], [inf], [2, 2]), Goal(np.array([1.0, 1.0]), 0)).bound == 3


def test_a_start_of_fewer_rows_leads_to_the_same() -> None:
    start = solved(program([[1, 1, 0], [0, 1, 1]], [1.0] * 2, [inf] * 2, [1, 1, 1]), EACH)
    assert start.bound == 1
    assert solved(COVER, EACH, start).bound == 2


def test_a_program_without_rows_is_bounded_by_its_columns() -> None:
    assert solved(program([], [], [], [2, 3]), Goal(np.array([-2.0, 1.0]), 1)).bound == -3


def test_a_cap_is_a_row_over_the_goal_without_its_constant() -> None:
    capped = COVER.capped(Goal(np.array([2.0, 0.0, 0.0]), 5), 6)
    assert [capped.holds(np.array(x, np.float64)) for x in ((1, 1, 0), (0, 1, 1))] == [False, True]
