"""More given bookings at a session than it has seats."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers.sessions import SessionRow
from inputs.term_tables import TermTables

_ROWS_NAMED = 12


def check(term: TermTables, planning_date: date | None, findings: Findings) -> None:
    """Report each such session once, with its seats, its bookings and their rows; not those held already."""
    sessions = term.session_index().by_id
    rounds = term.round_index().by_id
    booked: dict[str, list[Entry[Any]]] = defaultdict(list)
    for entry in term.bookings:
        if entry.sound("nyanställd", "tillfälle") and entry.row is not None:
            booked[entry.item.session].append(entry)
    for id_, entries in booked.items():
        session = sessions.get(id_)
        if session is None or not _is_ahead(session, planning_date):
            continue
        round_ = rounds.get(session.item.round)
        seats = session.item.seats
        if seats is None and round_ is not None and round_.sound("platser"):
            seats = round_.item.seats
        if seats is not None and len(entries) > seats:
            _report(id_, seats, entries, findings)


def _is_ahead(session: Entry[SessionRow], planning_date: date | None) -> bool:
    held = planning_date is not None and session.item.day < planning_date
    return session.sound("datum", "omgång", "platser") and not session.item.cancelled and not held


def _report(session: str, seats: int, entries: list[Entry[Any]], findings: Findings) -> None:
    rows = ", ".join(str(entry.row) for entry in entries[:_ROWS_NAMED])
    more = f" och {len(entries) - _ROWS_NAMED} till" if len(entries) > _ROWS_NAMED else ""
    have = "1 plats" if seats == 1 else f"{seats} platser"
    over = len(entries) - seats
    message = f"har {have} men {len(entries)} bokningar (rad {rows}{more}); ta bort {over}, eller höj platser"
    entries[-1].error(findings, "överbokat", "tillfälle", message, session)
