"""Planned group by group, a term comes to the same levels,
as proven, as planned whole; and it is checked as a whole.
"""

from __future__ import annotations

import os
from datetime import date
from random import Random
from time import monotonic
from typing import Any

import pytest

from models.ids import Level, RoundStatus, Stability
from models.plan import Plan
from models.problem import TermProblem
from scheduler.answers.differences import SeatKey, lost_seats
from scheduler.plan import first_levels
from scheduler.plan import term as planning
from scheduler.plan.first_levels import FirstLevels, solve_equity, solve_first_levels
from scheduler.plan.group import plan_group
from scheduler.plan.groups import groups_of
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.task import GroupTask, Watch
from scheduler.plan.term import plan_term
from scheduler.solvers.clock import Clock
from scheduler.verify import check
from tests.scheduler.build import at, day, hire, plan, problem, programme, round_, seats_of
from tests.scheduler.random_problems import replan_case
from tests.scheduler.regions import several

CASES = int(os.environ.get("TERMINSPLAN_CASES", "500")) // 10
CHUNK = 10


def by_groups(problem: TermProblem, today: date, previous: Plan | None, options: Options) -> Outcome:
    sha256 = None if previous is None else ""
    return plan_term(problem, today, input_sha256="", options=options, previous=previous, previous_sha256=sha256)


def whole(problem: TermProblem, today: date, previous: Plan | None, options: Options) -> Outcome:
    task = GroupTask(problem, today, "", options, previous, None if previous is None else "")
    return plan_group(task, Watch(Clock.start(monotonic, options.max_seconds), lambda _: None, lambda: False))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_groups_and_the_whole_come_to_the_same(first: int) -> None:
    fell_apart = 0
    for seed in range(first, min(first + CHUNK, CASES)):
        now, previous = several(seed), None
        for step in range(3):
            stability = Random(seed + step).choice(list(Stability))
            options = Options(stability=stability, suggestions=False)
            fell_apart += len(groups_of(now.problem, now.planning_date, previous)) > 1
            one, other = (way(now.problem, now.planning_date, previous, options) for way in (by_groups, whole))
            agree(one, other, f"seed {seed}, step {step}")
            if one.plan is None:
                break
            assert check(now.problem, one.plan, previous).violations == (), f"seed {seed}, step {step}"
            assert set(one.causes) == lost(previous, one), f"seed {seed}, step {step}"
            assert set(other.causes) == lost(previous, other), f"seed {seed}, step {step}"
            previous = one.plan
            now = replan_case(3 * seed + step, now, previous)
    assert fell_apart


def lost(previous: Plan | None, outcome: Outcome) -> set[SeatKey]:
    """The seats of the earlier plan that are gone: each has its cause told, if only as unknown."""
    if previous is None or outcome.plan is None:
        return set()
    return {key for key, _ in lost_seats(previous, outcome.plan)}


def agree(one: Outcome, other: Outcome, where: str) -> None:
    assert one.ending is other.ending, where
    assert sorted(c.bookings for c in one.conflicts) == sorted(c.bookings for c in other.conflicts), where
    if one.plan is None or other.plan is None:
        return
    assert one.ending is Ending.PROVEN, where
    assert one.plan.levels == other.plan.levels, where
    assert [r.round for r in one.plan.rounds] == [r.round for r in other.plan.rounds], where
    assert [(r.hire, r.programme) for r in one.plan.requirements] == [
        (r.hire, r.programme) for r in other.plan.requirements
    ], where


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.5])
@pytest.mark.parametrize("seed", [5, 7])
def test_a_tiny_limit_gives_a_plan_that_breaks_nothing_or_none(seconds: float, seed: int) -> None:
    now = several(seed)
    outcome = by_groups(now.problem, now.planning_date, None, Options(max_seconds=seconds, suggestions=False))
    assert (outcome.plan is None) == (outcome.ending is Ending.NOTHING)
    if outcome.plan is not None:
        report = check(now.problem, outcome.plan)
        assert report.violations == ()
        assert {level.name: level.value for level in outcome.plan.levels} == {
            level.name: report.levels[level.name] for level in outcome.plan.levels
        }
        assert all(level.bound is None or level.bound <= level.value for level in outcome.plan.levels)


