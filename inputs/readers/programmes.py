"""Table ``utbildningar``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from columns.tables import PROGRAMMES
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table
from models.problem import Programme


def read(
    tables: Mapping[str, Table], findings: Findings, *, default_deadline_months: int
) -> Iterator[Entry[Programme]]:
    """The programmes, as yet without their modules."""
    values_of = cells_reader(PROGRAMMES.columns)
    for row in row_readers(tables, spec_for(PROGRAMMES), findings):
        values = values_of(row)
        if values["deadline_months"] is None:
            values["deadline_months"] = default_deadline_months
        yield row.entry(Programme(**values, modules=()))
