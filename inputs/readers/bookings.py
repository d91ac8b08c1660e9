"""Table ``bokningar``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import identifier
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import BOOKINGS
from inputs.tables import Table
from models.problem import GivenBooking


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[GivenBooking]]:
    """The seats that are decided."""
    for row in row_readers(tables, BOOKINGS, findings):
        yield row.entry(
            GivenBooking(
                hire=row.required("nyanställd", identifier, ""),
                session=row.required("tillfälle", identifier, ""),
            )
        )
