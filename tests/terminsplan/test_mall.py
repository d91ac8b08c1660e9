"""``mall``: an input to fill in, or a shipped example, that one can go on working with."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inputs.read import read_problem
from tests.outputs.filling import fill_in
from tests.terminsplan.small import Run, write_tables

ROOT = Path(__file__).parents[2]
EXAMPLE = "goteborg-ht2026"


def test_a_workbook_to_fill_in(tmp_path: Path, run: Run) -> None:
    result = run("mall", tmp_path / "ht2026.xlsx")
    assert result.exit_code == 0
    assert f"terminsplan kontrollera {tmp_path / 'ht2026.xlsx'}" in result.stdout
    assert load_workbook(tmp_path / "ht2026.xlsx").sheetnames[0] == "Läs mig"


def test_the_ending_may_be_left_out(tmp_path: Path, run: Run) -> None:
    assert run("mall", tmp_path / "ht2026").exit_code == 0
    assert (tmp_path / "ht2026.xlsx").is_file()


def test_a_folder_to_fill_in(tmp_path: Path, run: Run) -> None:
    result = run("mall", tmp_path / "ht2026", "--csv", "--json")
    assert json.loads(result.stdout) == {
        "exit_code": 0,
        "written": str(tmp_path / "ht2026"),
        "form": "csv",
        "example": None,
    }
    names = {path.name for path in (tmp_path / "ht2026").iterdir()}
    assert {"Läs mig.txt", "nyanställda.csv", "närvaro.csv"} <= names


@pytest.mark.parametrize("form", [(), ("--csv",)])
def test_an_untouched_one_lacks_people_and_nothing_else(tmp_path: Path, run: Run, form: tuple[str, ...]) -> None:
    run("mall", tmp_path / "in", *form)
    result = run("kontrollera", tmp_path / ("in" if form else "in.xlsx"))
    assert result.exit_code == 2
    assert "nyanställda: tabellen har inga nyanställda; lägg till minst en rad" in result.stderr
    assert "Fel: 1 fel" in result.stderr


def test_filled_in_it_gives_the_same_plan_as_the_csv_form(
    tmp_path: Path, run: Run, tables: Path, planned: Path
) -> None:
    run("mall", tmp_path / "in.xlsx")
    fill_in(load_workbook(tmp_path / "in.xlsx"), tables).save(tmp_path / "in.xlsx")
    result = run("planera", tmp_path / "in.xlsx", "-o", tmp_path / "from_workbook")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "from_workbook" / "plan.json").read_bytes() == (planned / "plan.json").read_bytes()


@pytest.mark.parametrize("form", [(), ("--csv",)])
def test_what_is_there_is_never_replaced(tmp_path: Path, run: Run, form: tuple[str, ...]) -> None:
    place = tmp_path / ("in" if form else "in.xlsx")
    run("mall", place, *form)
    before = _contents(tmp_path)
    result = run("mall", place, *form, "--exempel", EXAMPLE)
    assert result.exit_code == 2
    assert f"{place} finns redan och ersätts inte" in result.stderr
    assert _contents(tmp_path) == before


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_empty_folder_may_be_filled(tmp_path: Path, run: Run) -> None:
    (tmp_path / "in").mkdir()
    assert run("mall", tmp_path / "in", "--csv").exit_code == 0


def test_another_ending_is_refused_with_what_to_do(tmp_path: Path, run: Run) -> None:
    result = run("mall", tmp_path / "in.csv")
    assert result.exit_code == 2
    assert "--csv" in result.stderr
    assert list(tmp_path.iterdir()) == []


# Checklist


def test_the_checklist_is_tasks_to_copy_and_is_no_table_itself(tmp_path: Path, run: Run) -> None:
    assert run("mall", tmp_path / "in", "--csv").exit_code == 0
    assert run("mall", tmp_path / "in.xlsx").exit_code == 0
    tasks, listed = ((tmp_path / "in" / f"{name}.csv").read_bytes() for name in ("uppgifter", "Checklista"))
    assert listed.splitlines()[0] == tasks.splitlines()[0]
    book = load_workbook(tmp_path / "in.xlsx")
    headings = [[cell.value for cell in book[name][1]] for name in ("uppgifter", "Checklista")]
    assert [str(title).removesuffix(" *") for title in headings[0]] == headings[1]
    assert book["Checklista"].max_row == len(listed.splitlines()) > 15
    for source in ("in", "in.xlsx"):
        assert "hecklista" not in run("kontrollera", tmp_path / source).stderr


def test_the_checklist_copied_is_read(tmp_path: Path, run: Run) -> None:
    run("mall", tmp_path / "mall", "--csv")
    tables = write_tables(tmp_path / "in", mentorer="id;namn;förvaltning\nm1;Maj;N\n")
    (tables / "uppgifter.csv").write_bytes((tmp_path / "mall" / "Checklista.csv").read_bytes())
    reading = read_problem(tables)
    assert reading.errors == ()
    assert reading.problem is not None
    assert len(reading.problem.tasks) > 15


# Examples


@pytest.mark.parametrize("form", [(), ("--csv",)])
def test_an_example_can_be_planned_at_once(tmp_path: Path, run: Run, form: tuple[str, ...]) -> None:
    place = tmp_path / ("in" if form else "in.xlsx")
    result = run("mall", place, *form, "--exempel", EXAMPLE)
    assert result.exit_code == 0
    assert f"terminsplan planera {place}" in result.stdout
    assert read_problem(place).problem == read_problem(ROOT / "examples" / EXAMPLE / "csv").problem


def test_an_unknown_example_is_refused_with_those_there_are(tmp_path: Path, run: Run) -> None:
    result = run("mall", tmp_path / "in.xlsx", "--exempel", "atlantis")
    assert result.exit_code == 2
    assert EXAMPLE in result.stderr


def test_the_wheel_brings_every_example(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    examples = [path.parent.name for path in (ROOT / "examples").glob("*/csv")]
    # The program once for all of them: to begin it takes a second.
    code = """
import sys
import terminsplan.cli
assert terminsplan.cli.__file__.startswith(sys.argv[1])
for name in sys.argv[2:]:
    terminsplan.cli.cli(["mall", name, "--csv", "--exempel", name], standalone_mode=False)
"""
    command = [sys.executable, "-c", code, str(installed), *examples]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, check=True)
    for example in examples:
        written = {path.name: path.read_bytes() for path in (tmp_path / example).iterdir()}
        assert written == {path.name: path.read_bytes() for path in (ROOT / "examples" / example / "csv").iterdir()}
