"""Rows of an input added, changed and taken away: the tables
as they stand, with one row another, read anew as a whole.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

from columns.kinds import Cell, Column, Table, YesNo
from columns.tables import ATTENDANCE, HIRES, TABLES
from inputs.cells import NO, BadCellError
from inputs.findings import Finding
from inputs.names import fold
from inputs.tables import spec_of
from outputs import template
from service import inputs_of_terms
from service.config import Config
from service.models import InputVersion
from service.reading.upload import Read, read_tables
from terminsplan.reading import as_data

Row = list[Any]
Tables = dict[str, list[Row]]
"""By the name of the table: its heading and its rows, each the number that Excel shows and its cells as text."""
Edit = Callable[[Tables, Any], str]
_WORKBOOKS_KEPT = 4
_COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in TABLES}


class RefusedEditError(Exception):
    """The row is not taken; ``errors`` are located findings, as ``kontrollera --json`` has them."""

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.errors = errors


def edited(config: Config, base: InputVersion, edit: Edit, content: Any) -> Read | None:  # noqa: ANN401
    """What the changed tables were read as; None where the change
    changes nothing. Raises RefusedEditError for new errors.
    """
    tables = _tables(config, base)
    before = {name: [[number, list(cells)] for number, cells in rows] for name, rows in tables.items()}
    edit(tables, content)
    if tables == before:
        return None
    read = read_tables(config, {f"{name}.csv": _csv(rows) for name, rows in tables.items()})
    known = {finding["text"] for finding in base.errors}
    new = [finding for finding in read.found["errors"] if finding["text"] not in known]
    if new or not read.readable or not read.may_be_kept:
        read.discard()
        raise RefusedEditError(new or read.found["errors"])
    return read


def with_hire(tables: Tables, hire: Mapping[str, Any]) -> str:
    """One hire more, or one changed where the id is known: what is not given stays. Raises RefusedEditError."""
    cells = _cells(HIRES.name, hire, _row_of(tables, HIRES.name, "id", hire.get("id")))
    if not cells.get("id"):
        raise RefusedEditError([finding(HIRES.name, "id", "cellen är tom; fyll i den")])
    _put(tables, HIRES.name, ("id",), cells)
    return cells["id"]


def with_attendance(tables: Tables, rows: Iterable[Mapping[str, Any]]) -> str:
    """Attendance told, for the first time or again. Raises
    RefusedEditError where two of the rows contradict each other.
    """
    told: dict[tuple[str, str], tuple[int, bool]] = {}
    for number, row in enumerate(rows, start=1):
        seat, present = (row["hire"].strip(), row["session"].strip()), row["present"]
        first, before = told.setdefault(seat, (number, present))
        if before is not present:
            message = f"rad {number} i anropet säger emot rad {first} om {seat[0]} på {seat[1]}; skicka en av dem"
            raise RefusedEditError([finding(ATTENDANCE.name, "närvarande", message)])
        cells = {"nyanställd": seat[0], "tillfälle": seat[1], "närvarande": "ja" if present else "nej"}
        _put(tables, ATTENDANCE.name, ("nyanställd", "tillfälle"), cells)
    return ""


def with_row(tables: Tables, change: tuple[str, Sequence[str], Mapping[str, str]]) -> str:
    """Any row, known by its key columns: added, or changed."""
    name, keys, cells = change
    _put(tables, name, keys, cells)
    return ""


def without_row(tables: Tables, change: tuple[str, Sequence[str], Mapping[str, str]]) -> str:
    """A row less, known by its key columns."""
    name, keys, cells = change
    rows = tables.get(name, [])
    places = _places(rows)
    kept = [row for row in rows[1:] if any(_cell(row, places, key) != cells[key] for key in keys)]
    tables[name] = rows[:1] + kept
    return ""


@dataclass(frozen=True)
class RowChange:
    """A row by the number that Excel shows, or a new one; ``cells`` by column, None for a row that is taken away."""

    table: str
    number: int | None
    cells: Mapping[str, str] | None


def with_change(tables: Tables, change: RowChange) -> str:
    """The row as it shall be."""
    rows = tables.setdefault(change.table, [[1, list(_COLUMNS[change.table])]])
    if change.cells is None:
        tables[change.table] = rows[:1] + [row for row in rows[1:] if row[0] != change.number]
        return ""
    if change.number is None:
        row = [rows[-1][0] + 1, []]
        rows.append(row)
    else:
        found = next((row for row in rows[1:] if row[0] == change.number), None)
        if found is None:
            raise RefusedEditError([finding(change.table, "", "raden finns inte längre")])
        row = found
    _fill(rows, row, change.cells)
    return ""


def row_at(config: Config, version: InputVersion, table: str, number: int) -> dict[str, str] | None:
    """The cells of a row by column; None where there is no such row."""
    rows = _tables(config, version).get(table, [])
    places = _places(rows)
    row = next((row for row in rows[1:] if row[0] == number), None)
    return None if row is None else {column: _cell(row, places, column) for column in _COLUMNS[table]}


def as_workbook(config: Config, version: InputVersion) -> bytes:
    """The tables as our own workbook, to go on filling in; cells that say a day or a time are such cells."""
    return workbook_once(config.inputs / version.folder)


@lru_cache(maxsize=_WORKBOOKS_KEPT)
def workbook_once(folder: Path) -> bytes:
    """Of a folder that was read, which never changes: half a second of work for a city."""
    filled = {}
    for name, rows in _known(inputs_of_terms.tables_in(folder)).items():
        places = _places(rows)
        columns = _COLUMNS[name]
        filled[name] = [tuple(_typed(_cell(row, places, column)) for column in columns) for row in rows[1:]]
    return template.workbook(filled)


def _typed(text: str) -> Cell:
    if not text:
        return None
    for kind, form in ((date, r"\d{4}-\d\d-\d\d"), (time, r"\d\d:\d\d")):
        if re.fullmatch(form, text):
            with suppress(ValueError):
                return kind.fromisoformat(text)
    return text


def _tables(config: Config, version: InputVersion) -> Tables:
    return _known(inputs_of_terms.tables(config, version))


def _known(tables: Iterable[Mapping[str, Any]]) -> Tables:
    found: Tables = {}
    for table in tables:
        spec = spec_of(table["name"])
        if spec is not None and table["rows"]:
            found[spec.name] = table["rows"]
    return found


def _put(tables: Tables, name: str, keys: Sequence[str], cells: Mapping[str, str]) -> None:
    rows = tables.setdefault(name, [[1, [key for key in _COLUMNS[name] if key in cells]]])
    places = _places(rows)
    for row in rows[1:]:
        if all(_cell(row, places, key) == cells[key] for key in keys):
            break
    else:
        row = [rows[-1][0] + 1, []]
        rows.append(row)
    _fill(rows, row, cells)


def _fill(rows: Sequence[Row], row: Row, cells: Mapping[str, str]) -> None:
    """Write cells into a row; a column that the table lacks is added where there is something to write."""
    places = _places(rows)
    for column in cells:
        if column not in places and cells[column]:
            places[column] = len(rows[0][1])
            rows[0][1].append(column)
    for column, text in cells.items():
        if column in places:
            row[1] += [""] * (places[column] + 1 - len(row[1]))
            row[1][places[column]] = text


def _places(rows: Sequence[Row]) -> dict[str, int]:
    """Where each column of the schema stands."""
    known = {fold(column): column for columns in _COLUMNS.values() for column in columns}
    return {known.get(fold(title), title): place for place, title in enumerate(rows[0][1])} if rows else {}


def _cell(row: Row, places: Mapping[str, int], column: str) -> str:
    place = places.get(column)
    return "" if place is None or place >= len(row[1]) else str(row[1][place]).strip()


def _row_of(tables: Tables, name: str, key: str, wanted: object) -> int:
    """The number that the row of this key has, or will get where it is a new one."""
    rows = tables.get(name) or [[1, []]]
    places = _places(rows)
    known = (row[0] for row in rows[1:] if _cell(row, places, key) == str(wanted).strip())
    return int(next(known, rows[-1][0] + 1))


def _cells(name: str, content: Mapping[str, Any], number: int) -> dict[str, str]:
    """Cells by the column's own name; raises RefusedEditError for
    every column that there is not, and every value that is none.
    """
    columns = {fold(column.name): column for table in TABLES if table.name == name for column in table.columns}
    found: dict[str, str] = {}
    faults = []
    for key, value in content.items():
        column = columns.get(fold(key))
        if column is None:
            faults.append(finding(name, key, "kolumnen finns inte", number))
            continue
        if column.name in found:
            faults.append(finding(name, column.name, "kolumnen står två gånger i anropet", number))
            continue
        try:
            found[column.name] = _text(column, value)
        except BadCellError as bad:
            faults.append(finding(name, column.name, bad.message, number))
    if faults:
        raise RefusedEditError(faults)
    return found


def _text(column: Column, value: object) -> str:
    """What a person would write into the cell; raises BadCellError for what no cell holds."""
    match value:
        case None:
            return ""
        case bool() if isinstance(column.kind, YesNo):
            return "ja" if value else "nej"
        case bool():
            raise BadCellError("ja_nej_här", "värdet är true eller false, men kolumnen är ingen ja/nej-kolumn")
        case str() if value.isprintable() or not value:
            return value.strip()
        case str():
            raise BadCellError("styrtecken", "texten har radbrytning, tabb eller ett annat tecken som inte syns")
        case int():
            return str(value)
        case float():
            return f"{value:g}".replace(".", ",")
        case list():
            raise BadCellError("ingen_cell", "värdet är en JSON-lista; skriv en text, med komma emellan flera")
    raise BadCellError("ingen_cell", "värdet är ett JSON-objekt; skriv det som en text")


def finding(table: str, column: str, message: str, row: int | None = None) -> Mapping[str, Any]:
    """Located as those of ``kontrollera --json`` are."""
    (told,) = as_data([Finding(table, row, column[:100], None, message, "rad")])
    return told


def _csv(rows: Sequence[Row]) -> bytes:
    """With blank lines where the numbers leave out some, so that rows keep the numbers that they had."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    line = 1
    for number, cells in rows:
        text.write("\r\n" * max(0, number - line))
        writer.writerow(cells)
        line = max(line, number) + 1
    return text.getvalue().encode("utf-8-sig")


