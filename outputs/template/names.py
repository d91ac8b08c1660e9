"""Defined names over the id columns: what the drop-down lists of the other sheets offer.

A name is a formula that begins at the first real row and ends at the last filled one, so that the lists grow as rows
are filled in and hold no blank lines at their end (with blank lines Excel would let anything through).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.utility import xl_col_to_name

from columns.kinds import Table
from columns.tables import HIRES, ORGANISATIONS, PROGRAMMES, ROUNDS, SESSIONS
from outputs.template.marks import MARK

# Room for a whole region's year; the sheets take more rows, without help beyond this one.
LAST_ROW = 20_001
_REFERRED_TO = (ORGANISATIONS, PROGRAMMES, ROUNDS, SESSIONS, HIRES)


def list_name(table: str) -> str:
    """The defined name of a table's ids."""
    return f"id_{table}"


def definitions() -> Iterator[tuple[str, str]]:
    """Name and formula, for every table that others refer to."""
    for table in _REFERRED_TO:
        place = next(place for place, column in enumerate(table.columns) if column.name == "id")
        yield list_name(table.name), _filled(table, xl_col_to_name(place))


def _filled(table: Table, letter: str) -> str:
    """From the first row below the example to the last filled one.

    All is counted from the heading, which nobody deletes: the example row may go, be written over, or stay.
    """
    ids = f"'{table.name}'!${letter}$1:${letter}${LAST_ROW}"
    marks = f"'{table.name}'!$A$1:$A${LAST_ROW}"
    first = f'IF(LEFT(TRIM(INDEX({marks},2)),{len(MARK)})="{MARK}",3,2)'
    last = f'SUMPRODUCT(MAX(({ids}<>"")*ROW({ids})))'
    return f"=INDEX({ids},{first}):INDEX({ids},MAX({first},{last}))"
