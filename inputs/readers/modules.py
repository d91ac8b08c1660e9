"""Table ``moment``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from columns.tables import MODULES
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers import plain
from inputs.tables import Table


@dataclass(frozen=True)
class ModuleRow:
    """A module with the programme that it is part of."""

    programme: str
    number: int
    name: str | None


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[ModuleRow]]:
    """The modules that are listed."""
    return plain.read(tables, findings, MODULES, ModuleRow)
