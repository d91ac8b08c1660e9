"""HiGHS in a real process: the same answer as here, one
process for all tasks, and what happens when it ends too early.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from dataclasses import replace
from multiprocessing import get_context

import pytest

from models.ids import Level
from scheduler.linear.program import goal_of, program_of
from scheduler.model.build import build
from scheduler.solvers.cp_sat import Engine
from scheduler.solvers.mip import MipAnswer, MipRun, MipTask, task_of
from terminsplan.mip_beside import highs_processes
from terminsplan.solver_processes import Worker
from tests.awaiting import PATIENCE_SECONDS, until
from tests.scheduler.market_split import market_split
from tests.scheduler.random_problems import case


def small() -> MipTask:
    now = case(3)
    model = build(now.problem, now.planning_date, None)
    program = program_of(model.variables.linear_model)
    return task_of(program, goal_of(model.objectives[Level.ON_TIME], len(program.low)), None, 60.0)


def long(seconds: float = 600.0) -> MipTask:
    """One that HiGHS works on for as long as it may."""
    return market_split(seconds)


def answer_of(run: MipRun) -> MipAnswer | None:
    return run.answer(60.0)


def best() -> int:
    """Of the small task, as CP-SAT proves it."""
    now = case(3)
    model = build(now.problem, now.planning_date, None)
    linear_model = model.variables.linear_model
    exact = Engine(linear_model.low, linear_model.high, linear_model.rows, 1).minimise(
        model.objectives[Level.ON_TIME], hint=model.start, seconds=PATIENCE_SECONDS
    )
    assert exact.proven
    assert exact.value is not None
    return exact.value


def process_of(run: MipRun) -> int:
    assert isinstance(run, Worker)
    return run.process.pid


def assert_solved(answer: MipAnswer | None) -> None:
    assert answer is not None
    assert answer.values is not None
    assert answer.bound == best()


def test_one_process_answers_task_after_task() -> None:
    first = highs_processes(small())
    assert_solved(answer_of(first))
    second = highs_processes(small())
    assert_solved(answer_of(second))
    assert process_of(first) == process_of(second)


def test_the_same_task_has_the_same_answer() -> None:
    assert answer_of(highs_processes(small())) == answer_of(highs_processes(small()))


def test_who_is_left_ends_and_the_next_task_finds_another() -> None:
    run = highs_processes(long())
    assert run.answer(0) is None
    run.leave()
    assert isinstance(run, Worker)
    assert not run.alive
    other = highs_processes(small())
    assert_solved(answer_of(other))
    assert process_of(other) != process_of(run)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_process_that_the_system_ends_has_found_nothing() -> None:
    run = highs_processes(long())
    os.kill(process_of(run), signal.SIGKILL)
    assert answer_of(run) == MipAnswer(None, None)
    assert_solved(answer_of(highs_processes(small())))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_is_not_for_the_process() -> None:
    run = highs_processes(long(1.0))
    os.kill(process_of(run), signal.SIGINT)
    answer = answer_of(run)
    assert answer is not None
    assert answer.bound is not None


def test_a_process_that_was_made_ready_takes_the_next_task() -> None:
    processes = copy(highs_processes)
    processes._idle = []
    processes.get_ready()
    processes.get_ready()
    (ready,) = processes._idle
    run = processes(small())
    assert run is ready
    assert_solved(answer_of(run))
    run.leave()


def test_as_many_processes_are_made_ready_as_are_wanted() -> None:
    processes = copy(highs_processes)
    processes._idle = []
    processes.get_ready(2)
    first, second = processes._idle
    processes.get_ready(2)
    assert processes._idle == [first, second]
    for worker in (first, second):
        worker.leave()


def test_the_process_of_highs_loads_what_it_needs_alone() -> None:
    code = "import sys, terminsplan.mip_process; sys.exit('scipy' in sys.modules or 'ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_task_that_highs_refuses_finds_nothing_and_the_process_goes_on() -> None:
    task = small()
    answer = answer_of(highs_processes(replace(task, rows=task.rows + 1_000_000)))
    assert answer is not None
    assert answer.values is None
    assert_solved(answer_of(highs_processes(small())))


def test_an_exception_in_the_process_is_told_logged_and_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    answer = answer_of(highs_processes(replace(small(), hint=[0])))
    assert answer is not None
    assert (answer.values, answer.bound) == (None, None)
    assert "ValueError" in answer.failure
    assert [(record.name, record.levelname) for record in caplog.records] == [("terminsplan.mip", "WARNING")]
    assert "ValueError" in caplog.text
    assert_solved(answer_of(highs_processes(small())))
    assert len(caplog.records) == 1


def answer_beside() -> MipAnswer | None:
    return answer_of(highs_processes(small()))


def test_a_process_that_plans_a_group_may_have_one_beside_it() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        assert_solved(executor.submit(answer_beside).result(timeout=60))


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_it_ends_with_its_parent() -> None:
    """Though it has much to do yet, and nobody told it."""
    code = (
        "from tests.terminsplan.test_mip_beside import answer_of, highs_processes, long, process_of, small\n"
        "import os, signal, threading\n"
        "answer_of(highs_processes(small()))\n"  # it is there and listens
        "run = highs_processes(long())\n"
        "sending = [t for t in threading.enumerate() if '_send' in t.name]\n"
        "[thread.join() for thread in sending]\n"  # it has the task
        "print(process_of(run), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    number = int(ended.stdout)
    until(lambda: not _runs(number), lambda: "it outlives its parent")


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_goes_wrong_in_highs_is_logged_by_its_kind_and_no_value(caplog: pytest.LogCaptureFixture) -> None:
    answer = answer_of(highs_processes(replace(small(), rows="Åsa Öberg")))  # type: ignore[arg-type]
    assert answer == MipAnswer(None, None, "TypeError")
    assert [(record.name, record.getMessage()) for record in caplog.records] == [
        ("terminsplan.mip", "HiGHS failed: TypeError")
    ]


def test_processes_that_have_solved_may_be_sent_to_those_of_groups() -> None:
    """Mentors are matched before the seats are planned: the task
    that the processes of groups are given has idle ones then.
    """
    assert_solved(answer_of(highs_processes(small())))
    sent = pickle.loads(pickle.dumps(highs_processes))
    assert_solved(answer_of(sent(small())))
