"""That there is anybody to plan for, and that attendance is told of sessions already held only."""

from __future__ import annotations

from datetime import date

from inputs.findings import Findings
from inputs.schema import HIRES, SETTINGS
from inputs.term_tables import TermTables


def anybody(term: TermTables, findings: Findings) -> None:
    """Report an input without hires."""
    if not term.hires and HIRES.name not in term.broken_tables:
        findings.error("inga_nyanställda", "tabellen har inga nyanställda; lägg till minst en rad", table=HIRES.name)


def check(term: TermTables, planning_date: date | None, findings: Findings, held_by: date | None = None) -> None:
    """Report attendance that cannot be known on the planning date.
    Of sessions up to and on ``held_by`` it is known all the same.
    """
    if planning_date is not None:
        _attendance(term, planning_date, findings, held_by or date.min)


def horizon_known(term: TermTables, findings: Findings) -> None:
    """Report when neither settings nor sessions say which days are planned."""
    if term.horizon() is None and not findings.errors:
        findings.error(
            "ingen_horisont",
            "varken tillfällen eller terminsstart och terminsslut är angivna; ange terminen",
            table=SETTINGS.name,
        )


def _attendance(term: TermTables, planning_date: date, findings: Findings, held_by: date) -> None:
    sessions = term.session_index().by_id
    for entry in term.attendance:
        session = sessions.get(entry.item.session)
        if session is None or not entry.sound("tillfälle") or not session.sound("datum"):
            continue
        if session.item.day >= planning_date and session.item.day > held_by:
            limit = f"inte före planeringsdagen {planning_date}" if planning_date > held_by else "och är inte hållet än"
            message = f"hålls först {session.item.day}, {limit}; ta bort raden"
            entry.error(findings, "ännu_inte_hållet", "tillfälle", message)
