"""Outputs made in a real second process: the same bytes, a process that dies, a fault in a writer, and Ctrl-C."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from multiprocessing import active_children, parent_process
from pathlib import Path, PurePosixPath

import pytest

from outputs.files import OUTPUTS, report
from outputs.files.kinds import Content, Files, Output, Planned
from terminsplan import files, store
from terminsplan.entry import main
from terminsplan.exits import Exit
from terminsplan.files_beside import made_beside
from terminsplan.interrupts import NOTHING_WRITTEN
from tests.awaiting import PATIENCE_SECONDS, until
from tests.outputs.test_files import replan
from tests.terminsplan.small import contents, write_tables
from tests.terminsplan.typed import typed

BESIDE = tuple(output for output in OUTPUTS if output.beside)
posix = pytest.mark.skipif(os.name == "nt", reason="signals to groups of processes")


@pytest.fixture
def small_plans_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine with two cores, whichever this one is."""
    monkeypatch.setattr(files, "FEWEST_FOR_TWO", 0)
    monkeypatch.setattr(files, "cores", lambda: 2)


def made(outputs: tuple[Output, ...], planned: Planned) -> dict[PurePosixPath, Content]:
    with made_beside(outputs, planned) as placed:
        return {path: content for output in outputs for path, content in placed(output)}


def test_a_second_process_makes_the_same_bytes() -> None:
    assert BESIDE
    assert made(BESIDE, replan()) == {path: content for o in BESIDE for path, content in o.placed(replan())}
    assert active_children() == []


@pytest.mark.usefixtures("small_plans_too")
def test_a_plan_written_by_two_processes_is_that_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []

    def counted(outputs: tuple[Output, ...], planned: Planned) -> AbstractContextManager[Callable[[Output], Files]]:
        begun.append(outputs)
        return made_beside(outputs, planned)

    monkeypatch.setattr(files, "made_beside", counted)
    source = write_tables(tmp_path / "in")
    assert typed("planera", source, "-o", tmp_path / "two").exit_code == Exit.DONE
    assert len(begun) == 1
    monkeypatch.setattr(files, "cores", lambda: 1)
    assert typed("planera", source, "-o", tmp_path / "one").exit_code == Exit.DONE
    assert len(begun) == 1
    one, two = (contents(tmp_path / name) for name in ("one", "two"))
    assert list(one) == list(two)
    assert {name for name in one if one[name] != two[name]} <= {store.RUN}


def _die(_planned: Planned) -> Files:
    """A process that the system ends after its first file, as it does when memory runs out."""
    yield PurePosixPath("a.txt"), b"a"
    if parent_process() is not None:
        os._exit(9)
    yield PurePosixPath("b.txt"), [b"b", b"b"]


def test_what_a_process_that_died_did_not_make_is_made_here(caplog: pytest.LogCaptureFixture) -> None:
    outputs = (BESIDE[0], Output("dies", _die), BESIDE[1])
    with caplog.at_level(logging.WARNING, "terminsplan"):
        found = made(outputs, replan())
    assert found == {path: content for o in outputs for path, content in o.placed(replan())}
    assert [record.args for record in caplog.records] == [(output.phase,) for output in outputs]


def _many(_planned: Planned) -> Files:
    """More than a pipe holds, so that the process is still sending while the first files are taken."""
    for number in range(40):
        yield PurePosixPath(f"{number:02}.txt"), bytes([number]) * 100_000


def test_a_process_that_ends_while_its_files_are_taken_costs_no_file_and_gives_none_twice() -> None:
    output = Output("many", _many)
    with made_beside((output,), replan()) as placed:
        found = placed(output)
        paths = [next(found)[0]]
        for process in active_children():
            process.kill()
        paths += [path for path, _ in found]
    assert paths == [path for path, _ in output.placed(replan())]


def _fail(_planned: Planned) -> Files:
    yield PurePosixPath("a.txt"), b"a"
    raise ZeroDivisionError


def test_a_fault_in_a_writer_is_raised_here_and_leaves_the_old_plan(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    target = store.target(tmp_path / "plan", force=True, sources=[])

    def written() -> Iterator[tuple[PurePosixPath, Content]]:
        with made_beside((Output("fails", _fail),), replan()) as placed:
            yield from placed(Output("fails", _fail))

    with pytest.raises(ZeroDivisionError):
        target.write(written())
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith("-las")] == ["plan"]
    assert list((tmp_path / "plan").iterdir()) == []
    assert active_children() == []


# --- signals, to a program of its own
# ----------------------------------------------------------------------------------


def report_when_told(planned: Planned) -> Files:
    """The report, in the second process not before the file is there that stands for a long work's end."""
    if parent_process() is not None:
        os.write(1, b"at work\n")
        until(Path(os.environ["END_OF_WORK"]).exists)
    yield from report.make(planned)


def program() -> None:
    """The whole program; the second process tells when it is at work."""
    files.FEWEST_FOR_TWO = 0
    files.cores = lambda: 2  # type: ignore[attr-defined]
    slow = replace(report.OUTPUT, make=report_when_told)
    files.OUTPUTS = tuple(  # type: ignore[attr-defined]
        slow if output == report.OUTPUT else output for output in OUTPUTS
    )
    main()


def at_work(tmp_path: Path) -> subprocess.Popen[str]:
    """The program, once its second process is at work."""
    root = Path(__file__).resolve().parents[2]
    code = f"from {__name__} import program; program()"
    source = write_tables(tmp_path / "in")
    running = subprocess.Popen(
        [sys.executable, "-c", code, "planera", str(source), "-o", str(tmp_path / "ut"), "--tyst"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "END_OF_WORK": str(tmp_path / "end")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "at work\n"
    os.killpg(running.pid, signal.SIGINT)
    assert running.stderr is not None
    assert "Det som är funnet skrivs just nu." in running.stderr.readline()
    return running


@posix
def test_ctrl_c_once_keeps_the_second_process_at_work(tmp_path: Path) -> None:
    running = at_work(tmp_path)
    (tmp_path / "end").touch()
    _, said = running.communicate(timeout=PATIENCE_SECONDS)
    assert (running.returncode, said) == (Exit.DONE, "")
    assert (tmp_path / "ut" / report.NAME).is_file()


@posix
def test_ctrl_c_twice_ends_the_second_process_too_and_nothing_is_written(tmp_path: Path) -> None:
    running = at_work(tmp_path)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=PATIENCE_SECONDS)  # ends when nobody holds the pipes any more
    assert (running.returncode, said) == (Exit.STOPPED, NOTHING_WRITTEN + "\n")
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith("-las")] == ["in"]


@posix
def test_a_second_process_does_not_outlive_the_first(tmp_path: Path) -> None:
    running = at_work(tmp_path)
    running.kill()
    running.communicate(timeout=PATIENCE_SECONDS)
