"""Rows marked as examples, as in our own template, are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from inputs.read import read_problem
from inputs.schema import TABLES
from tests.inputs.example import (
    PLANNING_DATE,
    Tables,
    drop_column,
    errors,
    example,
    put,
    read,
    warnings,
    write_folder,
    write_workbook,
)


def _with_example_rows(mark: str = "Exempel: x") -> Tables:
    """Every table with an example first, faulty in all its other cells, and with one cell too many."""
    tables = example()
    for spec in TABLES:
        if spec.name in tables:
            heading = tables[spec.name][0]
            row = [mark if column == spec.first else "31/2 26" for column in heading]
            tables[spec.name].insert(1, [*row, "mer"])
    return tables


@pytest.mark.parametrize("mark", ["Exempel: x", "EXEMPEL:x", "  exempel: ", "Exempel:"])
def test_an_example_row_in_every_table_makes_no_difference(tmp_path: Path, mark: str) -> None:
    plain = read(tmp_path, example())
    tables = _with_example_rows(mark)
    for source in (write_folder(tmp_path / "csv", tables), write_workbook(tmp_path / "book.xlsx", tables)):
        reading = read_problem(source, PLANNING_DATE)
        assert reading.errors == ()
        assert reading.warnings == ()
        assert reading.problem == plain.problem


def test_the_mark_may_stand_in_any_column_that_is_headed_so(tmp_path: Path) -> None:
    tables = {name: [row[::-1] for row in rows] for name, rows in example().items()}
    plain = read(tmp_path, tables)
    tables["lov"].insert(1, ["", "skräp", "skräp", "Exempel: Höstlov"])
    assert read(tmp_path, tables).problem == plain.problem


def test_a_row_with_the_mark_anywhere_else_is_a_row_like_others(tmp_path: Path) -> None:
    tables = put(example(), "nyanställda", 2, "namn", "Exempel: Anna")
    problem = read(tmp_path, tables).problem
    assert problem is not None
    assert problem.hire_by_id["p1"].name == "Exempel: Anna"


def test_a_word_that_begins_like_the_mark_is_none(tmp_path: Path) -> None:
    problem = read(tmp_path, put(example(), "lov", 2, "namn", "Exempelvecka")).problem
    assert problem is not None
    assert [given.name for given in problem.breaks] == ["Exempelvecka"]


def test_a_reference_to_an_example_row_is_unknown(tmp_path: Path) -> None:
    tables = example()
    tables["nyanställda"].insert(1, ["Exempel: p9", "Di Holm", "Centrum", "2026-08-17"])
    tables["bokningar"].append(["p9", "CI-2-1"])
    (line,) = errors(tmp_path, tables)
    assert line.startswith('bokningar, rad 4, kolumn nyanställd: "p9" finns inte i tabellen nyanställda')


def test_later_rows_keep_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    tables = put(_with_example_rows(), "nyanställda", 3, "anställd_från", "31/2 2026")
    (line,) = errors(tmp_path, tables)
    assert line.startswith("nyanställda, rad 3, kolumn anställd_från")


def test_a_table_of_an_example_alone_has_no_rows(tmp_path: Path) -> None:
    tables = example()
    tables["nyanställda"][1:] = [["Exempel: p1", "Anna Ek", "Centrum", "2026-08-17"]]
    for name in ("frånvaro", "bokningar", "spärrar", "närvaro"):
        del tables[name]
    assert errors(tmp_path, tables) == ["nyanställda: tabellen har inga nyanställda; lägg till minst en rad"]


def test_a_second_example_in_a_table_is_a_warning_since_it_may_be_a_copied_row_with_a_person_in_it(
    tmp_path: Path,
) -> None:
    tables = example()
    tables["nyanställda"].insert(1, ["Exempel: p1", "Alva Björkegren", "Centrum", "2026-08-17"])
    tables["nyanställda"].append(["Exempel: p2", "Di Holm", "Centrum", "2026-08-17"])
    assert warnings(tmp_path, tables) == [
        'nyanställda, rad 6: raden är märkt som exempel och läses inte; ta bort "Exempel:" om den ska räknas'
    ]


def test_without_its_column_the_mark_is_not_looked_for(tmp_path: Path) -> None:
    tables = drop_column(_with_example_rows(), "lov", "namn")
    assert any(line.startswith("lov, rad 1, kolumn namn: kolumnen saknas") for line in errors(tmp_path, tables))
