"""The input to fill in, as workbook and as folder of CSV files (OUTPUT.md, ``terminsplan mall``).

Both hold every table of INPUT.md with one example row, which the readers skip, or with the rows that are known already
(filled.py). The words are in columns/ and guide.py.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import PurePosixPath

import xlsxwriter

from columns.kinds import Cell, Table
from columns.settings import SETTINGS as SETTING_ROWS
from columns.tables import SETTINGS, TABLES, TASKS
from columns.writing import default_of, shown
from outputs.csv_tables import harmless
from outputs.sheets.book import Book
from outputs.template import guide, sheets
from outputs.template.filled import Rows, rows_of
from outputs.template.guide_sheets import CHECKLIST, add_checklist, add_explanations, add_guide
from outputs.template.marks import example_row
from outputs.template.names import definitions

__all__ = ["csv_files", "rows_of", "workbook"]

# A clock would give each run other bytes.
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  # a document property without zone
_NOTHING: Mapping[str, Rows] = {}


def workbook(rows: Mapping[str, Rows] = _NOTHING, checklist: Rows = ()) -> bytes:
    """The workbook: reading guide, a sheet a table, explanations; ``rows`` by table name are filled in.

    ``checklist`` are rows of ``uppgifter`` to choose from, on a sheet of their own behind.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": guide.TITLE, "author": "terminsplan", "created": _CREATED})
        house = Book(book, footer="")
        add_guide(house, with_checklist=bool(checklist))
        for table in TABLES:
            sheets.add(house, table, rows.get(table.name, ()))
        add_explanations(house)
        if checklist:
            add_checklist(house, checklist)
        for name, formula in definitions():
            book.define_name(name, formula)
    return buffer.getvalue()


def csv_files(rows: Mapping[str, Rows] = _NOTHING, checklist: Rows = ()) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The folder form: a file a table, and the guide as text; ``rows``
    by table name are filled in, ``checklist`` has its own file.
    """
    yield PurePosixPath("Läs mig.txt"), guide.as_text(with_checklist=bool(checklist)).encode("utf-8-sig")
    if checklist:
        yield PurePosixPath(f"{CHECKLIST}.csv"), _csv(TASKS, checklist)
    for table in TABLES:
        yield PurePosixPath(f"{table.name}.csv"), _csv(table, rows.get(table.name, ()))


def table_csv(table: Table, rows: Rows) -> bytes:
    """A table with these rows, as Swedish Excel saves "CSV UTF-8": byte order mark, semicolons, CRLF."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([harmless(shown(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv(table: Table, rows: Rows) -> bytes:
    """The table with its rows, or where there are none with an example."""
    if rows:
        return table_csv(table, rows)
    return table_csv(table, [example_row(table), *(_settings() if table is SETTINGS else ())])


def _settings() -> Sequence[tuple[Cell, Cell]]:
    return [(setting.key, default_of(setting)) for setting in SETTING_ROWS]
