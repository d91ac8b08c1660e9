"""Branching on which rounds run: what it proves, the engine proves too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.ids import Level
from scheduler.draft import Values
from scheduler.engine import Answer, Engine
from scheduler.model import Model, build
from scheduler.tree import Case, RoundTree
from tests.scheduler.random_problems import case
from tests.scheduler.test_turns import crowd

SECONDS = 20.0


def deciding(model: Model) -> list[int]:
    return sorted({*model.variables.running(), *model.objectives[Level.ROUNDS].variables})


def plain(model: Model) -> Engine:
    draft = model.variables.draft
    return Engine(draft.low, draft.high, draft.rows, 1)


def asking(engine: Engine, model: Model, level: Level) -> Callable[[Case, Values, object, object], Answer]:
    def ask(settled: Case, values: Values, unused: object, bound: object) -> Answer:
        with engine.settled(settled):
            return engine.minimise(model.objectives[level], hint=values, seconds=SECONDS)

    return ask


@pytest.mark.parametrize("first", [0, 20, 40])
@pytest.mark.parametrize("most", [1, 200])
def test_bounds_never_exceed_the_best_and_enough_cases_reach_it(first: int, most: int) -> None:
    levels = 0
    for seed in range(first, first + 20):
        now = case(seed)
        model = build(now.problem, now.planning_date, None)
        engine, tree = plain(model), RoundTree(model.variables.draft, deciding(model))
        start = engine.minimise(model.objectives[Level.DAYS], hint=None, seconds=SECONDS).values
        if start is None:
            continue
        for level, goal in model.objectives.items():
            exact = engine.minimise(goal, hint=start, seconds=SECONDS)
            assert exact.proven
            assert exact.value is not None
            best, bound = tree.search(goal, start, asking(engine, model, level), most, lambda: SECONDS)
            assert bound <= exact.value <= goal.value(best), (seed, level)
            if most > 1:
                assert bound == goal.value(best) == exact.value, (seed, level)
            levels += 1
            assert exact.values is not None
            start = exact.values
            for each in (engine, tree):
                each.cap(goal, exact.value)
    assert levels >= 50


def test_a_settled_variable_is_free_again_afterwards() -> None:
    model = crowd()
    engine, goal = plain(model), model.objectives[Level.ON_TIME]
    before = engine.minimise(goal, hint=None, seconds=SECONDS).value
    with engine.settled({c.variable: 0 for c in model.variables.candidates}):
        assert engine.minimise(goal, hint=None, seconds=SECONDS).value != before
    assert engine.minimise(goal, hint=None, seconds=SECONDS).value == before
