"""Programmes that are taken alone (form ``egen tid``): they have no rounds and no sessions."""

from __future__ import annotations

from inputs.draft import Draft
from inputs.findings import Findings
from inputs.schema import SESSIONS


def check(draft: Draft, findings: Findings) -> None:
    """Report every round of such a programme, and every session where the table of rounds is missing."""
    alone = {e.item.id for e in draft.programmes if e.sound("id", "form") and e.item.own_time}
    rounds = draft.round_index().by_id
    for entry in draft.rounds:
        if entry.table != SESSIONS.name and entry.sound("utbildning") and entry.item.programme in alone:
            message = "görs på egen tid och har inga omgångar; ta bort raden, eller ändra form på bladet utbildningar"
            entry.error(findings, "omgång_på_egen_tid", "utbildning", message)
    for session in draft.sessions:
        round_ = rounds.get(session.item.round)
        if round_ is None or not session.sound("omgång") or round_.item.programme not in alone:
            continue
        message = (
            f"hör till {round_.item.programme}, som görs på egen tid och inte har några tillfällen; ta bort raden, "
            "eller ändra form på bladet utbildningar"
        )
        session.error(findings, "tillfälle_på_egen_tid", "omgång", message)
