"""A problem written in any awkward spelling is the same
problem when it is read, and no file at all makes reading fail.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from inputs.read import read_problem
from inputs.schema import TABLES, TableSpec
from models.problem import TermProblem
from tests.inputs.example import example, write_folder, write_workbook
from tests.inputs.problems import END, START, Speller, problems, write_awkward_folder, write_awkward_workbook

randoms = st.randoms(use_true_random=False)


def _read(path: Path) -> TermProblem:
    reading = read_problem(path)
    assert reading.problem is not None, [str(finding) for finding in reading.errors]
    # Those of the term alone: where there are tasks, the days on which they may lie are known too.
    known = tuple(holiday for holiday in reading.problem.holidays if START <= holiday.day <= END)
    return reading.problem.model_copy(update={"holidays": known})


@settings(max_examples=40)
@given(problems(), randoms)
def test_a_folder_in_any_spelling_gives_the_problem_back(problem: TermProblem, random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = Speller(random, excel=False).tables(problem)
        assert _read(write_awkward_folder(Path(folder) / "in", tables, random)) == problem


@settings(max_examples=25)
@given(problems(), randoms)
def test_a_workbook_in_any_spelling_gives_the_problem_back(problem: TermProblem, random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = Speller(random, excel=True).tables(problem)
        assert _read(write_awkward_workbook(Path(folder) / "in.xlsx", tables, random)) == problem


@settings(max_examples=60)
@given(st.sampled_from(TABLES), st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_in_a_csv_file_make_reading_fail(spec: TableSpec, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name), example())
        (folder / f"{spec.name}.csv").write_bytes(data)
        reading = read_problem(folder)
        assert (reading.problem is None) == bool(reading.errors)


@settings(max_examples=60)
@given(st.sampled_from(TABLES), randoms)
def test_no_cell_out_of_place_makes_reading_fail(spec: TableSpec, random: Random) -> None:
    tables = example()
    words = [cell for rows in tables.values() for row in rows for cell in row] + ["-", "99999", "1-7", "9999-12-31"]
    for _ in range(random.randrange(1, 8)):
        row = random.choice(tables[spec.name])
        row[random.randrange(len(row))] = random.choice(words)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_problem(write_folder(Path(folder), tables))
        assert (reading.problem is None) == bool(reading.errors)
        assert all(str(finding) for finding in reading.errors + reading.warnings)


@settings(max_examples=60)
@given(randoms)
def test_no_flipped_bytes_in_a_workbook_make_reading_fail(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "in.xlsx", example())
        data = bytearray(path.read_bytes())
        for _ in range(random.randrange(1, 5)):
            data[random.randrange(len(data))] = random.randrange(256)
        path.write_bytes(data[: random.choice([len(data), random.randrange(len(data))])])
        reading = read_problem(path)
        assert (reading.problem is None) == bool(reading.errors)
