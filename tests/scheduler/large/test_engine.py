"""Planned as if it were large, a term keeps every rule, its bounds hold, and what is said to be proven is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from models.ids import Level, Stability
from models.plan import LevelResult, Plan
from scheduler import group
from scheduler.outcome import Ending, Options, Outcome
from scheduler.plan import plan_term
from scheduler.solve import level_order
from scheduler.verify import check
from tests.scheduler.crowds import crowd, settled_crowd
from tests.scheduler.random_problems import Case, case, replan_case

CHAINS = 5
SECONDS = 20.0


def planned(now: Case, previous: Plan | None, stability: Stability) -> Outcome:
    return plan_term(
        now.problem,
        now.planning_date,
        input_sha256="",
        options=Options(max_seconds=SECONDS, stability=stability, suggestions=False),
        previous=previous,
        previous_sha256=None if previous is None else "",
    )


def as_if_large(now: Case, previous: Plan | None, stability: Stability) -> Outcome:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(group, "FEWEST_FOR_LARGE", 1)
        return planned(now, previous, stability)


@pytest.mark.parametrize("kind", [case, crowd, settled_crowd])
@pytest.mark.parametrize("first", [0, 100])
def test_a_term_planned_as_if_large_breaks_nothing_and_claims_only_what_is_so(
    kind: Callable[[int], Case], first: int
) -> None:
    levels = proven = 0
    for seed in range(first, first + CHAINS):
        now, previous, stability = kind(seed), None, Stability.CAREFUL
        for step in range(3):
            where = f"seed {seed}, step {step}, {stability.value}"
            exact, large = planned(now, previous, stability), as_if_large(now, previous, stability)
            if exact.plan is None:
                assert large.ending is exact.ending is Ending.CONFLICT, where
                break
            assert large.plan is not None, where
            _is_sound(now, large.plan, previous, where)
            order = level_order(stability, replanning=previous is not None)
            claims = _compare(order, exact.plan, large.plan, where)
            levels, proven = levels + len(claims), proven + sum(claims)
            if step == seed % 3:
                again = as_if_large(now, previous, stability)
                assert again.plan is not None
                assert again.plan.bookings == large.plan.bookings, where
                assert again.plan.levels == large.plan.levels, where
            previous, now = exact.plan, replan_case(3 * seed + step, now, exact.plan)
            stability = Random(3 * seed + step).choice(list(Stability))
    assert proven > levels / 2


def _is_sound(now: Case, plan: Plan, previous: Plan | None, where: str) -> None:
    """Nothing is broken, values are as the check counts them, and no bound is above its value."""
    report = check(now.problem, plan, previous)
    assert report.violations == (), where
    for level in plan.levels:
        assert level.value == report.levels[level.name], where
        assert level.bound is None or level.bound <= level.value, where
        assert level.proven == (level.bound == level.value), where


def _compare(order: tuple[Level, ...], exact: Plan, large: Plan, where: str) -> list[bool]:
    """As long as the levels above are the same: nothing is better than proven, no bound is above it. Whether each is proven."""
    best, found = _by_level(exact), _by_level(large)
    assert best.keys() == found.keys() == set(order), where
    proven = []
    for level in order:
        assert best[level].proven, where
        assert found[level].value >= best[level].value, f"{where}, {level}"
        assert (found[level].bound or 0) <= best[level].value, f"{where}, {level}"
        proven.append(found[level].proven)
        if found[level].value > best[level].value:
            break
    return proven


def _by_level(plan: Plan) -> dict[Level, LevelResult]:
    return {level.name: level for level in plan.levels}
