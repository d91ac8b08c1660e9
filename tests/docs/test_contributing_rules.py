"""The rule and the level of docs/contributing-rule-level.md,
put into a copy of the repository, work there as the page says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.patching import copy_of_repository, run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contributing-rule-level.md"
BLOCK = re.compile(r"<!-- (new file|change): (\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)
PYTEST = ("-m", "pytest", "-q")
REGISTRIES = (
    "tests/scheduler/test_registry.py",
    "tests/scheduler/seats/test_eligibility.py",
    "tests/outputs/test_words.py",
)
REGISTRY = "models/ids.py"
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
    """The files that the example touches, tests aside."""
    return {block.path for block in blocks if not block.path.startswith("tests/")}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_repository(tmp_path / "copy")


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
    run(copy, "-m", "docs.fill_handbook")
    assert "passed" in run(copy, *PYTEST, *own_tests, *REGISTRIES)
    assert len(touched(blocks)) <= MOST_FILES


@pytest.mark.parametrize("chapter", ["A rule", "A level"])
def test_a_file_that_no_registry_names_is_found(chapter: str, copy: Path) -> None:
    for block in blocks_of(chapter):
        if block.is_new:
            apply(block, copy)
    with pytest.raises(AssertionError, match=r"test_every_(hard_rule|level)_has_a_file"):
        run(copy, *PYTEST, REGISTRIES[0])


@pytest.mark.parametrize("chapter", ["A rule", "A level"])
def test_a_member_of_the_registry_without_its_file_is_found(chapter: str, copy: Path) -> None:
    for block in blocks_of(chapter):
        if block.path == REGISTRY:
            apply(block, copy)
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        run(copy, *PYTEST, REGISTRIES[0])
