"""Planned group by group, a term comes to the same levels, as proven, as planned whole; and it is checked as a whole."""

from __future__ import annotations

import os
from datetime import date
from random import Random

import pytest

from models.ids import Stability
from models.plan import Plan
from models.problem import TermProblem
from scheduler.components import groups_of
from scheduler.group import Job, Watch, plan_group
from scheduler.outcome import Ending, Options, Outcome
from scheduler.plan import plan_term
from scheduler.solve import Clock
from scheduler.verify import check
from tests.scheduler.random_problems import replan_case
from tests.scheduler.regions import several

CASES = int(os.environ.get("TERMINSPLAN_CASES", "500")) // 10
CHUNK = 10


def by_groups(problem: TermProblem, today: date, previous: Plan | None, options: Options) -> Outcome:
    sha256 = None if previous is None else ""
    return plan_term(problem, today, input_sha256="", options=options, previous=previous, previous_sha256=sha256)


def whole(problem: TermProblem, today: date, previous: Plan | None, options: Options) -> Outcome:
    job = Job(problem, today, "", options, previous, None if previous is None else "")
    return plan_group(job, Watch(Clock(options.max_seconds), lambda _: None, lambda: False))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_groups_and_the_whole_come_to_the_same(first: int) -> None:
    fell_apart = 0
    for seed in range(first, min(first + CHUNK, CASES)):
        now, previous = several(seed), None
        for step in range(3):
            stability = Random(seed + step).choice(list(Stability))
            options = Options(stability=stability, suggestions=False)
            fell_apart += len(groups_of(now.problem, now.planning_date, previous)) > 1
            one, other = (plan(now.problem, now.planning_date, previous, options) for plan in (by_groups, whole))
            agree(one, other, f"seed {seed}, step {step}")
            if one.plan is None:
                break
            assert check(now.problem, one.plan, previous).violations == (), f"seed {seed}, step {step}"
            previous = one.plan
            now = replan_case(3 * seed + step, now, previous)
    assert fell_apart


def agree(one: Outcome, other: Outcome, where: str) -> None:
    assert one.ending is other.ending, where
    assert sorted(c.bookings for c in one.conflicts) == sorted(c.bookings for c in other.conflicts), where
    if one.plan is None or other.plan is None:
        return
    assert one.ending is Ending.PROVEN, where
    assert one.plan.levels == other.plan.levels, where
    for plan in (one.plan, other.plan):
        assert [r.round for r in plan.rounds] == sorted(r.round for r in plan.rounds)
    assert [(r.hire, r.programme) for r in one.plan.requirements] == [
        (r.hire, r.programme) for r in other.plan.requirements
    ], where
    assert (one.changes is None) == (other.changes is None)
