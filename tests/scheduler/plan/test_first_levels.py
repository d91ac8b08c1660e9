"""Which groups of a term solve ``equity``: those that may have the largest share of all."""

from __future__ import annotations

from models.ids import Level
from scheduler.plan.first_levels import FirstLevels, may_be_largest
from scheduler.search.lexicographic import LevelOutcome


def solved(share: int) -> FirstLevels:
    return FirstLevels((), (LevelOutcome(Level.EQUITY, share, share, 0.0),), share=share)


def left(share: int) -> FirstLevels:
    return FirstLevels((), (LevelOutcome(Level.ON_TIME, 0, 0, 0.0),), share=share)


def test_who_is_above_all_that_are_solved_may_be_the_largest_and_the_largest_comes_first() -> None:
    assert may_be_largest([left(90), solved(80), left(300), left(80), left(70)]) == [2, 0]


def test_with_nobody_solved_whoever_has_any_late_may_be_the_largest() -> None:
    assert may_be_largest([left(0), left(5), left(7)]) == [2, 1]


def test_a_group_without_a_plan_has_no_share_that_could_be_the_largest() -> None:
    assert may_be_largest([FirstLevels(None, ()), solved(0)]) == []
