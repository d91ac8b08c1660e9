"""A user at the workbook: types what a CSV folder holds into the cells of the template, and touches nothing else."""

from __future__ import annotations

import csv
from datetime import date, time
from pathlib import Path

from openpyxl import Workbook


def csv_rows(folder: Path) -> dict[str, list[list[str]]]:
    """The tables of a folder, headings first."""
    texts = {path.stem: path.read_text(encoding="utf-8-sig") for path in folder.glob("*.csv")}
    return {name: list(csv.reader(text.splitlines(), delimiter=";")) for name, text in texts.items()}


def fill_in(book: Workbook, source: Path) -> Workbook:
    """Type the example's cells below the example rows, as Excel would store them; nothing else is touched."""
    for name, (heading, *body) in csv_rows(source).items():
        sheet = book[name]
        places = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
        if name == "inställningar":
            rows = {cell.value: row for row, cell in enumerate(sheet["A"], start=1)}
            for key, value in body:
                sheet.cell(rows[key], 2, _typed(value))
            continue
        for number, row in enumerate(body, start=3):
            for column, value in zip(heading, row, strict=True):
                if value:
                    sheet.cell(number, places[column], _typed(value))
    return book


def _typed(value: str) -> str | int | date | time:
    """What Excel makes of what one types."""
    for parse in (int, date.fromisoformat, time.fromisoformat):
        try:
            return parse(value)
        except ValueError:
            continue
    return value
