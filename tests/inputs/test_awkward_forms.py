"""What Excel can do to a cell besides its value: the same problem comes back, or a message; never another problem."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from inputs.read import read_problem
from tests.inputs.example import PLANNING_DATE, example, write_workbook


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


FORMS: list[Callable[[Worksheet, int, int], None]] = [_merge, _hide_row, _hide_column, _hide_sheet, _error]


@settings(max_examples=30, deadline=None)
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
        else:
            assert reading.errors or reading.problem == plain.problem
