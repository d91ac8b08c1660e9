"""What Excel can do to a cell besides its value: the same problem comes back, or a message; never another problem."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inputs.read import read_problem
from tests.inputs.example import PLANNING_DATE, example, write_folder, write_workbook


def _merge(sheet: Worksheet, row: int, column: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)


def _hide_row(sheet: Worksheet, row: int, _column: int) -> None:
    sheet.row_dimensions[row].hidden = True


def _hide_column(sheet: Worksheet, _row: int, column: int) -> None:
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _hide_sheet(sheet: Worksheet, _row: int, _column: int) -> None:
    sheet.sheet_state = "hidden"


def _error(sheet: Worksheet, row: int, column: int) -> None:
    sheet.cell(row, column).value = "#N/A"


def _percent(sheet: Worksheet, row: int, column: int) -> None:
    """A whole number is shown as so many percent."""
    cell = sheet.cell(row, column)
    if str(cell.value or "").isdecimal():
        cell.value = int(str(cell.value)) / 100
        cell.number_format = "0%"


FORMS: list[Callable[[Worksheet, int, int], None]] = [_merge, _hide_row, _hide_column, _hide_sheet, _error, _percent]
CODE_PAGES = ("cp1252", "mac_roman", "cp850", "cp437", "cp865")
"""Of Windows, which is read, and of the Macintosh and MS-DOS, which Excel still offers and which look like it."""
swedish = st.text("abdegiklnorstvåäöÅÄÖéü ", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))


@settings(max_examples=30)
@given(st.sampled_from(FORMS), st.sampled_from(sorted(example())), st.randoms(use_true_random=False))
def test_any_form_gives_the_same_problem_or_a_message(
    form: Callable[[Worksheet, int, int], None], table: str, random: Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "in.xlsx", example())
        plain = read_problem(path, PLANNING_DATE)
        book = load_workbook(path)
        sheet = book[table]
        form(sheet, random.randrange(2, len(example()[table]) + 1), random.randrange(1, len(example()[table][0]) + 1))
        book.save(path)
        reading = read_problem(path, PLANNING_DATE)
        if form in {_hide_row, _hide_column, _hide_sheet}:
            assert reading.problem == plain.problem
            assert len(reading.warnings) == 1
        elif form is _percent:
            assert reading.problem == plain.problem
        else:
            assert reading.errors or reading.problem == plain.problem


@settings(max_examples=30)
@given(st.sampled_from(CODE_PAGES), st.sampled_from(sorted(example())), st.lists(swedish, min_size=1, max_size=5))
def test_any_code_page_gives_the_same_problem_or_a_message(code_page: str, table: str, names: list[str]) -> None:
    tables = example()
    if "namn" in tables[table][0]:
        place = tables[table][0].index("namn")
        for row, name in zip(tables[table][1:], names, strict=False):
            row[place] = name
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name) / "in", tables)
        plain = read_problem(folder, PLANNING_DATE)
        file = folder / f"{table}.csv"
        file.write_bytes(file.read_text("utf-8-sig").encode(code_page))
        reading = read_problem(folder, PLANNING_DATE)
        assert plain.problem is not None
        told = reading.errors or any(w.kind == "kanske_annan_teckenkod" for w in reading.warnings)
        assert reading.problem == plain.problem or (told and code_page != "cp1252")


@pytest.mark.parametrize("code_page", CODE_PAGES[1:])
@pytest.mark.parametrize("name", ["Malmö", "Sjö", "Örjan", "Ärlig", "över", "Mål på", "SJÖ", "André", "Åsa"])
def test_a_single_letter_in_a_table_without_others_is_enough_to_be_told(code_page: str, name: str) -> None:
    tables = example()
    tables["moment"] = [["utbildning", "nummer", "namn"], ["CI", "1", name]]
    with tempfile.TemporaryDirectory() as place:
        folder = write_folder(Path(place) / "in", tables)
        (folder / "moment.csv").write_bytes(f"utbildning;nummer;namn\nCI;1;{name}\n".encode(code_page))
        reading = read_problem(folder, PLANNING_DATE)
        told = [f for f in (*reading.errors, *reading.warnings) if f.kind.endswith("annan_teckenkod")]
        assert [f.table for f in told] == ["moment"]


@pytest.mark.parametrize("name", ["Kurs ”A”", "Kurs “A”", "Conny’s – del 1", "100 € per person", "Kalle"])
def test_signs_that_windows_writes_are_no_other_code_page(name: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = write_folder(Path(place) / "in", example())
        (folder / "moment.csv").write_bytes(f"utbildning;nummer;namn\nCI;1;{name}\n".encode("cp1252"))
        found = read_problem(folder, PLANNING_DATE)
        assert not [f for f in (*found.errors, *found.warnings) if f.kind.endswith("annan_teckenkod")]
