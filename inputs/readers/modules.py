"""Table ``moment``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inputs.cells import identifier, text, whole
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.schema import MODULES
from inputs.tables import Table


@dataclass(frozen=True)
class ModuleRow:
    """A module with the programme that it is part of."""

    programme: str
    number: int
    name: str | None


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[ModuleRow]]:
    """The modules that are listed."""
    for row in row_readers(tables, MODULES, findings):
        yield row.entry(
            ModuleRow(
                programme=row.required("utbildning", identifier, ""),
                number=row.required("nr", whole(1), 0),
                name=row.optional("namn", text, None),
            )
        )
