"""Table ``lov``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inputs.cells import day, identifiers, last_day, text
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import BREAKS
from inputs.tables import Table
from models.problem import Break


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Break]]:
    """The breaks."""
    for row in row_readers(tables, BREAKS, findings):
        yield row.entry(
            Break(
                name=row.required("namn", text, ""),
                first=row.required("från", day, date.min),
                last=row.required("till", last_day, date.max),
                organisations=row.optional("förvaltning", identifiers, ()),
            )
        )
