"""Table ``förvaltningar``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import identifier, text
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import ORGANISATIONS
from inputs.tables import Table
from models.problem import Organisation


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Organisation]]:
    """The administrations that are listed."""
    for row in row_readers(tables, ORGANISATIONS, findings):
        yield row.entry(
            Organisation(
                id=row.required("id", identifier, ""),
                name=row.required("namn", text, ""),
                email=row.optional("e-post", text, None),
            )
        )
