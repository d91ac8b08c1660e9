"""Worksheets as xlsxwriter writes them, byte for byte, with the two steps made short that a large term repeats most.

A nation has a million cells in hundreds of workbooks, each with the same rules of colour. Both steps are xlsxwriter's
own (its private methods): a version that goes about it otherwise is not reached by what stands here, or shows itself
in the test that compares the bytes (docs/adr/219).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library is without types
    """A worksheet for tables of plain cells: shared texts, numbers, days and blanks, each with a format."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401  # a named tuple, by kind of cell
        """One cell as XML; all that goes in is a number or made by the library, so that nothing has to be escaped."""
        kind = type(cell).__name__
        if cell.format is None or kind not in _PLAIN or self.constant_memory:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind == "Blank":
            self.fh.write(f"{start}/>")
        else:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """The formula with the names of newer functions as files have them, sought once for each formula."""
        return _prepared(formula, expand_future_functions or self.use_future_functions)


_PLAIN = frozenset({"String", "Number", "Datetime", "Blank"})


@lru_cache(maxsize=1024)
def _prepared(formula: str, expand_future_functions: bool) -> str:
    prepared: str = Worksheet()._prepare_formula(formula, expand_future_functions)
    return prepared
