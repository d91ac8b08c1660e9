"""The rule and the level of docs/contributing-rule-level.md, put into a copy of the repository, work there as the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contributing-rule-level.md"
BLOCK = re.compile(r"<!-- (new file|change): (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)
COPIED = ("models", "columns", "scheduler", "inputs", "outputs", "terminsplan", "tests/scheduler")
REGISTERS = ("tests/scheduler/test_registry.py", "tests/scheduler/seats/test_eligibility.py")
MOST_FILES = 3


@dataclass(frozen=True)
class Block:
    """A piece of the page: a whole new file, or lines to be put into one."""

    is_new: bool
    path: str
    text: str


def blocks_of(chapter: str) -> list[Block]:
    """What the chapter tells to write, in its order."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## {chapter}\n")
    found = [Block(kind == "new file", path, text) for kind, path, text in BLOCK.findall(rest.partition("\n## ")[0])]
    assert found, chapter
    return found


def apply(block: Block, root: Path) -> None:
    """Write a new file, or change the one place that the lines without ``+`` show."""
    file = root / block.path
    if block.is_new:
        assert not file.exists(), block.path
        file.write_text(block.text, encoding="utf-8")
        return
    lines = [(line[:1] or " ", line[1:]) for line in block.text.splitlines()]
    before = "".join(f"{line}\n" for mark, line in lines if mark != "+")
    after = "".join(f"{line}\n" for mark, line in lines if mark != "-")
    text = file.read_text(encoding="utf-8")
    assert text.count(f"\n{before}") == 1, f"{block.path} holds these lines once:\n{before}"
    file.write_text(text.replace(f"\n{before}", f"\n{after}"), encoding="utf-8")


def touched(blocks: list[Block]) -> set[str]:
    """The files of the model that the example touches: neither tests, nor words, nor the independent check."""
    return {b.path for b in blocks if not b.path.startswith(("tests/", "outputs/words/", "scheduler/verify/"))}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and the tests of the scheduler."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run_tests(root: Path, *files: str) -> str:
    """What pytest says there, in its last line."""
    command = [sys.executable, "-m", "pytest", "-q", *files]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("chapter", "own_tests"),
    [
        ("A rule", ("tests/scheduler/rules/test_first_day.py", "tests/scheduler/verify/test_rules.py")),
        ("A level", ("tests/scheduler/levels/test_fridays.py", "tests/scheduler/verify/test_levels.py")),
    ],
)
def test_the_example_works_in_a_copy_of_the_repository(chapter: str, own_tests: tuple[str, ...], copy: Path) -> None:
    blocks = blocks_of(chapter)
    for block in blocks:
        apply(block, copy)
    assert "passed" in run_tests(copy, *own_tests, *REGISTERS)
    assert len(touched(blocks)) <= MOST_FILES


@pytest.mark.parametrize("chapter", ["A rule", "A level"])
def test_without_its_line_in_the_register_the_registers_test_fails(chapter: str, copy: Path) -> None:
    for block in blocks_of(chapter):
        if not block.path.endswith("__init__.py"):
            apply(block, copy)
    with pytest.raises(AssertionError, match="failed"):
        run_tests(copy, REGISTERS[0])
