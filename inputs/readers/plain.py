"""Tables whose rows are items of the model as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from columns import kinds
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table

T = TypeVar("T")


def read(
    tables: Mapping[str, Table], findings: Findings, table: kinds.Table, make: Callable[..., T]
) -> Iterator[Entry[T]]:
    """The rows of the table, each made of the values of its columns by their fields."""
    values_of = cells_reader(table.columns)
    for row in row_readers(tables, spec_for(table), findings):
        yield row.entry(make(**values_of(row)))
