"""Rows on their way to models: typed items that remember where they came from and which of their cells were faulty.

A faulty cell is reported once, where it is read. The item then carries a placeholder of the right type, and every
later check asks ``sound`` before it trusts a column, so that one fault never shows up as two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from inputs.cells import BadCellError, CellValue, Parser, clean, shown
from inputs.findings import Findings
from inputs.schema import TableSpec
from inputs.tables import Row, Table

T = TypeVar("T")


@dataclass
class Entry(Generic[T]):
    """One row's item with its origin. ``values`` are the cells as the user wrote them."""

    item: T
    table: str
    row: int | None
    values: Mapping[str, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def sound(self, *columns: str) -> bool:
        """Whether these columns were read without a fault."""
        return self.faulty.isdisjoint(columns)

    def error(self, findings: Findings, kind: str, column: str, message: str, value: str | None = None) -> None:
        """Report a fault in a column of this row, and mistrust the column from here on."""
        self.faulty.add(column)
        shown_value = self.values.get(column) if value is None else value
        findings.error(kind, message, table=self.table, row=self.row, column=column, value=shown_value)

    def warn(self, findings: Findings, kind: str, message: str, *, column: str | None = None, value: str) -> None:
        """Report something in this row that may be meant so."""
        findings.warn(kind, message, table=self.table, row=self.row, column=column, value=value)


class RowReader:
    """Reads the cells of one row, each with the parser of its column."""

    def __init__(self, table: Table, row: Row, findings: Findings) -> None:
        self._table = table
        self._row = row
        self._findings = findings
        self.faulty: set[str] = set()

    def required(self, column: str, parse: Parser[T], placeholder: T) -> T:
        """The cell's value; a blank one is an error."""
        return self._read(column, parse, placeholder, self._missing)

    def optional(self, column: str, parse: Parser[T], default: T) -> T:
        """The cell's value, or the default when it is blank."""
        return self._read(column, parse, default, lambda _column: None)

    def entry(self, item: T) -> Entry[T]:
        """The item with what is known of its row."""
        values = {column: shown(value) for column, value in self._row.cells.items() if column not in self._row.told}
        return Entry(item, self._table.spec.name, self._row.number, values, self.faulty)

    def _read(self, column: str, parse: Parser[T], otherwise: T, when_blank: Callable[[str], None]) -> T:
        if column in self._table.doubtful or self._row.shifted or column in self._row.told:
            # Reported once, with the heading, the row or the range.
            self.faulty.add(column)
            return otherwise
        raw = self._row.cells.get(column)
        try:
            value = clean(raw)
            if value is None:
                when_blank(column)
                return otherwise
            return parse(value)
        except BadCellError as bad:
            self._report(column, bad.kind, bad.message, raw)
            return otherwise

    def _missing(self, column: str) -> None:
        self._report(column, "värde_saknas", "värde saknas; fyll i cellen", None)

    def _report(self, column: str, kind: str, message: str, raw: CellValue) -> None:
        self.faulty.add(column)
        self._findings.error(
            kind,
            message,
            table=self._table.spec.name,
            row=self._row.number,
            column=column,
            value=None if raw is None else shown(raw),
        )


def row_readers(tables: Mapping[str, Table], spec: TableSpec, findings: Findings) -> Iterator[RowReader]:
    """A reader for each row of the table; none when the table is missing."""
    table = tables.get(spec.name)
    if table is not None:
        for row in table.rows:
            yield RowReader(table, row, findings)
