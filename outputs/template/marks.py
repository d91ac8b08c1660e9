"""The mark that makes a row an example: the readers skip a row whose first column begins with it (inputs/schema.py)."""

from __future__ import annotations

from columns.kinds import Cell, Table

MARK = "Exempel:"


def example_row(table: Table) -> tuple[Cell, ...]:
    """The worked example of a table, marked as such."""
    first, *rest = (column.example for column in table.columns)
    return (f"{MARK} {first}", *rest)