@dataclass(frozen=True)
class Written:
    """A row of a table: ``cells`` by the schema's columns,
    ``written`` under the headings as they stand, other columns too.
    """

    table: Table
    number: int
    cells: Mapping[str, str]
    written: Mapping[str, str]


def written_rows(config: Config, version: InputVersion) -> Iterator[Written]:
    """Every row of every table."""
    for name, rows in _tables(config, version).items():
        places, table = _places(rows), next(one for one in TABLES if one.name == name)
        for row in rows[1:]:
            cells = {column: _cell(row, places, column) for column in _COLUMNS[name]}
            yield Written(table, row[0], cells, dict(zip(rows[0][1], map(str, row[1]), strict=False)))


def all_rows(config: Config, version: InputVersion) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of every table, by the schema's columns."""
    found = {}
    for name, rows in _tables(config, version).items():
        places = _places(rows)
        found[name] = [{column: _cell(row, places, column) for column in _COLUMNS[name]} for row in rows[1:]]
    return found


def says_no(text: str) -> bool:
    """Whether a cell of a column that holds yes or no says no."""
    return text.strip().casefold() in NO


def rows_of(config: Config, version: InputVersion, table: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a table, as far as these columns go."""
    rows = _tables(config, version).get(table, [])
    places = _places(rows)
    return [{column: _cell(row, places, column) for column in columns} for row in rows[1:]]
