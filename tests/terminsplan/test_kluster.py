"""Possible years planned elsewhere: the same bytes inline, in processes and on a Dask cluster of which a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from models.problem import Hire, TermProblem
from outputs.dimensioning.data import json_bytes
from scheduler.dimensioning import side_by_side
from scheduler.dimensioning.run import dimension
from scheduler.dimensioning.side_by_side import Lot, OtherVersionError, Question, SideBySide, answer, versions
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock
from terminsplan.executors import workers
from terminsplan.exits import RefusedError
from tests.scheduler.dimensioning.terms import FIRST, Inline, around, options, term

HOUSE = Path(__file__).parents[2]
PATIENCE_SECONDS = 240


def unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def asked(
    executor: Executor, numbers: int, *, on: Callable[[int, int], None] = unwatched, workers_: int = 2
) -> list[Any]:
    """Outcomes of so many scenarios of a small term."""
    side = SideBySide(executor, term(), workers_, Clock(lambda: 0.0, 0.0), lambda: False)
    return side.ask(Question.OUTCOME, {"P0-0", "P0-2"}, range(numbers), on)


def test_processes_give_what_one_process_gives_to_the_byte() -> None:
    with workers(None) as (executor, number):
        side_by_side_ = dimension(term(), options(60), around(executor))
    assert number >= 1
    assert json_bytes(side_by_side_) == json_bytes(dimension(term(), options(60), around(Inline())))


def test_answers_come_in_the_order_of_the_scenarios_whoever_is_done_first() -> None:
    class Backwards(Inline):
        """Answers the second lot before the first."""

        def __init__(self) -> None:
            self.held: list[tuple[Future[Any], Future[Any]]] = []

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
            made, later = super().submit(fn, *args, **kwargs), Future[Any]()
            self.held.append((made, later))
            if len(self.held) == 2:
                for done, waiting in reversed(self.held):
                    waiting.set_result(done.result())
                self.held.clear()
            return later

    assert asked(Backwards(), 40) == asked(Inline(), 40)


def test_no_name_no_address_and_no_place_travels() -> None:
    class Listening(Inline):
        """Keeps what it is sent."""

        sent = b""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
            Listening.sent += args[0]
            return super().submit(fn, *args, **kwargs)

    person = Hire(
        id="k1", name="Hemliga Helga", email="helga@example.se", unit="Enheten", organisation="A", starts=FIRST,
        manager="Chefen Curt", manager_email="curt@example.se",
    )  # fmt: skip
    task = term(hires=(person,))
    sessions = tuple(
        s.model_copy(update={"trainers": ("Lärar Lena",), "place": "Rådhuset", "room": "Sal 1"})
        for s in task.problem.sessions
    )
    problem: TermProblem = task.problem.model_copy(update={"sessions": sessions})
    side = SideBySide(
        Listening(), Task(problem, task.planning_date, task.cells, 1), 1, Clock(lambda: 0.0, 0.0), lambda: False
    )
    side.ask(Question.OUTCOME, (), [1], unwatched)
    assert b"k1" in Listening.sent
    for secret in ("Helga", "helga@", "Enheten", "Curt", "curt@", "Lena", "dhuset", "Alfa"):
        assert secret.encode() not in Listening.sent


def test_a_worker_of_another_version_is_refused_with_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    here = versions()
    monkeypatch.setattr(side_by_side, "versions", lambda: (("terminsplan", "0.0.1"), *here[1:]))
    with pytest.raises(OtherVersionError) as refused:
        answer(b"", here, Lot(Question.OUTCOME, (), ()))
    assert refused.value.args == ("terminsplan", here[0][1], "0.0.1")


def test_when_time_is_up_what_is_known_is_the_first_scenarios() -> None:
    side = SideBySide(Inline(), term(), 1, Clock(lambda: 0.0, 0.0, 0.0), lambda: False)
    found = side.ask(Question.OUTCOME, {"P0-0", "P0-2"}, range(200), unwatched)
    assert 0 < len(found) < 200
    assert found == asked(Inline(), len(found))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://10.1.2.3:8786", "tls://"),
        ("10.1.2.3:8786", "tls://"),
        ("tcp://server:8786", "tls://"),
        ("http://127.0.0.1:8786", "ingen adress"),
        ("tcp://127.0.0.1:x", "ingen adress"),
        ("", "ingen adress"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says), workers(address):
        pass


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("terminsplan.executors._CONNECT_SECONDS", 1)
    with pytest.raises(RefusedError, match="inte att nå"), workers("tcp://127.0.0.1:1"):
        pass


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler and two worker processes on loopback, started with Dask's own commands."""
    place = tmp_path_factory.mktemp("dask")
    address_file = place / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(HOUSE), "PYTHONWARNINGS": "default"}

    def start(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
            cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    scheduler = start(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(address_file)
    )
    processes = [scheduler]
    try:
        _await(address_file.exists)
        worker = (
            "dask_worker",
            "--scheduler-file",
            str(address_file),
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
        )
        processes += [start(*worker), start(*worker)]
        address = _address(address_file)
        _await(lambda: _workers_at(address) == 2)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _await(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _address(file: Path) -> str:
    import json

    _await(lambda: file.read_text().endswith("}"))
    return str(json.loads(file.read_text())["address"])


def _workers_at(address: str) -> int:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        return len(client.scheduler_info()["workers"])


@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_though_a_worker_is_killed(cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    address, processes = cluster
    killed = threading.Event()

    def kill(done: int, of: int) -> None:
        """In the midst of it, once."""
        if not killed.is_set():
            killed.set()
            os.kill(processes[0].pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    with workers(address) as (executor, number):
        assert number == 2
        found = asked(executor, 400, on=kill)
    assert killed.is_set()
    assert processes[0].wait(PATIENCE_SECONDS) != 0
    assert found == asked(Inline(), 400)


def test_a_process_that_is_killed_is_told() -> None:
    def kill(done: int, of: int) -> None:
        for process in list(getattr(executor, "_processes").values()):  # noqa: B009
            process.kill()

    with workers(None) as (executor, _), pytest.raises(BrokenProcessPool):
        asked(executor, 4000, on=kill)
