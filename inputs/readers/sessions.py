"""Table ``tillfällen``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from columns.tables import SESSIONS
from inputs.entries import Entry, row_readers
from inputs.findings import Findings
from inputs.parsers import cells_reader
from inputs.schema import spec_for
from inputs.tables import Table
from models.problem import ListedSession, Session


class SessionRow(ListedSession):
    """A session as listed: ``programme`` and ``seats`` may be left to its round. The id is given or made."""

    programme: str | None


def read(tables: Mapping[str, Table], findings: Findings) -> Sequence[Entry[SessionRow]]:
    """The sessions in row order, with meeting numbers by date and start."""
    values_of = cells_reader(SESSIONS.columns)
    rows = row_readers(tables, spec_for(SESSIONS), findings)
    entries = [row.entry(_session(values_of(row))) for row in rows]
    parts: dict[tuple[str, int], list[Entry[SessionRow]]] = defaultdict(list)
    for entry in entries:
        parts[entry.item.round, entry.item.module].append(entry)
    for members in parts.values():
        _number(members)
    return entries


def in_order(row: SessionRow | Session) -> tuple[date, time, time, str, str, tuple[str, ...]]:
    """What the meetings of one module in one round are numbered by."""
    return row.day, row.start, row.end, row.place or "", row.room or "", row.trainers


def default_id(round_: str, module: int, meeting: int) -> str:
    """The id of a session that was given none."""
    return f"{round_}-{module}" if meeting == 1 else f"{round_}-{module}-{meeting}"


def _number(members: Sequence[Entry[SessionRow]]) -> None:
    """Meeting numbers and made ids of one module in one round;
    with a time that could not be read, no made id is sure.
    """
    unsure = len(members) > 1 and any(not entry.sound("datum", "start", "slut") for entry in members)
    for meeting, entry in enumerate(sorted(members, key=_whole_order), start=1):
        row = entry.item
        made = not row.id
        id_ = default_id(row.round, row.module, meeting) if made else row.id
        entry.item = row.model_copy(update={"id": id_, "meeting": meeting})
        if made and unsure:
            entry.faulty.add("id")


def _whole_order(entry: Entry[SessionRow]) -> tuple[object, ...]:
    """Rows alike in all that orders them differ in nothing that
    matters, but the numbers must not come of the rows' order.
    """
    row = entry.item
    return *in_order(row), row.id, row.seats or 0, row.accessible, row.cancelled


def _session(values: dict[str, Any]) -> SessionRow:
    """One row; number and made id come when all are read."""
    return SessionRow(**{**values, "id": values["id"] or ""}, meeting=0)
