"""Applies the listings of docs/contributing.md, which are diffs without line numbers, to a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOLDERS = (
    "models",
    "columns",
    "inputs",
    "scheduler",
    "outputs",
    "terminsplan",
    "service",
    "docs",
    "examples",
    "tests",
)
_LEFT_OUT = shutil.ignore_patterns("node_modules", ".venv", "*.png")


def copy_of_repository(place: Path) -> Path:
    """What a contributor would change and run; with the bytecode, which
    holds for every file but those that are changed: compiling takes seconds.
    """
    for name in _FOLDERS:
        shutil.copytree(ROOT / name, place / name, ignore=_LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def run(copy: Path, *arguments: str) -> str:
    """What Python says there, given these arguments; AssertionError where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def listings(section: str, language: str) -> list[str]:
    """The blocks of a language in a section of docs/contributing.md."""
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, section
    return re.findall(rf"^```{language}\n(.*?)^```$", found[1], re.MULTILINE | re.DOTALL)


def apply(listing: str, root: Path) -> list[str]:
    """Apply one listing; gives the paths of the files touched.

    A file begins with ``+++ path``, or ``+++ path (new)``. Its hunks begin with ``@@``; what they take away and keep
    must stand in the file exactly once.
    """
    touched = []
    for part in re.split(r"^\+\+\+ ", listing, flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition("\n")
        name, _, new = heading.partition(" ")
        path = root / name
        touched.append(name)
        if new:
            assert not path.exists(), name
            path.write_text(_side(body, "+"), encoding="utf-8")
            continue
        for hunk in re.split(r"^@@.*\n", body, flags=re.MULTILINE)[1:]:
            text = path.read_text(encoding="utf-8")
            before = _side(hunk, "-")
            assert text.count(before) == 1, f"{name}: {before!r}"
            path.write_text(text.replace(before, _side(hunk, "+")), encoding="utf-8")
    return touched


def _side(hunk: str, sign: str) -> str:
    """The lines that one side of a hunk has."""
    lines = (line or " " for line in hunk.splitlines())
    return "".join(f"{line[1:]}\n" for line in lines if line[0] in {" ", sign})
