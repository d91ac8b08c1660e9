"""The levels one after the other: their order, what is kept, how time is shared, and what a stop leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from models.ids import Level, Stability
from scheduler.levels import SOLVING
from scheduler.linear.model import Linear, Values, total
from scheduler.linear.rows import Row
from scheduler.search.lexicographic import LexicographicSolve, Solution, level_order
from scheduler.search.progress import Progress
from scheduler.solvers.cp_sat import Answer, Engine
from tests.scheduler.clocks import PaperClock

ALL = tuple(Level)


@pytest.mark.parametrize("stability", list(Stability))
def test_a_first_plan_has_no_level_of_changes(stability: Stability) -> None:
    expected = tuple(level for level in ALL if level is not Level.CHANGES)
    assert level_order(stability, replanning=False) == expected


def test_a_careful_re_plan_solves_the_levels_as_they_stand() -> None:
    assert level_order(Stability.CAREFUL, replanning=True) == ALL


def test_a_fast_re_plan_solves_changes_first_and_the_rest_as_they_stand() -> None:
    rest = tuple(level for level in ALL if level is not Level.CHANGES)
    assert level_order(Stability.FAST, replanning=True) == (Level.CHANGES, *rest)


def test_a_free_re_plan_leaves_changes_out() -> None:
    assert Level.CHANGES not in level_order(Stability.FREE, replanning=True)


# --- with an engine of paper, so that time is what the test says ------------------------------------------------------


@dataclass
class PaperEngine:
    """Gives the answers written down, each after some seconds, and keeps what it was asked."""

    clock: PaperClock
    answers: list[tuple[Answer, float]]
    asked: list[tuple[Values | None, float]] = field(default_factory=list)
    caps: list[int] = field(default_factory=list)

    def cap(self, expression: Linear, high: int) -> None:
        self.caps.append(high)

    finished: bool = False

    def finish(self) -> None:
        self.finished = True

    def minimise(self, goal: Linear, *, hint: Values | None, seconds: float, **told: Any) -> Answer:  # noqa: ANN401
        self.asked.append((hint, seconds))
        answer, took = self.answers.pop(0)
        self.clock.go_on(took)
        return answer


def lexicographic_solve(
    engine: PaperEngine,
    goals: Sequence[tuple[Level, Linear]],
    should_stop: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    after: Solution | None = None,
    *,
    bundled: bool = False,
) -> Solution:
    runner = LexicographicSolve(
        engine,
        goals,
        SOLVING,
        clock=engine.clock,
        on_progress=on_progress,
        should_stop=should_stop,
        bundled=bundled,
    )
    return runner.run([0, 0, 0], after)


def found(values: Values, value: int, bound: int) -> Answer:
    return Answer(values, value, bound, infeasible=False)


NOTHING_FOUND = Answer(None, None, None, infeasible=False)
# Each variable alone; a first level that is 1 whatever is chosen is never at its floor of nought.
GOALS = [(Level.ON_TIME, total([0])), (Level.MISSING, total([1])), (Level.EQUITY, total([2]))]


def told(solution: Solution) -> list[tuple[Level, int, int | None]]:
    return [(done.level, done.value, done.bound) for done in solution.levels]


def test_each_level_is_kept_at_its_value_and_hints_the_next() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 9, 9], 3, 3), 1), (found([3, 4, 9], 4, 4), 1), (found([3, 4, 5], 5, 5), 1)])
    solution = lexicographic_solve(engine, GOALS)
    assert told(solution) == [(Level.ON_TIME, 3, 3), (Level.MISSING, 4, 4), (Level.EQUITY, 5, 5)]
    assert engine.caps == [3, 4, 5]
    assert [hint for hint, _ in engine.asked] == [[0, 0, 0], [3, 9, 9], [3, 4, 9]]


def test_the_engine_is_told_that_no_goal_follows_even_where_nothing_is_found() -> None:
    for answers in ([found([3, 0, 0], 3, 3)], [NOTHING_FOUND]):
        engine = PaperEngine(PaperClock(60.0), [(answer, 1) for answer in answers])
        lexicographic_solve(engine, GOALS)
        assert engine.finished


def test_a_level_that_became_better_with_one_after_it_is_kept_as_it_is_now() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 9, 9], 3, 1), 1), (found([2, 4, 9], 4, 4), 1), (found([2, 4, 5], 5, 5), 1)])
    assert told(lexicographic_solve(engine, GOALS)) == [
        (Level.ON_TIME, 3, 1),
        (Level.MISSING, 4, 4),
        (Level.EQUITY, 5, 5),
    ]
    assert engine.caps == [3, 2, 4, 5]


def test_a_level_already_at_its_floor_is_proven_without_being_solved() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 0, 2], 3, 3), 1), (found([3, 0, 1], 1, 1), 1)])
    assert told(lexicographic_solve(engine, GOALS)) == [
        (Level.ON_TIME, 3, 3),
        (Level.MISSING, 0, 0),
        (Level.EQUITY, 1, 1),
    ]
    assert len(engine.asked) == 2


def test_levels_that_were_never_reached_keep_their_value_without_a_bound() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 4, 5], 3, 2), 60)])
    assert told(lexicographic_solve(engine, GOALS)) == [
        (Level.ON_TIME, 3, 2),
        (Level.MISSING, 4, None),
        (Level.EQUITY, 5, None),
    ]


def test_a_level_that_runs_out_of_time_leaves_time_for_the_next() -> None:
    clock = PaperClock(240.0)
    engine = PaperEngine(clock, [(found([3, 4, 5], 3, 1), 120), (NOTHING_FOUND, 60), (found([3, 4, 0], 0, 0), 5)])
    assert told(lexicographic_solve(engine, GOALS)) == [
        (Level.ON_TIME, 3, 1),
        (Level.MISSING, 4, 0),
        (Level.EQUITY, 0, 0),
    ]
    assert [seconds for _, seconds in engine.asked] == [120, 60, 60]


def test_what_a_level_leaves_over_goes_to_the_next_ones() -> None:
    clock = PaperClock(240.0)
    engine = PaperEngine(clock, [(found([3, 4, 5], 3, 3), 30), (found([3, 4, 5], 4, 4), 0), (NOTHING_FOUND, 0)])
    lexicographic_solve(engine, GOALS)
    assert [seconds for _, seconds in engine.asked] == [120, 105, 210]


def test_the_first_level_of_a_bundle_has_half_of_the_time_of_those_proven_with_it_and_leaves_them_the_rest() -> None:
    goals = [(level, total([0], 1, 1)) for level in (Level.RESERVE, Level.WAITING, Level.STAFFING, Level.DAYS)]
    clock = PaperClock(88.0)
    engine = PaperEngine(clock, [(found([3, 4, 5], 4, 1), 36), *[(NOTHING_FOUND, 0)] * 3])
    lexicographic_solve(engine, goals, bundled=True)
    assert [SOLVING[level].share for level, _ in goals] == [6, 6, 6, 4]
    assert [seconds for _, seconds in engine.asked] == [88 * 9 / 22, 52 * 6 / 16, 52 * 8 / 10, 52]


def test_in_a_replan_the_levels_down_to_changes_have_the_most_of_the_time() -> None:
    goals = [(level, total([0], 1, 1)) for level in (Level.ON_TIME, Level.MISSING, Level.CHANGES, Level.EQUITY)]
    engine = PaperEngine(PaperClock(102.0), [(found([3, 4, 5], 4, 4), 0), *[(NOTHING_FOUND, 0)] * 3])
    lexicographic_solve(engine, goals)
    shares = [4 * SOLVING[level].share for level, _ in goals[:3]] + [SOLVING[Level.EQUITY].share]
    assert [seconds for _, seconds in engine.asked] == [102 * s / sum(shares[n:]) for n, s in enumerate(shares)]
    assert shares[2] > 2 * shares[3]


def test_an_answer_worse_than_what_is_known_is_left() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 4, 0], 3, 3), 1), (found([3, 6, 0], 6, 2), 1)])
    solution = lexicographic_solve(engine, GOALS[:2])
    assert told(solution) == [(Level.ON_TIME, 3, 3), (Level.MISSING, 4, 2)]
    assert solution.values == [3, 4, 0]


def test_levels_solved_before_are_kept_and_not_solved_again() -> None:
    first = lexicographic_solve(
        PaperEngine(PaperClock(60.0), [(found([3, 4, 0], 3, 3), 1), (found([3, 4, 5], 4, 2), 1)]), GOALS[:2]
    )
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 4, 2], 2, 2), 1)])
    assert told(lexicographic_solve(engine, GOALS, after=first)) == [
        (Level.ON_TIME, 3, 3),
        (Level.MISSING, 4, 2),
        (Level.EQUITY, 2, 2),
    ]
    assert engine.caps == [3, 4, 2]
    assert engine.asked == [([3, 4, 5], 60)]


def test_without_any_assignment_there_are_no_levels() -> None:
    clock = PaperClock(60.0)
    assert lexicographic_solve(PaperEngine(clock, [(NOTHING_FOUND, 60)]), GOALS) == Solution(None, (), False, False)
    infeasible = Answer(None, None, None, infeasible=True)
    assert lexicographic_solve(PaperEngine(clock, [(infeasible, 1)]), GOALS) == Solution(None, (), True, False)


def test_a_stop_keeps_the_best_so_far_and_no_further_level_is_solved() -> None:
    clock = PaperClock(60.0)
    engine = PaperEngine(clock, [(found([3, 4, 0], 3, 3), 1)])
    solution = lexicographic_solve(engine, GOALS, should_stop=lambda: clock.spent > 0)
    assert solution.stopped
    assert told(solution) == [(Level.ON_TIME, 3, 3), (Level.MISSING, 4, None), (Level.EQUITY, 0, 0)]


def test_a_stop_before_any_assignment_leaves_nothing() -> None:
    clock = PaperClock(60.0)
    solution = lexicographic_solve(PaperEngine(clock, [(NOTHING_FOUND, 0)]), GOALS, should_stop=lambda: True)
    assert (solution.values, solution.levels, solution.stopped) == (None, (), True)


def test_progress_tells_which_level_of_how_many_is_being_solved() -> None:
    clock = PaperClock(60.0)
    seen: list[Progress] = []
    engine = PaperEngine(clock, [(found([3, 4, 0], 3, 3), 1), (found([3, 2, 0], 2, 2), 1)])
    lexicographic_solve(engine, GOALS, on_progress=seen.append)
    assert [(p.level, p.number, p.of, p.value) for p in seen] == [(Level.ON_TIME, 1, 3, None), (Level.MISSING, 2, 3, 4)]


# --- the engine itself ---------------------------------------------------------------------------------------------


def engine_of(*rows: Row) -> Engine:
    """Three variables from 0 to 5 with some rows."""
    return Engine([0, 0, 0], [5, 5, 5], rows, seed=1)


def test_the_engine_proves_a_minimum_and_says_its_bound() -> None:
    at_least_four = Row([0, 1], [1, 2], 4, 100)
    answer = engine_of(at_least_four).minimise(total([0, 1], constant=10), hint=None, seconds=60.0)
    assert (answer.value, answer.bound, answer.proven, answer.infeasible) == (12, 12, True, False)


def test_the_engine_keeps_what_was_capped() -> None:
    engine = engine_of(Row([0, 1], [1, 1], 4, 100))
    engine.cap(total([0], constant=3), 4)
    assert engine.minimise(total([1]), hint=None, seconds=60.0).value == 3


def test_the_engine_adds_up_coefficients_of_one_variable() -> None:
    twice = Row([0, 0], [1, 1], 4, 4)
    assert engine_of(twice).minimise(Linear([0, 0], [1, 1]), hint=None, seconds=60.0).value == 4


def test_the_engine_says_when_nothing_can_be_found() -> None:
    answer = engine_of(Row([0], [1], 6, 100)).minimise(Linear(), hint=None, seconds=60.0)
    assert (answer.values, answer.infeasible, answer.proven) == (None, True, False)


def test_the_engine_needs_no_goal() -> None:
    answer = engine_of(Row([0], [1], 2, 2)).minimise(Linear(constant=7), hint=None, seconds=60.0)
    assert (answer.value, answer.bound) == (7, 7)
