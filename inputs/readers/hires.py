"""Table ``nyanställda``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from columns.tables import HIRES
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table
from models.problem import Hire


@dataclass(frozen=True)
class HireRow:
    """A hire, with what she has done as written (``CI`` or ``CI:1``): only the programmes tell which is meant."""

    hire: Hire
    credits: tuple[str, ...]


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[HireRow]]:
    """The hires."""
    values_of = cells_reader(HIRES.columns)
    for row in row_readers(tables, spec_for(HIRES), findings):
        values = values_of(row)
        done = values.pop("credits")
        yield row.entry(HireRow(Hire(**values), done))
