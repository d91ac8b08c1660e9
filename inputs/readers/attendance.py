"""Table ``närvaro``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import identifier, yes_no
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import ATTENDANCE
from inputs.tables import Table
from models.problem import Attendance


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Attendance]]:
    """What happened at sessions already held."""
    for row in row_readers(tables, ATTENDANCE, findings):
        yield row.entry(
            Attendance(
                hire=row.required("nyanställd", identifier, ""),
                session=row.required("tillfälle", identifier, ""),
                present=row.required("närvarande", yes_no, False),
            )
        )
