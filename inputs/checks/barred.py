"""Bookings in a round in which the person is barred from a seat."""

from __future__ import annotations

from datetime import date

from inputs.findings import Findings
from inputs.term_tables import TermTables


def check(term: TermTables, planning_date: date | None, findings: Findings) -> None:
    """Report each booking that is yet to be held there; what was held stays a fact."""
    sessions = term.session_index().by_id
    barred = {(e.item.hire, e.item.round): e for e in term.barred if e.sound("nyanställd", "omgång")}
    for entry in term.bookings:
        session = sessions.get(entry.item.session)
        if session is None or not entry.sound("nyanställd", "tillfälle") or not session.sound("datum", "omgång"):
            continue
        bar = barred.get((entry.item.hire, session.item.round))
        if bar is None or (planning_date is not None and session.item.day < planning_date):
            continue
        where = f" (rad {bar.row})" if bar.row is not None else ""
        message = (
            f"är i omgång {session.item.round}, som {entry.item.hire} är spärrad från i tabellen spärrar{where}; "
            "ta bort bokningen eller spärren"
        )
        entry.error(findings, "bokad_i_spärr", "tillfälle", message)
