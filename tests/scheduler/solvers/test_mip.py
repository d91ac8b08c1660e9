"""HiGHS: the same proofs as CP-SAT's, whatever the problem."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from models.ids import Level
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values
from scheduler.linear.program import Program, goal_of, program_of
from scheduler.model.build import Model, build
from scheduler.search.bundles import blended, bundles_of
from scheduler.solvers.cp_sat import Engine
from scheduler.solvers.mip import NOTHING, AwaitedRun, CountingMip, MipAnswer, MipRun, MipTask, Way, no_mip, task_of
from terminsplan.mip_beside import highs_processes
from tests.scheduler.crowds import settled_crowd
from tests.scheduler.market_split import market_split
from tests.scheduler.random_problems import Case, case


def solve(task: MipTask) -> MipAnswer:
    answer = highs_processes(task).answer(60.0)
    assert answer is not None
    return answer


def model_of(now: Case) -> Model:
    return build(now.problem, now.planning_date, None)


def program(model: Model) -> Program:
    return program_of(model.variables.linear_model)


@pytest.mark.parametrize("first", [0, 20])
def test_every_level_is_proven_as_cp_sat_proves_it(first: int) -> None:
    levels = 0
    for seed in range(first, first + 20):
        for now in (case(seed), settled_crowd(seed)):
            levels += _proven_alike(model_of(now), f"seed {seed}")
    assert levels >= 200


def _proven_alike(model: Model, where: str) -> int:
    """Level by level; how many there were (none where given bookings conflict)."""
    linear_model, rows = model.variables.linear_model, program(model)
    engine, best = Engine(linear_model.low, linear_model.high, linear_model.rows, 1), model.start
    for level, goal in model.objectives.items():
        exact = engine.minimise(goal, hint=best, seconds=60.0)
        aim = goal_of(goal, len(rows.low))
        found = solve(task_of(rows, aim, _plan(rows, best), 20.0))
        if exact.infeasible:
            assert found.values is None
            return 0
        assert exact.proven
        assert found.bound == exact.value, f"{where}, {level}"
        assert found.values is not None
        assert goal.value(found.values) == exact.value, f"{where}, {level}"
        assert rows.holds(np.array(found.values, float)), f"{where}, {level}"
        best = exact.values or best
        engine.cap(goal, goal.value(best))
        rows = rows.capped(aim, goal.value(best))
    return len(model.objectives)


@pytest.mark.parametrize("way", list(Way))
def test_levels_together_are_proven_as_cp_sat_proves_each_whatever_the_way(way: Way) -> None:
    together = 0
    for seed in range(15):
        together += _proven_together(model_of(case(seed)), way, f"seed {seed}")
        together += _proven_together(model_of(settled_crowd(seed)), way, f"seed {seed}, crowd")
    assert together >= 120


def _proven_together(model: Model, way: Way, where: str) -> int:
    """How many levels were proven together with others, with just those variables whole that must be."""
    linear_model, rows, seen = model.variables.linear_model, program(model), 0
    rounds = model.objectives[Level.ROUNDS].variables
    half, whole = len(rounds) // 2, sorted({*linear_model.whole, *rounds})
    engine, best = Engine(linear_model.low, linear_model.high, linear_model.rows, 1), model.start
    for bundle in bundles_of(list(model.objectives), model.objectives, SOLVING, large=True):
        several = blended(bundle, model.variables.most)
        settling = task_of(
            rows,
            goal_of(several.goal, len(rows.low)),
            _plan(rows, best),
            20.0,
            several.gap,
            whole=whole,
            first=rounds[:half],
            then=rounds[half:],
            way=way,
        )
        found = solve(settling)
        exact = [_exact(engine, goal, best) for goal in several.goals]
        if None in exact:
            assert found.values is None
            return 0
        assert found.values is not None
        assert found.bound is not None
        best = linear_model.complete(v for v in linear_model.numbers if found.values[v])
        assert [goal.value(best) for goal in several.goals] == exact, where
        assert several.proves(found.bound, best), where
        assert rows.holds(np.array(best, float)), where
        for goal in several.goals:
            rows = rows.capped(goal_of(goal, len(rows.low)), goal.value(best))
        seen += len(several.goals) * (len(several.goals) > 1)
    return seen


def _exact(engine: Engine, goal: Linear, best: Values) -> int | None:
    answer = engine.minimise(goal, hint=best, seconds=60.0)
    if answer.infeasible:
        return None
    assert answer.proven
    assert answer.value is not None
    engine.cap(goal, answer.value)
    return answer.value


def _plan(rows: Program, values: Values) -> Values | None:
    return values if rows.holds(np.array(values, float)) else None


@pytest.mark.parametrize("way", list(Way))
def test_no_time_gives_an_answer_without_a_proof(way: Way) -> None:
    """Of a task that HiGHS never comes to an end with, an answer can only come because its time is limited."""
    task = replace(market_split(0.0), way=way)
    answer = solve(task)
    found = None if answer.values is None else round(float(task.costs @ np.array(answer.values)))
    assert found is None or answer.bound is None or answer.bound < found


def test_no_time_for_a_quick_task_gives_nothing_wrong() -> None:
    model = model_of(case(3))
    rows = program(model)
    task = task_of(rows, goal_of(model.objectives[Level.ON_TIME], len(rows.low)), None, 10.0)
    assert solve(replace(task, seconds=0.0)) in (MipAnswer(None, None), solve(task))


def test_nobody_finds_nothing_and_says_so_at_once() -> None:
    model = model_of(case(3))
    rows = program(model)
    task = task_of(rows, goal_of(model.objectives[Level.MISSING], len(rows.low)), None, 10.0)
    assert no_mip(task).answer(0) == MipAnswer(None, None)


FOUND = MipAnswer([1], 0)


@dataclass
class Slow:
    """A run that answers after so many looks."""

    looks: int
    found: MipAnswer = FOUND
    left: bool = False
    waited: list[float] = field(default_factory=list)

    def __call__(self, task: MipTask) -> MipRun:
        return self

    def answer(self, seconds: float) -> MipAnswer | None:
        self.waited.append(seconds)
        return self.found if len(self.waited) > self.looks else None

    def leave(self) -> None:
        self.left = True


def test_a_run_is_waited_for_until_it_answers_and_asked_no_more_then() -> None:
    slow = Slow(3)
    run = AwaitedRun(slow, lambda: True)
    assert run.at_work()
    assert run.end() == slow.found
    assert run.end() == slow.found
    assert (len(slow.waited), slow.left) == (4, False)


def test_a_run_that_is_late_is_left_and_has_found_nothing() -> None:
    slow = Slow(100)
    assert AwaitedRun(slow, lambda: len(slow.waited) < 5).end() == NOTHING
    assert (len(slow.waited), slow.left) == (5, True)


def test_an_answer_that_comes_just_when_time_is_out_is_taken() -> None:
    slow = Slow(0)
    assert AwaitedRun(slow, lambda: False).end() == slow.found
    assert not slow.left


def test_failures_of_the_solver_are_counted_beside_earlier_ones() -> None:
    model = model_of(case(3))
    rows = program(model)
    task = task_of(rows, goal_of(model.objectives[Level.MISSING], len(rows.low)), None, 10.0)
    for failure, failures in (("", 2), ("out of memory", 3)):
        counting = CountingMip(Slow(1, MipAnswer(None, None, failure)), 2)
        AwaitedRun(counting(task), lambda: True).end()
        assert counting.failures == failures
