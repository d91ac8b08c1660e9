"""The shipped examples: in an installed program beside this
module, where pyproject.toml puts them; else in the checkout.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from inputs.read import read_problem
from outputs.template.filled import Rows, rows_of

FOLDER = "csv"
WITH_CHECKLIST = "goteborg-ht2026"
_HIRES = "nyanställda.csv"


def names() -> tuple[str, ...]:
    """The examples there are."""
    return tuple(sorted(place.name for place in _home().iterdir() if (place / FOLDER).is_dir()))


def with_hires() -> tuple[str, ...]:
    """The examples that have somebody to plan for: the others
    are for ``dimensionera``, which asks how many will come.
    """
    return tuple(name for name in names() if (_home() / name / FOLDER / _HIRES).is_file())


def workbook(name: str) -> bytes:
    """An example as workbook."""
    return (_home() / name / f"{name}.xlsx").read_bytes()


def csv_files(name: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """An example as a folder of CSV files."""
    for file in sorted((_home() / name / FOLDER).iterdir(), key=lambda place: place.name):
        yield PurePosixPath(file.name), file.read_bytes()


def checklist() -> Rows:
    """Tasks for a coordinator to choose from: those of an
    example, without what only its own programmes make sense of.
    """
    with as_file(_home() / WITH_CHECKLIST / FOLDER) as folder:
        problem = read_problem(folder).problem
    assert problem is not None
    tasks = tuple(task.model_copy(update={"after": ()}) for task in problem.tasks)
    return rows_of(problem.model_copy(update={"tasks": tasks}))["uppgifter"]


def _home() -> Traversable:
    shipped = files("terminsplan") / "shipped"
    return shipped if shipped.is_dir() else Path(__file__).parent.parent / "examples"
