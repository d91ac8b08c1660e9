"""Table ``kvoter``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import identifier, whole
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import QUOTAS
from inputs.tables import Table
from models.problem import Quota


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Quota]]:
    """The quotas."""
    for row in row_readers(tables, QUOTAS, findings):
        yield row.entry(
            Quota(
                round=row.required("omgång", identifier, ""),
                organisation=row.required("förvaltning", identifier, ""),
                at_most=row.optional("högst", whole(0), None),
                at_least=row.optional("minst", whole(0), 0),
            )
        )
