"""Possible years planned elsewhere: the same bytes inline, in
processes and on a Dask cluster of which a worker is killed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

from models.problem import Hire, TermProblem
from outputs.dimensioning.data import json_bytes
from scheduler.dimensioning import side_by_side
from scheduler.dimensioning.run import dimension
from scheduler.dimensioning.side_by_side import Lot, OtherVersionError, Question, SideBySide, answer, versions
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock
from terminsplan.executors import workers
from terminsplan.exits import Exit, RefusedError
from tests.awaiting import PATIENCE_SECONDS, until
from tests.scheduler.dimensioning.terms import FIRST, Inline, around, options, term
from tests.terminsplan.expected import tables
from tests.terminsplan.small import Run

HOUSE = Path(__file__).parents[2]


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


@dataclass
class Cluster:
    """A real scheduler on loopback and worker processes, all started
    with Dask's own commands; ``files`` are certificates, if any.
    """

    place: Path
    files: tuple[str, ...] = ()
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start the scheduler, and wait until it is there."""
        scheme = "tls" if self.files else "tcp"
        self._run("scheduler", "--host", f"{scheme}://127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        until(lambda: self._file.exists() and self._file.read_text().endswith("}"))

    def add_worker(self, python_path: Path = HOUSE) -> subprocess.Popen[bytes]:
        """Start a worker with one thread."""
        return self._run(
            "worker", "--scheduler-file", str(self._file), "--nthreads", "1", "--no-nanny", python_path=python_path
        )

    def await_workers(self, number: int) -> None:
        """Wait until so many have come."""
        until(lambda: _workers_at(self.address) == number)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return str(json.loads(self._file.read_text())["address"])

    def end(self) -> None:
        """Kill all of it."""
        for process in self.processes:
            process.kill()
            process.wait(PATIENCE_SECONDS)

    @property
    def _file(self) -> Path:
        return self.place / "scheduler.json"

    def _run(self, what: str, *words: str, python_path: Path = HOUSE) -> subprocess.Popen[bytes]:
        paths = os.pathsep.join(dict.fromkeys((str(python_path), str(HOUSE))))
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, "--no-dashboard", *self.files],
            cwd=self.place, env=os.environ | {"PYTHONPATH": paths, "PYTHONWARNINGS": "default"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process


def _workers_at(address: str) -> int:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        return len(client.scheduler_info()["workers"])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Without workers yet."""
    made = Cluster(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.end()


@pytest.fixture
def guarded_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster without workers yet whose parts know each other by
    certificates; this process uses them too, as a user would give
    them in the environment.
    """
    import dask

    authority = trustme.CA()
    files = {"ca-file": tmp_path / "ca.pem", "cert": tmp_path / "own.pem", "key": tmp_path / "own.pem"}
    authority.cert_pem.write_to_path(str(files["ca-file"]))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(files["cert"]))
    words = [word for name, path in files.items() for word in (f"--tls-{name}", str(path))]
    made = Cluster(tmp_path, tuple(words))
    own = {"ca-file": str(files["ca-file"]), "client.cert": str(files["cert"]), "client.key": str(files["key"])}
    with dask.config.set({f"distributed.comm.tls.{name}": path for name, path in own.items()}):
        try:
            made.start()
            yield made
        finally:
            made.end()


@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_though_a_worker_is_killed_and_another_comes_late(cluster: Cluster) -> None:
    first = cluster.add_worker()
    cluster.add_worker()
    cluster.await_workers(2)
    killed = threading.Event()

    def kill(done: int, of: int) -> None:
        """In the midst of it, once."""
        if not killed.is_set():
            killed.set()
            first.kill()
            cluster.add_worker()

    with workers(cluster.address) as (executor, number):
        assert number == 2
        found = asked(executor, 400, on=kill)
    assert killed.is_set()
    assert first.wait(PATIENCE_SECONDS) != 0
    assert found == asked(Inline(), 400)


@pytest.mark.filterwarnings("default")
def test_a_cluster_with_certificates_gives_the_whole_answer_to_the_byte(guarded_cluster: Cluster) -> None:
    assert guarded_cluster.address.startswith("tls://")
    guarded_cluster.add_worker()
    guarded_cluster.await_workers(1)
    with workers(guarded_cluster.address) as (executor, _):
        elsewhere = dimension(term(), options(60), around(executor))
    assert json_bytes(elsewhere) == json_bytes(dimension(term(), options(60), around(Inline())))


def test_a_guarded_address_without_certificates_is_told_with_what_to_give() -> None:
    with pytest.raises(RefusedError, match="kräver certifikat") as refused, workers("tls://server:8786"):
        pass
    assert "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT" in refused.value.lines[1]


@pytest.mark.filterwarnings("default")
def test_who_stops_in_the_midst_of_a_cluster_has_the_first_scenarios_at_once(cluster: Cluster) -> None:
    cluster.add_worker()
    cluster.await_workers(1)
    begun = threading.Event()
    with workers(cluster.address) as (executor, number):
        side = SideBySide(executor, term(), number, Clock(lambda: 0.0, 0.0), begun.is_set)
        found = side.ask(Question.OUTCOME, {"P0-0", "P0-2"}, range(4000), lambda done, of: begun.set())
    assert 0 < len(found) < 4000
    assert found == asked(Inline(), len(found))


@pytest.mark.filterwarnings("default")
def test_a_worker_of_another_version_is_told_in_swedish_and_nothing_is_written(
    cluster: Cluster, tmp_path: Path, run: Run
) -> None:
    old = tmp_path / "old" / "terminsplan-0.0.1.dist-info"
    old.mkdir(parents=True)
    (old / "METADATA").write_text("Metadata-Version: 2.1\nName: terminsplan\nVersion: 0.0.1\n")
    cluster.add_worker(old.parent)
    cluster.await_workers(1)
    result = run("dimensionera", tables(tmp_path / "in"), "-o", tmp_path / "ut", "--kluster", cluster.address)
    assert result.exit_code == 2
    assert "En arbetare i klustret har terminsplan 0.0.1, men här är det" in result.stderr
    assert not (tmp_path / "ut").exists()


@pytest.mark.filterwarnings("default")
def test_a_cluster_that_is_gone_in_the_midst_is_told_in_swedish(cluster: Cluster) -> None:
    cluster.add_worker()
    cluster.await_workers(1)
    scheduler = cluster.processes[0]
    with pytest.raises(RefusedError, match="svarar inte längre") as refused, workers(cluster.address) as (executor, _):
        asked(executor, 4000, on=lambda done, of: scheduler.kill())
    assert refused.value.code is Exit.NOTHING_FOUND


@pytest.mark.filterwarnings("default")
def test_a_cluster_without_workers_yet_is_told(cluster: Cluster) -> None:
    with workers(cluster.address) as (_, number):
        assert number == 0


def test_a_process_that_is_killed_is_told() -> None:
    def kill(done: int, of: int) -> None:
        for process in list(getattr(executor, "_processes").values()):  # noqa: B009
            process.kill()

    with workers(None) as (executor, _), pytest.raises(BrokenProcessPool):
        asked(executor, 4000, on=kill)
