"""``make test-fast`` leaves out what there is, and nothing that was renamed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.conftest import LONGEST, SLOW, SLOW_FIXTURES
from tests.run_apart import said_of

HERE = Path(__file__).parent
THREE_TESTS = """
import subprocess, sys
def test_starts(): subprocess.run([sys.executable, "-c", ""], check=True)
def test_starts_and_is_listed(): subprocess.run([sys.executable, "-c", ""], check=True)
def test_counts(): assert 1 + 1 == 2
"""
LISTED = ("test_starts_and_is_listed",)
"""One of the two that start a program."""


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


def test_who_starts_a_program_and_is_not_in_the_list_fails(tmp_path: Path) -> None:
    said = said_of(THREE_TESTS, tmp_path, slow=LISTED)
    assert "it starts a program: write test_starts into tests/slow.txt" in said
    assert "1 failed, 2 passed" in said


def test_the_list_is_written_anew_when_asked_for(tmp_path: Path) -> None:
    assert "3 passed" in said_of(THREE_TESTS, tmp_path, "--record-slow", slow=LISTED)
    assert (tmp_path / "slow.txt").read_text("utf-8").split() == ["test_starts", "test_starts_and_is_listed"]
