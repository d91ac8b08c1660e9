"""Programmes that are taken alone (form ``egen tid``): they have no rounds and no sessions."""

from __future__ import annotations

from inputs.findings import Findings
from inputs.schema import SESSIONS
from inputs.term_tables import TermTables


def check(term: TermTables, findings: Findings) -> None:
    """Report every round of such a programme, and every session where the table of rounds is missing."""
    alone = {e.item.id for e in term.programmes if e.sound("id", "form") and e.item.own_time}
    rounds = term.round_index().by_id
    for entry in term.rounds:
        if entry.table != SESSIONS.name and entry.sound("utbildning") and entry.item.programme in alone:
            message = "görs på egen tid och har inga omgångar; ta bort raden, eller ändra form på bladet utbildningar"
            entry.error(findings, "omgång_på_egen_tid", "utbildning", message)
    for session in term.sessions:
        round_ = rounds.get(session.item.round)
        if round_ is None or not session.sound("omgång") or round_.item.programme not in alone:
            continue
        message = (
            f"hör till {round_.item.programme}, som görs på egen tid och inte har några tillfällen; ta bort raden, "
            "eller ändra form på bladet utbildningar"
        )
        session.error(findings, "tillfälle_på_egen_tid", "omgång", message)
