"""The bound of a level is never above what the exact engine proves for it with the same values kept."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from models.ids import Level
from scheduler.linear.model import Linear, Values, total
from scheduler.linear.program import Goal, Program
from scheduler.model.build import Model, build
from scheduler.search.large.bounds import bound_of_largest, lower_bound
from scheduler.search.large.cut_pool import CutPool
from scheduler.search.large.merged_model import merged_model_of
from scheduler.search.large.relaxed import relaxed
from scheduler.solvers.awaited import Run
from scheduler.solvers.cp_sat import Engine
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Point, RelaxationTask, Relaxer
from tests.scheduler.build import EARLY, booked, hire, problem, programme, round_
from tests.scheduler.clocks import PaperClock
from tests.scheduler.crowds import settled_crowd
from tests.scheduler.random_problems import Case, case
from tests.scheduler.search.large.programs import RELAX, optimum, program, programs, whole

BY_REQUIREMENT = (Level.ON_TIME, Level.MISSING, Level.CASELOAD, Level.WAITING, Level.DAYS)


def proven(model: Model) -> list[tuple[Level, int, Values]]:
    """Every level's value and a plan that has it, by the exact
    engine, one after the other; none where given bookings conflict.
    """
    linear_model = model.variables.linear_model
    engine, best = Engine(linear_model.low, linear_model.high, linear_model.rows, 1), model.start
    values: list[tuple[Level, int, Values]] = []
    for level, goal in model.objectives.items():
        answer = engine.minimise(goal, hint=best, seconds=60.0)
        if answer.infeasible:
            return []
        assert answer.proven
        best = _some(answer.values)
        values.append((level, goal.value(best), best))
        engine.cap(goal, goal.value(best))
    return values


def _some(values: Values | None) -> Values:
    assert values is not None
    return values


@pytest.mark.parametrize("first", [0, 10, 20])
def test_no_level_of_a_random_problem_is_bounded_above_its_proven_value(first: int) -> None:
    levels = 0
    for seed in range(first, first + 10):
        for now in (case(seed), settled_crowd(seed)):
            levels += _bounded(now, f"seed {seed}")
    assert levels >= 50


def _bounded(now: Case, where: str) -> int:
    model = build(now.problem, now.planning_date, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    kept: list[tuple[Goal, int]] = []
    levels = 0
    for levels, (level, value, best) in enumerate(proven(model), 1):  # noqa: B007
        goal = merged.goal(model.objectives[level])
        assert lower_bound(merged, goal, kept, None, 1.0, relax=RELAX) <= value, f"{where}, {level}"
        assert lower_bound(merged, goal, kept, value, 1.0, relax=RELAX) <= value, f"{where}, {level}"
        assert (bound_of_largest(merged, goal, kept, (merged.point(best), value), 1.0, relax=RELAX) or 0) <= value, (
            f"{where}, {level}"
        )
        if level in BY_REQUIREMENT:
            kept.append((goal, value))
    return levels


def test_a_goal_that_names_nothing_costs_no_bound() -> None:
    now = case(1)
    model = build(now.problem, now.planning_date, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    nothing = merged.goal(Linear(constant=7))
    on_time = merged.goal(model.objectives[Level.ON_TIME])
    assert lower_bound(merged, nothing, [(on_time, 10**6)], None, 1.0, relax=RELAX) == 7
    assert lower_bound(merged, on_time, [(nothing, 7)], None, 1.0, relax=RELAX) == lower_bound(
        merged, on_time, [], None, 1.0, relax=RELAX
    )


def test_the_largest_of_sums_is_bounded_by_their_average() -> None:
    """Two administrations, one hire of each and one seat,
    which is Anna's: the larger share is all, the average half.
    """
    parts = (programme(), round_("R", "P", "1 09-01", seats=1), booked("anna", "R-1"))
    model = build(problem(*parts, hire("anna", "A"), hire("bo", "B")), EARLY, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    (worst,) = model.objectives[Level.EQUITY].variables
    assert lower_bound(merged, merged.goal(total([worst])), [], None, 1.0, relax=RELAX) == 500


def test_one_of_the_sums_alone_may_tell_how_low_the_largest_can_be() -> None:
    """Four hires of A share four seats with Bo, who is all of B:
    somebody of A must go without, and one of four in the best plan does.
    """
    parts = (programme(), round_("R", "P", "1 09-01", seats=4))
    model = build(problem(*parts, *(hire(f"a{n}", "A") for n in range(4)), hire("bo", "B")), EARLY, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    goals = model.objectives
    best = model.booking(c.place for c in model.variables.candidates if c.need.hire.id != "a0")
    assert goals[Level.EQUITY].value(best) == 250
    x, (bo,) = merged.point(best), [c.variable for c in model.variables.candidates if c.need.hire.id == "bo"]
    kept = [(merged.goal(total([bo], -1)), -1)]
    equity = merged.goal(goals[Level.EQUITY])
    assert bound_of_largest(merged, equity, kept, (x, 250), 1.0, relax=RELAX) == 250
    assert lower_bound(merged, equity, kept, None, 1.0, relax=RELAX) < 250


def test_a_single_sum_that_proves_the_largest_whatever_is_kept_is_not_bounded_beside_it() -> None:
    """Anna has two programmes on one day: half of what A must have is late, whatever else there is."""
    parts = (programme("P"), programme("Q"), round_("R", "P", "1 09-01"), round_("S", "Q", "1 09-01"))
    model = build(problem(*parts, hire("anna", "A")), EARLY, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    goals = model.objectives
    best = model.booking(c.place for c in model.variables.candidates if c.need.programme.id == "P")
    kept = [(merged.goal(goals[Level.ON_TIME]), goals[Level.ON_TIME].value(best))]
    asked: list[int] = []

    def counting(task: RelaxationTask) -> Run[Point]:
        asked.append(len(task.limits))
        return here(task)

    relax = Relaxer(counting, PaperClock())
    equity = merged.goal(goals[Level.EQUITY])
    plan = (merged.point(best), goals[Level.EQUITY].value(best))
    assert bound_of_largest(merged, equity, kept, plan, 5.0, relax=relax) == plan[1] == 500
    assert asked == [0]


def test_a_relaxation_is_solved_again_with_the_rows_that_it_breaks_and_no_others() -> None:
    """The first two columns exclude each other, which no row of the program says; nothing is said of the third."""
    model = build(problem(programme(), round_("R", "P", "1 09-01"), hire("anna")), EARLY, None)
    room = program([[1, 1, 0], [2, 2, 2]], [-inf, -inf], [2.0, 6.0], [1, 1, 1])
    exclusions = sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    merged = replace(merged_model_of(model.variables, []), program=room, cuts=CutPool(room, exclusions))
    asked: list[int] = []

    def counting(task: RelaxationTask) -> Run[Point]:
        asked.append(len(task.program.row_low))
        return here(task)

    every, goal, relax = np.ones(3, np.bool_), Goal(np.array([-1.0, -1, -1]), 3), Relaxer(counting, PaperClock())
    found = relaxed(merged, goal, every, [(Goal(np.ones(3), 0), 3)], steps=4_000, seconds=60.0, relax=relax, worth=0)
    assert (found.bound, asked) == (1, [2, 3])
    assert relaxed(merged, goal, every, (), steps=4_000, seconds=60.0, relax=relax, worth=1).bound == 1
    assert asked == [2, 3, 3]


def test_a_helper_worth_having_is_not_bounded_by_what_holds_it_up() -> None:
    """The second column is at least the first, which is nought: the most of it is one all the same."""
    model = build(problem(programme(), round_("R", "P", "1 09-01"), hire("anna")), EARLY, None)
    held_up = program([[1, -1], [1, 0]], [-inf, -inf], [0.0, 0.0], [1, 1])
    merged = replace(
        merged_model_of(model.variables, []),
        program=held_up,
        cuts=CutPool(held_up, sparse.csr_array((0, 2))),
        decides=np.array([True, False]),
        ruled=np.array([False, False]),
        depends=sparse.csr_array(np.zeros((2, 2), np.int32)),
    )
    assert lower_bound(merged, Goal(np.array([0.0, -1.0]), 0), [], None, 1.0, relax=RELAX) == -1


@given(programs(), programs())
@settings(max_examples=60, derandomize=True)
def test_a_price_on_what_is_kept_bounds_whatever_keeps_it(
    drawn: tuple[Program, Goal], other: tuple[Program, Goal]
) -> None:
    one, goal = drawn
    above = Goal(np.resize(other[1].costs, len(goal.costs)), other[1].constant)
    value = optimum(one, above)
    if value is not None:
        best = optimum(one.capped(above, value), goal)
        priced = Goal(goal.costs + 2 * above.costs, goal.constant + 2 * (above.constant - value))
        assert best is not None
        assert RELAX(whole(one), priced, accuracy=1e-4, steps=500, seconds=60.0).bound <= best
