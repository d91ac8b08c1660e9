"""The examples of docs/contributing.md, applied to a copy of the repository and run there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.patching import apply, copy_of_repository, listings, run

# The entry point would look for the program where it is installed, not in the copy.
TERMINSPLAN = ("-c", "from terminsplan.cli import main; main()")
KIRUNA = "examples/kiruna/csv"
# Read with the column, hide names, and write the row for the next term.
OFFICE = """
from datetime import date
from pathlib import Path
from inputs.read import read_problem
from outputs import template
problem = read_problem(Path("in"), date(2026, 8, 1)).problem
(hire,) = [hire for hire in problem.hires if hire.id == "nytt-1"]
(row,) = [row for row in template.rows_of(problem)["nyanställda"] if row[0] == "nytt-1"]
print(hire.office, "Angered" in row)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_of_repository(tmp_path / "copy")


def applied(section: str, copy: Path) -> list[str]:
    touched = [name for listing in listings(section, "diff") for name in apply(listing, copy)]
    run(copy, "-m", "docs.fill_handbook")
    return touched


def test_a_column_is_two_files_and_is_known_everywhere(copy: Path) -> None:
    assert applied("A column", copy) == ["columns/tables.py", "models/problem.py"]

    run(copy, "-m", "pytest", "-q", "tests/columns", "tests/docs/test_handbook.py", "tests/outputs/test_pseudonyms.py")
    assert "| kontor | okänt | Kontoret där personen sitter. | `Angered` |" in (copy / "docs/handbok.md").read_text(
        "utf-8"
    )
    run(copy, *TERMINSPLAN, "mall", "--csv", "mall")
    header, example, *_ = (copy / "mall" / "nyanställda.csv").read_text("utf-8-sig").splitlines()
    assert dict(zip(header.split(";"), example.split(";"), strict=True))["kontor"] == "Angered"

    tables = copy / "in"
    (copy / KIRUNA).rename(tables)
    rows = (tables / "nyanställda.csv").read_text("utf-8-sig").splitlines()
    heading, first = rows[0].split(";"), rows[1].split(";")
    new = dict(zip(heading, first, strict=True)) | {"id": "nytt-1", "namn": "Alva Björkegren", "kontor": "Angered"}
    rows = [f"{rows[0]};kontor", *(f"{row};" for row in rows[1:]), ";".join(new[name] for name in [*heading, "kontor"])]
    (tables / "nyanställda.csv").write_text("\n".join(rows), encoding="utf-8")
    assert run(copy, "-c", OFFICE).split() == ["Angered", "True"]


def test_an_output_is_two_files_and_is_known_everywhere(copy: Path) -> None:
    assert applied("An output", copy) == ["outputs/files/rooms.py", "outputs/files/__init__.py"]

    run(copy, "-m", "pytest", "-q", "tests/docs/test_handbook.py", "tests/outputs/test_files.py")
    assert "| `lokaler.txt` | när varje lokal används, för vaktmästaren | `--som lokaler` |" in (
        copy / "docs/handbok.md"
    ).read_text("utf-8")
    planera = (*TERMINSPLAN, "planera", KIRUNA, "-o", "plan", "--planeringsdag", "2026-08-01", "--tyst")
    run(copy, *planera)
    run(copy, *planera, "--tvinga")
    run(copy, *TERMINSPLAN, "exportera", "plan", "--som", "lokaler")
    lines = (copy / "plan" / "lokaler.txt").read_text("utf-8").splitlines()
    assert lines
    assert (copy / "plan-lokaler.txt").read_text("utf-8").splitlines() == lines
