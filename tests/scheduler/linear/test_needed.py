"""Rows and helpers that nobody asks for: a goal comes out the
same without them, and what was found is a plan with them too.
"""

from __future__ import annotations

from math import inf

import pytest

from models.ids import Level
from scheduler.linear.model import LinearModel, total
from scheduler.linear.part import Part, asked_by
from scheduler.model.build import build
from scheduler.solvers.cp_sat import Engine
from tests.scheduler.random_problems import case

LEVELS = (Level.ON_TIME, Level.EQUITY, Level.CASELOAD, Level.ROUNDS, Level.RESERVE, Level.STAFFING, Level.DAYS)


@pytest.mark.parametrize("seed", range(3))
def test_a_level_has_the_same_best_value_over_what_it_asks_for_alone(seed: int) -> None:
    now = case(seed)
    model = build(now.problem, now.planning_date, None)
    linear_model = model.variables.linear_model
    for level in LEVELS:
        goal = model.objectives[level]
        rows, needed = linear_model.needed_for(goal.variables)
        few = [linear_model.rows[place] for place in rows]
        assert {v for row in few for v in row.variables} <= set(needed)
        best = Engine(linear_model.low, linear_model.high, few, 1).minimise(goal, hint=None, seconds=inf)
        whole = Engine(linear_model.low, linear_model.high, linear_model.rows, 1).minimise(goal, hint=None, seconds=inf)
        assert best.values is not None
        assert best.value == whole.value
        found = linear_model.complete(v for v in linear_model.numbers if best.values[v])
        assert goal.value(found) == best.value
        assert all(row.low <= row.activity(found) <= row.high for row in linear_model.rows)


@pytest.mark.parametrize("seed", range(3))
def test_a_part_of_what_is_asked_for_alone_finds_the_same_and_gives_every_helper_back(seed: int) -> None:
    now = case(seed)
    model = build(now.problem, now.planning_date, None)
    linear_model, goal = model.variables.linear_model, model.objectives[Level.ON_TIME]
    free = linear_model.numbers[::2]
    part = Part(linear_model, model.start, free)
    small = Part(linear_model, model.start, free, asked=asked_by(linear_model, [goal]))
    assert len(small.low) < len(part.low)
    whole, best = (
        Engine(one.low, one.high, one.rows, 1).minimise(one.shrink(goal), hint=one.hint, seconds=inf)
        for one in (part, small)
    )
    assert best.values is not None
    assert best.value == whole.value
    found = small.followed(best.values)
    assert found == linear_model.complete(v for v in linear_model.numbers if found[v])
    assert goal.value(found) == best.value


def test_a_helper_is_left_out_with_its_rows_unless_it_is_asked_for_or_another_needs_it() -> None:
    linear_model = LinearModel()
    first = linear_model.binaries(3)
    away = linear_model.any_of([[first], [first + 1]])
    beyond = linear_model.excess(total([away, first + 2], constant=-1), 1)
    of_away, of_beyond = [0, 1, 2], [3]
    decisions = [first, first + 1, first + 2]
    assert linear_model.needed_for(decisions) == ([], decisions)
    assert linear_model.needed_for([away]) == (of_away, [*decisions, away])
    assert linear_model.needed_for([beyond]) == ([*of_away, *of_beyond], [*decisions, away, beyond])


def test_a_helper_that_restricts_is_never_left_out() -> None:
    linear_model = LinearModel()
    first = linear_model.binaries(2)
    both = linear_model.helper(0, 1, [first, first + 1], lambda values: values[0] and values[1], restricts=True)
    for variable in (first, first + 1):
        linear_model.equal(total([variable]).add(total([both], -1)), 0)
    assert linear_model.needed_for([]) == ([0, 1], [first, first + 1, both])


def test_what_is_added_later_is_asked_for_as_well() -> None:
    linear_model = LinearModel()
    first = linear_model.binaries(2)
    early = linear_model.any_of([[first], [first + 1]])
    assert set(linear_model.needed_for([])[1]) == {first, first + 1}
    third = linear_model.binaries(1)
    late = linear_model.any_of([[first], [third]])
    rows, needed = linear_model.needed_for([late])
    assert set(needed) == {first, first + 1, third, late}
    assert all(early not in linear_model.rows[place].variables for place in rows)
    assert len(rows) == 3
