"""The Göteborg example from files to files, as its coordinator runs it."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.plan import Plan
from outputs.plan_json import problem_bytes, read_problem
from terminsplan import store
from tests.terminsplan.small import Run

ROOT = Path(store.__file__).parents[1]
EXAMPLE = ROOT / "examples" / "goteborg-ht2026"
SECONDS = 60


def test_every_level_is_proven(example_plan: Path) -> None:
    plan: Plan = store.open_plan(example_plan).plan
    assert [level.name for level in plan.levels if not level.proven] == []


def test_the_stored_input_is_read_as_it_was_written(example_plan: Path) -> None:
    data = (example_plan / "indata.json").read_bytes()
    assert problem_bytes(read_problem(data)) == data


def test_it_is_clean_against_either_form(example_plan: Path, run: Run) -> None:
    for source in (EXAMPLE / "csv", EXAMPLE / "goteborg-ht2026.xlsx"):
        result = run("granska", source, example_plan)
        assert result.exit_code == 0, result.output
        assert "inte de som" not in result.stderr


def stopped_on_a_terminal(output: Path, sign: bytes, presses: int) -> tuple[int, str]:
    """Plan the example on a terminal, pressing Ctrl-C when ``sign`` is seen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "terminsplan", "planera", EXAMPLE / "csv", "-o", output]
    running = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    seen = b""
    while chunk := _read(ours):
        seen += chunk
        if presses and sign in seen:
            running.send_signal(signal.SIGINT)
            presses -= 1
            sign = b"Avbryter"
    os.close(ours)
    return running.wait(SECONDS), seen.decode("utf-8", "replace")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.skipif(os.name == "nt", reason="pty")
def test_ctrl_c_keeps_and_writes_the_best_plan_so_far(tmp_path: Path, run: Run) -> None:
    code, seen = stopped_on_a_terminal(tmp_path / "plan", b"4/9", 1)
    assert code == 0, seen
    assert "bästa planen som hann hittas" in seen
    assert run("granska", EXAMPLE / "csv", tmp_path / "plan").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="pty")
def test_ctrl_c_twice_ends_without_writing(tmp_path: Path) -> None:
    code, seen = stopped_on_a_terminal(tmp_path / "plan", b"0/9", 2)
    assert code == 130, seen
    assert not (tmp_path / "plan").exists()
