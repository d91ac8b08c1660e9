"""Table ``tillfällen``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from columns.tables import SESSIONS
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table
from models.problem import ListedSession


class SessionRow(ListedSession):
    """A session as listed: ``programme`` and ``seats`` may be left to its round. The id is given or made."""

    programme: str | None


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[SessionRow]]:
    """The sessions, with meeting numbers in row order."""
    rows_so_far: Counter[tuple[str, int]] = Counter()
    values_of = cells_reader(SESSIONS.columns)
    for row in row_readers(tables, spec_for(SESSIONS), findings):
        values = values_of(row)
        round_, module = values["round"], values["module"]
        rows_so_far[round_, module] += 1
        meeting = rows_so_far[round_, module]
        if values["id"] is None:
            values["id"] = f"{round_}-{module}" if meeting == 1 else f"{round_}-{module}-{meeting}"
        yield row.entry(SessionRow(**values, meeting=meeting))
