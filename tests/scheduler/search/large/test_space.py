"""There and back: a plan and its sums are worth the same in every goal, and what is dealt out again keeps every row."""

from __future__ import annotations

from functools import cache

import numpy as np

from benchmarks import generate
from models.ids import Level
from scheduler.linear.model import LinearModel, Values
from scheduler.model.build import Model, build
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from scheduler.search.large.alike import Kind
from scheduler.search.large.space import Space, space_of
from terminsplan.mip_beside import beside
from tests.scheduler.build import EARLY, hire, problem, programme, round_
from tests.scheduler.crowds import settled_crowd

SEEDS = 25


@cache
def planned() -> list[tuple[str, Model, Space, Values]]:
    """Crowds, and a good plan for each."""
    found = []
    for seed in range(SEEDS):
        now = settled_crowd(seed)
        made = plan_term(
            now.problem,
            now.planning_date,
            input_sha256="",
            options=Options(max_seconds=2.0, suggestions=False),
            mip=beside,
        ).plan
        if made is not None:
            model = build(now.problem, now.planning_date, None)
            space = space_of(model.variables, list(model.objectives.values()))
            seats = {(b.hire, b.programme, b.session) for b in made.bookings}
            taken = [
                c.variable
                for c in model.variables.candidates
                if all((*c.need.key, s.id) in seats for s in c.offer.sessions)
            ]
            found.append((f"seed {seed}", model, space, model.variables.linear_model.complete(taken)))
    return found


def test_there_and_back_every_goal_is_worth_the_same_and_every_row_holds() -> None:
    merged = torn_apart = 0
    for where, model, space, values in planned():
        assert space.whole.holds(np.array(values, np.float64)), where
        x = space.point(values)
        assert space.program.holds(x), where
        goals = model.objectives
        worth = {level: goal.value(values) for level, goal in goals.items()}
        assert {level: space.goal(goal).value(x) for level, goal in goals.items()} == worth, where
        back, torn = space.values(x)
        merged += bool(space.kinds)
        torn_apart += bool(torn)
        if not torn:
            assert back is not None, where
            assert {level: goal.value(back) for level, goal in goals.items()} == worth, where
        if back is not None:
            assert space.whole.holds(np.array(back, np.float64)), where
            for kind in space.kinds:
                assert _left(space, kind, x, back).sum() == 0 or kind in torn, where
            assert all(_left(space, kind, x, back).sum() > 0 for kind in torn), where
    assert merged >= 10
    assert torn_apart <= merged // 5


def _left(space: Space, kind: Kind, x: np.ndarray, back: Values) -> np.ndarray:
    """What is in the sums of a kind and not in its hires' seats."""
    left: np.ndarray = x[space.into[kind.members[0]]] - np.array(back)[kind.members].sum(axis=0)
    assert (left >= 0).all()
    return left


def test_apart_the_hires_have_columns_of_their_own_and_goals_are_worth_the_same() -> None:
    for where, model, space, values in planned():
        if not space.kinds:
            continue
        apart = space.apart(space.kinds[:1])
        assert len(apart.kinds) == len(space.kinds) - 1, where
        assert len(apart.columns) == len(space.columns) + space.kinds[0].members[1:].size, where
        for goal in model.objectives.values():
            assert apart.goal(goal).value(apart.point(values)) == goal.value(values), where


def test_a_sum_that_cannot_be_dealt_out_names_the_kind() -> None:
    """Two may go, but to three days of a week that allows one each: the sums of two weeks hide what one week cannot hold."""
    rounds = [round_(f"R{n}", f"P{n}", f"1 09-0{n}", seats=2) for n in (1, 2, 3)]
    needs = [programme(f"P{n}") for n in (1, 2, 3)]
    term = problem(*needs, *rounds, hire("anna"), hire("bo"), weekly_cap=1, weekly_cap_with_cases=1)
    model = build(term, EARLY, None)
    space = space_of(model.variables, [model.objectives[Level.ON_TIME]])
    (kind,) = space.kinds
    x = np.zeros(len(space.columns))
    x[space.into[kind.members[0]]] = (1.0, 1.0, 1.0)
    assert not space.program.holds(x)
    back, torn = space.values(x)
    assert torn == (kind,)
    assert back is not None
    assert sum(back[: kind.members.size]) == 2


def test_every_row_of_a_helper_names_only_what_it_hangs_on() -> None:
    """Else a program over the columns that a goal needs would leave the row out, and its bound would lie too low."""
    models = [build(generate.city(1), generate.PLANNING_DATE, None), *(model for _, model, _, _ in planned())]
    for model in models:
        hangs_on = _hangs_on(model.variables.linear_model)
        for row in model.variables.linear_model.rows:
            helpers = [v for v in row.variables if v in hangs_on]
            if helpers and row.rule is None:
                assert any(set(row.variables) - {helper} <= hangs_on[helper] for helper in helpers), row


def _hangs_on(linear_model: LinearModel) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for helper, support in linear_model.helpers():
        found[helper] = set(support).union(*(found.get(v, set()) for v in support))
    return found
