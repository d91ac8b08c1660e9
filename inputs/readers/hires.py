"""Table ``nyanställda``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inputs.cells import day, identifier, identifiers, last_day_or_none, text, texts, weekdays, whole, yes_no
from inputs.entries import Entry, RowReader, row_readers
from inputs.findings import Findings
from inputs.schema import HIRES
from inputs.tables import Table
from models.problem import ALL_WORKDAYS, Hire


@dataclass(frozen=True)
class HireRow:
    """A hire, with what she has done as written (``CI`` or ``CI:1``): only the programmes tell which is meant."""

    hire: Hire
    credits: tuple[str, ...]


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[HireRow]]:
    """The hires."""
    for row in row_readers(tables, HIRES, findings):
        yield row.entry(HireRow(_hire(row), row.optional("tillgodoräknas", texts, ())))


def _hire(row: RowReader) -> Hire:
    return Hire(
        id=row.required("id", identifier, ""),
        name=row.required("namn", text, ""),
        organisation=row.required("förvaltning", identifier, ""),
        starts=row.required("anställd_från", day, date.min),
        email=row.optional("e-post", text, None),
        unit=row.optional("enhet", text, None),
        caseload_start=row.optional("ärenden_från", day, None),
        ends=row.optional("slutar", last_day_or_none, None),
        weekdays=row.optional("arbetsdagar", weekdays, ALL_WORKDAYS),
        experienced=row.optional("erfaren", yes_no, False),
        target_groups=row.optional("målgrupp", texts, ()),
        needs_accessible=row.optional("kräver_tillgänglig", yes_no, False),
        priority=row.optional("prioritet", whole(1, 3), 1),
        programmes=row.optional("utbildningar", identifiers, None),
    )
