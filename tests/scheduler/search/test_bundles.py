"""Several levels as one goal: the same order of plans as level after level, and bounds that no plan is below."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ids import Level
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values, total
from scheduler.model.build import build
from scheduler.search import bundles as module
from scheduler.search.bundles import Blended, Bundle, blended, bundle_from, bundles_of
from scheduler.solvers.cp_sat import Engine
from tests.scheduler.random_problems import case

PLANS = [list(values) for values in product((0, 1), repeat=4)]
GOALS = st.builds(Linear, st.just([0, 1, 2, 3]), st.lists(st.integers(0, 9), min_size=4, max_size=4), st.integers(0, 5))


def most(goal: Linear) -> int:
    return max(goal.value(plan) for plan in PLANS)


def ranks(goals: tuple[Linear, ...], plan: Values) -> tuple[int, ...]:
    return tuple(goal.value(plan) for goal in goals)


def least(several: Blended) -> int:
    return min(several.goal.value(plan) for plan in PLANS)


@given(st.lists(GOALS, min_size=1, max_size=3), st.none() | GOALS)
def test_whoever_is_better_on_a_level_is_better_in_all_and_ties_only_break_ties(
    goals: list[Linear], ties: Linear | None
) -> None:
    several = blended(Bundle(tuple(goals), ties), most)
    for one, other in product(PLANS, repeat=2):
        if ranks(several.parts, one) < ranks(several.parts, other):
            assert several.goal.value(one) < several.goal.value(other)


@given(st.lists(GOALS, min_size=1, max_size=3), st.none() | GOALS, st.integers(0, 200))
def test_no_plan_that_keeps_the_levels_above_is_below_the_bounds(
    goals: list[Linear], ties: Linear | None, short: int
) -> None:
    several = blended(Bundle(tuple(goals), ties), most)
    for plan in PLANS:
        bounds = several.bounds(least(several) - short, plan)
        for number, goal in enumerate(several.goals):
            above = several.goals[:number]
            keeping = [p for p in PLANS if all(g.value(p) <= g.value(plan) for g in above)]
            assert all(goal.value(p) >= bounds[number] for p in keeping)


@given(st.lists(GOALS, min_size=1, max_size=3), st.none() | GOALS)
def test_a_plan_within_the_gap_is_the_best_on_every_level_and_proven_so(
    goals: list[Linear], ties: Linear | None
) -> None:
    several = blended(Bundle(tuple(goals), ties), most)
    best = min(ranks(several.goals, plan) for plan in PLANS)
    bound = least(several)
    for plan in PLANS:
        if several.goal.value(plan) - bound < several.gap:
            assert ranks(several.goals, plan) == best
            assert several.proves(bound, plan)
        if several.proves(bound, plan):
            assert ranks(several.goals, plan) == best


def test_goals_too_large_for_floating_point_are_not_blended(monkeypatch: pytest.MonkeyPatch) -> None:
    goals = tuple(total([v], 99) for v in range(4))
    monkeypatch.setattr(module, "MOST_IN_ALL", 100 * 100)
    assert blended(Bundle(goals), most).goals == goals[:2]
    monkeypatch.setattr(module, "MOST_IN_ALL", 10)
    assert blended(Bundle(goals, goals[3]), most).parts == goals[:1]


def test_bundles_keep_the_order_and_days_break_the_ties_between_them() -> None:
    objectives = {level: total([number]) for number, level in enumerate(Level)}
    fast = [Level.CHANGES, *(level for level in Level if level is not Level.CHANGES)]
    bundles = list(bundles_of(fast, objectives, SOLVING, large=True))
    assert [goal for bundle in bundles for goal in bundle.goals] == [objectives[level] for level in fast]
    assert [bundle.ties for bundle in bundles] == [None, objectives[Level.DAYS], objectives[Level.DAYS], None]
    small = bundles_of(fast, objectives, SOLVING, large=False)
    assert [bundle.ties for bundle in small] == [None, None, objectives[Level.DAYS], None]
    after = bundle_from(bundles, objectives[Level.WAITING])
    assert after == Bundle((objectives[Level.WAITING],), objectives[Level.DAYS])
    other = total([7])
    assert bundle_from(bundles, other) == Bundle((other,))


def test_only_the_first_levels_of_a_group_of_hires_have_no_days_to_break_ties() -> None:
    objectives = {level: total([number]) for number, level in enumerate(Level)}
    top = [Level.ON_TIME, Level.MISSING, Level.EQUITY]
    assert [len(bundle.goals) for bundle in bundles_of(top, objectives, SOLVING, large=True)] == [3]


@pytest.mark.parametrize("seed", range(12))
def test_the_most_of_a_goal_has_the_best_place_of_each_block_or_none_and_each_helper_at_its_best(seed: int) -> None:
    now, chance = case(seed), Random(seed)
    variables = build(now.problem, now.planning_date, None).variables
    low, high = variables.linear_model.low, variables.linear_model.high
    terms = [(chance.randrange(len(low)), chance.randrange(-9, 10)) for _ in range(2 * len(low))]
    goal = Linear([variable for variable, _ in terms], [coef for _, coef in terms], 7)
    coefs = [sum(coef for variable, coef in terms if variable == own) for own in range(len(low))]
    decisions = len(variables.candidates)
    best = [
        max(0, *(coefs[c.variable] for c in own))
        for need in variables.needs
        for block in need.blocks
        if (own := variables.of_block(need, block))
    ]
    helpers = [max(coefs[v] * low[v], coefs[v] * high[v]) for v in range(decisions, len(low))]
    assert variables.most(goal) == 7 + sum(best) + sum(helpers)
    blocks = [(c.need.key, c.block.modules) for c in variables.candidates]
    assert [blocks.index(block) for block in blocks] == [
        variables.block_numbers.tolist().index(number) for number in variables.block_numbers
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_makes_more_of_a_level_than_the_most(seed: int) -> None:
    now = case(seed)
    model = build(now.problem, now.planning_date, None)
    linear_model = model.variables.linear_model
    for goal in model.objectives.values():
        engine = Engine(linear_model.low, linear_model.high, linear_model.rows, 1)
        highest = engine.minimise(Linear().add(goal, -1), hint=None, seconds=60)
        assert highest.infeasible or highest.bound is not None
        assert highest.bound is None or -highest.bound <= model.variables.most(goal)
