"""Groups planned in real processes: the same plan as here, stops, and a process that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.plan import term as planning
from scheduler.plan.first_levels import FirstLevels
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.pool import in_this_process
from scheduler.plan.task import GroupTask, Watch
from scheduler.plan.term import plan_term
from scheduler.search.progress import Progress
from scheduler.verify import check
from terminsplan import processes
from terminsplan.exits import Exit, RefusedError
from terminsplan.stopping import aside, listening
from tests.awaiting import PATIENCE_SECONDS
from tests.scheduler.regions import several

NOW = several(7)


@pytest.fixture(autouse=True)
def _two_cores_for_small_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "FEWEST_FOR_POOL", 0)
    monkeypatch.setattr(processes, "cores", lambda: 2)


def planned(**told: Any) -> Outcome:  # noqa: ANN401
    options = Options(suggestions=False)
    return plan_term(NOW.problem, NOW.planning_date, input_sha256="", options=options, **told)


def test_processes_give_the_same_plan_and_tell_how_far_they_are() -> None:
    told: list[Progress] = []
    outcome = planned(pool=processes.process_pool, on_progress=told.append)
    assert outcome.plan is not None
    assert check(NOW.problem, outcome.plan).violations == ()
    here = planned(pool=in_this_process)
    assert (outcome.ending, outcome.plan) == (Ending.PROVEN, here.plan)
    assert told[-1].parts is not None
    assert [p.number for p in told] == sorted(p.number for p in told)


def test_a_stop_reaches_the_processes() -> None:
    outcome = planned(pool=processes.process_pool, should_stop=lambda: True)
    assert outcome.ending is Ending.STOPPED
    assert outcome.plan is None or not check(NOW.problem, outcome.plan).violations


def die(task: GroupTask, watch: Watch, *given: object) -> Outcome:
    """A process that the system ends, as it does when memory runs out."""
    os._exit(9)


def test_a_process_that_dies_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "solve_first_levels", die)
    with pytest.raises(RefusedError, match="avslutades utifrån") as refused:
        planned(pool=processes.process_pool)
    assert refused.value.code is Exit.NOTHING_FOUND


# --- signals, to a program of its own
# ----------------------------------------------------------------------------------

posix = pytest.mark.skipif(os.name == "nt", reason="signals to groups of processes")


@cache
def at_work() -> None:
    """Once for each process."""
    say("at work")


def wait_for_stop(task: GroupTask, watch: Watch) -> FirstLevels:
    """Nothing is found until the user has had enough."""
    at_work()
    while not watch.should_stop():
        time.sleep(0.05)
    return FirstLevels(None, ())


def program() -> None:
    """Like the front door: Ctrl-C is heard in the main thread, the work is done aside."""
    planning.FEWEST_FOR_POOL = 0
    planning.solve_first_levels = wait_for_stop  # type: ignore[assignment]
    processes.cores = lambda: 2  # type: ignore[assignment]
    with listening(lambda: say("heard")) as stop:
        say("begun")
        say(aside(lambda: planned(pool=processes.process_pool, should_stop=stop.asked)).ending)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def begun() -> subprocess.Popen[str]:
    code = f"from {__name__} import program; program()"
    root = Path(__file__).resolve().parents[2]
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "begun\n"
    return running


def await_work(running: subprocess.Popen[str], processes_at_work: int) -> None:
    """Until so many processes have said that they are at work; with none, they are still being started."""
    assert running.stdout is not None
    for _ in range(processes_at_work):
        assert running.stdout.readline() == "at work\n"


@posix
@pytest.mark.parametrize("processes_at_work", [0, 1, 2])
def test_ctrl_c_reaches_the_whole_group_and_only_the_parent_hears_it(processes_at_work: int) -> None:
    running = begun()
    await_work(running, processes_at_work)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=PATIENCE_SECONDS)[0].splitlines()
    assert [line for line in said if line != "at work"] == ["heard", "stopped"]


@posix
def test_no_process_outlives_its_parent() -> None:
    running = begun()
    await_work(running, 2)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)  # ends when nobody holds the pipe any more