def test_a_group_without_a_plan_after_the_first_stage_has_another_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlucky(task: GroupTask, watch: Watch) -> FirstLevels:
        return FirstLevels(None, ()) if task.problem.hires[0].id.startswith("h1") else solve_first_levels(task, watch)

    now, options = several(7), Options(suggestions=False)
    lucky = by_groups(now.problem, now.planning_date, None, options)
    monkeypatch.setattr(planning, "solve_first_levels", unlucky)
    outcome = by_groups(now.problem, now.planning_date, None, options)
    assert outcome.plan is not None
    assert lucky.plan is not None
    assert (outcome.ending, outcome.plan.levels) == (Ending.PROVEN, lucky.plan.levels)


def test_groups_that_leave_equity_to_a_stage_of_its_own_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """In that stage some are asked, and some need not be."""
    asked: list[bool] = []

    def counted(task: GroupTask, watch: Watch, first: FirstLevels, wanted: bool) -> FirstLevels:
        asked.append(wanted)
        return solve_equity(task, watch, first, wanted)

    monkeypatch.setattr(first_levels, "is_large", lambda _: True)
    monkeypatch.setattr(planning, "solve_equity", counted)
    for seed in range(12):
        now, options = several(seed), Options(suggestions=False)
        one, other = (way(now.problem, now.planning_date, None, options) for way in (by_groups, whole))
        agree(one, other, f"seed {seed}")
    assert {True, False} == set(asked)


def test_without_time_for_equity_nothing_is_told_of_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    now, options = several(7), Options(suggestions=False)
    plan = by_groups(now.problem, now.planning_date, None, options).plan
    assert plan is not None
    assert next(level for level in plan.levels if level.name is Level.EQUITY).proven
    monkeypatch.setattr(first_levels, "is_large", lambda _: True)
    monkeypatch.setattr(planning, "solve_equity", lambda task, watch, first, wanted: first)
    late = by_groups(now.problem, now.planning_date, None, options).plan
    assert late is not None
    equity = next(level for level in late.levels if level.name is Level.EQUITY)
    assert (equity.value > 0, equity.bound, equity.proven) == (True, 0, False)


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_a_stop_gives_a_plan_that_breaks_nothing_or_none(after: int) -> None:
    now, asked = several(7), iter(range(after))
    stop = lambda: next(asked, None) is None  # noqa: E731
    outcome = plan_term(now.problem, now.planning_date, input_sha256="", should_stop=stop)
    assert outcome.ending in (Ending.STOPPED, Ending.PROVEN)
    if outcome.plan is not None:
        assert check(now.problem, outcome.plan).violations == ()


def test_a_region_need_not_be_fairer_than_the_worst_of_all() -> None:
    """Eva can give one course or the other: two hires, or one
    who counts for two and carries cases. Fairness wants the two.
    """
    eva = at("1 09-01", trainers=("Eva",))
    told = {"organisations": ("B",), "status": RoundStatus.PROPOSED}
    parts: list[Any] = [
        programme("P", before_cases=True),
        programme("Q"),
        *(round_(f"{id_}1", id_, eva, **told) for id_ in ("P", "Q")),
        hire("bo", "B", programmes=("P",), priority=2, caseload_start=day("09-14")),
        *(hire(id_, "B", programmes=("Q",)) for id_ in ("bodil", "boel")),
    ]
    assert seats_of(plan(problem(*parts))) == "bodil Q1-1, boel Q1-1"
    without_seat = hire("anna", "A", programmes=("Q",))
    own = round_("A1", "Q", "1 09-01", organisations=("A",), seats=0)
    assert seats_of(plan(problem(*parts, own, without_seat))) == "bo P1-1"
