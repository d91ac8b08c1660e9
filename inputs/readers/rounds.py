"""Table ``omgångar``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from inputs.cells import identifier, identifiers, one_of, whole
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import ROUNDS
from inputs.tables import Table
from models.ids import RoundStatus
from models.problem import Round

_STATUS = one_of({str(status): status for status in RoundStatus})


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[Round]]:
    """The rounds that are listed."""
    for row in row_readers(tables, ROUNDS, findings):
        yield row.entry(
            Round(
                id=row.required("id", identifier, ""),
                programme=row.required("utbildning", identifier, ""),
                organisations=row.optional("förvaltning", identifiers, ()),
                seats=row.required("platser", whole(0), 0),
                min_participants=row.optional("min_deltagare", whole(0), 0),
                reserve=row.optional("reserv", whole(0), 0),
                status=row.optional("status", _STATUS, RoundStatus.FIXED),
            )
        )
