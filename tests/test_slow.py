"""``make test-fast`` leaves out what there is, and nothing that was renamed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.conftest import LONGEST, SLOW, SLOW_FIXTURES

HERE = Path(__file__).parent
THREE_TESTS = """
import subprocess, sys
def test_starts(): subprocess.run([sys.executable, "-c", ""], check=True)
def test_starts_and_is_listed(): subprocess.run([sys.executable, "-c", ""], check=True)
def test_counts(): assert 1 + 1 == 2
"""


def test_every_name_in_the_list_is_a_test_or_a_fixture() -> None:
    defined = {name for path in HERE.rglob("*.py") for name in re.findall(r"def (\w+)\(", path.read_text("utf-8"))}
    assert SLOW - defined == set()
    assert SLOW_FIXTURES - defined == set()


def test_no_drawn_example_is_held_to_the_wall_clock() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_the_longest_files_are_there_and_come_first(request: pytest.FixtureRequest) -> None:
    assert [name for name in LONGEST if not (HERE / "service" / name).exists()] == []
    files = [item.path.name for item in request.session.items]
    long = [number for number, name in enumerate(files) if name in LONGEST]
    assert long == list(range(len(long)))


def run_there(folder: Path, *options: str) -> str:
    """What pytest says of three tests beside a copy of the rule,
    where one of the two that start a program is in the list.
    """
    shutil.copy(HERE / "conftest.py", folder)
    (folder / "slow.txt").write_text("test_starts_and_is_listed\n", "utf-8")
    (folder / "test_three.py").write_text(THREE_TESTS, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-W", "ignore", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def test_who_starts_a_program_and_is_not_in_the_list_fails(tmp_path: Path) -> None:
    said = run_there(tmp_path)
    assert "it starts a program: write test_starts into tests/slow.txt" in said
    assert "1 failed, 2 passed" in said


def test_the_list_is_written_anew_when_asked_for(tmp_path: Path) -> None:
    assert "3 passed" in run_there(tmp_path, "--record-slow")
    assert (tmp_path / "slow.txt").read_text("utf-8").split() == ["test_starts", "test_starts_and_is_listed"]
