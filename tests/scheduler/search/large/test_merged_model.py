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
from scheduler.search.large.alike_hires import AlikeHires
from scheduler.search.large.merged_model import MergedModel, merged_model_of
from terminsplan.mip_beside import highs_processes
from tests.scheduler.build import EARLY, hire, problem, programme, round_
from tests.scheduler.crowds import settled_crowd

SEEDS = 25


@cache
def planned() -> list[tuple[str, Model, MergedModel, Values]]:
    """Crowds, and a good plan for each."""
    found = []
    for seed in range(SEEDS):
        now = settled_crowd(seed)
        made = plan_term(
            now.problem,
            now.planning_date,
            input_sha256="",
            options=Options(max_seconds=2.0, suggestions=False),
            mip=highs_processes,
        ).plan
        if made is not None:
            model = build(now.problem, now.planning_date, None)
            merged = merged_model_of(model.variables, list(model.objectives.values()))
            seats = {(b.hire, b.programme, b.session) for b in made.bookings}
            taken = [
                c.variable
                for c in model.variables.candidates
                if all((*c.need.key, s.id) in seats for s in c.offer.sessions)
            ]
            found.append((f"seed {seed}", model, merged, model.variables.linear_model.complete(taken)))
    return found


def test_there_and_back_every_goal_is_worth_the_same_and_every_row_holds() -> None:
    with_kinds = torn_apart = 0
    for where, model, merged, values in planned():
        assert merged.whole.holds(np.array(values, np.float64)), where
        x = merged.point(values)
        assert merged.program.holds(x), where
        goals = model.objectives
        worth = {level: goal.value(values) for level, goal in goals.items()}
        assert {level: merged.goal(goal).value(x) for level, goal in goals.items()} == worth, where
        back, not_dealt = merged.values(x)
        with_kinds += bool(merged.kinds)
        torn_apart += bool(not_dealt)
        if not not_dealt:
            assert back is not None, where
            assert {level: goal.value(back) for level, goal in goals.items()} == worth, where
        if back is not None:
            assert merged.whole.holds(np.array(back, np.float64)), where
            for kind in merged.kinds:
                assert _left(merged, kind, x, back).sum() == 0 or kind in not_dealt, where
            assert all(_left(merged, kind, x, back).sum() > 0 for kind in not_dealt), where
    assert with_kinds >= 10
    assert torn_apart <= with_kinds // 5


def _left(merged: MergedModel, kind: AlikeHires, x: np.ndarray, back: Values) -> np.ndarray:
    """What is in the sums of a kind and not in its hires' seats."""
    left: np.ndarray = x[merged.column_of[kind.members[0]]] - np.array(back)[kind.members].sum(axis=0)
    assert (left >= 0).all()
    return left


def test_apart_the_hires_have_columns_of_their_own_and_goals_are_worth_the_same() -> None:
    for where, model, merged, values in planned():
        if not merged.kinds:
            continue
        apart = merged.apart(merged.kinds[:1])
        assert len(apart.kinds) == len(merged.kinds) - 1, where
        assert len(apart.columns) == len(merged.columns) + merged.kinds[0].members[1:].size, where
        for goal in model.objectives.values():
            assert apart.goal(goal).value(apart.point(values)) == goal.value(values), where


def test_a_sum_that_cannot_be_dealt_out_names_the_kind() -> None:
    """Two may go, but to three days of a week that allows one
    each: the sums of two weeks hide what one week cannot hold.
    """
    rounds = [round_(f"R{n}", f"P{n}", f"1 09-0{n}", seats=2) for n in (1, 2, 3)]
    needs = [programme(f"P{n}") for n in (1, 2, 3)]
    term = problem(*needs, *rounds, hire("anna"), hire("bo"), weekly_cap=1, weekly_cap_with_cases=1)
    model = build(term, EARLY, None)
    merged = merged_model_of(model.variables, [model.objectives[Level.ON_TIME]])
    (kind,) = merged.kinds
    x = np.zeros(len(merged.columns))
    x[merged.column_of[kind.members[0]]] = (1.0, 1.0, 1.0)
    assert not merged.program.holds(x)
    back, not_dealt = merged.values(x)
    assert not_dealt == (kind,)
    assert back is not None
    assert sum(back[: kind.members.size]) == 2


def test_behind_a_column_are_the_decisions_that_its_helper_is_made_of() -> None:
    helpers = 0
    for where, model, merged, _ in planned():
        whole = merged.apart(merged.kinds)
        for column in range(len(whole.columns)):
            behind = whole.behind(column).tolist()
            assert sorted(behind) == sorted(model.variables.linear_model.support([column])), where
            helpers += behind != [column]
    assert helpers > SEEDS


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
