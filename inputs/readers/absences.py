"""Table ``frånvaro``: when, never why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inputs.cells import day, identifier, last_day
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import ABSENCES
from inputs.tables import Table
from models.problem import Absence


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Absence]]:
    """The absences."""
    for row in row_readers(tables, ABSENCES, findings):
        yield row.entry(
            Absence(
                hire=row.required("nyanställd", identifier, ""),
                first=row.required("från", day, date.min),
                last=row.required("till", last_day, date.max),
            )
        )
