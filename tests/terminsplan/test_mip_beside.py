"""HiGHS in a real process: the same answer as here, one process for all tasks, and what happens when it ends too early."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess

import pytest

from benchmarks import generate
from models.ids import Level
from scheduler.large.program import goal_of, program_of
from scheduler.mip import MipAnswer, MipRun, MipTask, solve, task_of
from scheduler.model import build
from terminsplan.mip_beside import beside
from tests.scheduler.random_problems import case


def small() -> MipTask:
    now = case(3)
    model = build(now.problem, now.planning_date, None)
    program = program_of(model.variables.draft, model.variables.draft.rows)
    return task_of(program, goal_of(model.objectives[Level.ON_TIME], len(program.low)), None, 60.0)


def long() -> MipTask:
    """One that HiGHS has work with for several seconds."""
    model = build(generate.city(1), generate.PLANNING_DATE, None)
    program = program_of(model.variables.draft, model.variables.draft.rows)
    return task_of(program, goal_of(model.objectives[Level.DAYS], len(program.low)), None, 60.0)


def answer_of(run: MipRun) -> MipAnswer | None:
    return run.answer(60.0)


def test_one_process_answers_task_after_task_as_it_would_be_here() -> None:
    expected = solve(small())
    assert answer_of(beside(small())) == expected
    processes = active_children()
    assert answer_of(beside(small())) == expected
    assert active_children() == processes


def test_who_is_left_ends_and_the_next_task_finds_another() -> None:
    run = beside(long())
    busy = active_children()
    assert run.answer(0) is None
    run.leave()
    assert_ended(busy)
    assert answer_of(beside(small())) == solve(small())


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_that_the_system_ends_has_found_nothing() -> None:
    run = beside(long())
    for process in active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    assert answer_of(run) == MipAnswer(None, None)


def assert_ended(processes: Sequence[BaseProcess]) -> None:
    until = time.monotonic() + 20
    while any(process in active_children() for process in processes):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_task_that_highs_refuses_finds_nothing_and_the_process_goes_on() -> None:
    assert answer_of(beside(MipTask(b"no program", None, time.time() + 10))) == MipAnswer(None, None)
    assert answer_of(beside(small())) == solve(small())


def answer_beside() -> MipAnswer | None:
    return answer_of(beside(small()))


def test_a_process_that_plans_a_group_may_have_one_beside_it() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        assert executor.submit(answer_beside).result(timeout=60) == solve(small())
