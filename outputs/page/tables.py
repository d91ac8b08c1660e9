"""A table of plain cells, the same in a report and in a workbook."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int


@dataclass(frozen=True)
class Table:
    """Its anchor, its name, what stands first in each row (``first``
    titles), the other titles, the rows, and what is said below it.
    """

    anchor: str
    title: str
    first: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """All titles, in their order."""
        return self.first + self.others
