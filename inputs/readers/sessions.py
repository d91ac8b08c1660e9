"""Table ``tillfällen``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from inputs.cells import clock, day, identifier, one_of, text, texts, whole, yes_no
from inputs.entries import Entry, RowReader, row_readers
from inputs.findings import Findings
from inputs.schema import SESSIONS
from inputs.tables import Table

_CANCELLED = one_of({"inställd": True})


@dataclass(frozen=True)
class SessionRow:
    """A session as listed: ``programme`` and ``seats`` may be left to its round. The id is given or made."""

    id: str
    round: str
    module: int
    meeting: int
    programme: str | None
    day: date
    start: time
    end: time
    place: str | None
    room: str | None
    trainers: tuple[str, ...]
    seats: int | None
    accessible: bool
    cancelled: bool


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[SessionRow]]:
    """The sessions, with meeting numbers in row order."""
    rows_so_far: Counter[tuple[str, int]] = Counter()
    for row in row_readers(tables, SESSIONS, findings):
        round_ = row.required("omgång", identifier, "")
        module = row.optional("moment", whole(1), 1)
        rows_so_far[round_, module] += 1
        yield row.entry(_session(row, round_, module, rows_so_far[round_, module]))


def _session(row: RowReader, round_: str, module: int, meeting: int) -> SessionRow:
    made = f"{round_}-{module}" if meeting == 1 else f"{round_}-{module}-{meeting}"
    return SessionRow(
        id=row.optional("id", identifier, made),
        round=round_,
        module=module,
        meeting=meeting,
        programme=row.optional("utbildning", identifier, None),
        day=row.required("datum", day, date.min),
        start=row.required("start", clock, time.min),
        end=row.required("slut", clock, time.max),
        place=row.optional("plats", text, None),
        room=row.optional("lokal", text, None),
        trainers=row.optional("utbildare", texts, ()),
        seats=row.optional("platser", whole(0), None),
        accessible=row.optional("tillgänglig", yes_no, True),
        cancelled=row.optional("status", _CANCELLED, False),
    )
