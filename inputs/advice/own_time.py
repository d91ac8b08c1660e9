"""``efter`` to or from a programme that is taken alone: nobody can say when that one is taken, so it is ignored."""

from __future__ import annotations

from inputs.findings import Findings
from inputs.term_tables import TermTables


def advise(term: TermTables, findings: Findings) -> None:
    """Name every such row."""
    alone = {e.item.id for e in term.programmes if e.sound("id", "form") and e.item.own_time}
    for entry in term.programmes:
        if entry.row is None or not entry.sound("efter"):
            continue
        ignored = [id_ for id_ in entry.item.after if entry.item.id in alone or id_ in alone]
        if ignored:
            who = entry.item.id if entry.item.id in alone else ", ".join(ignored)
            message = f"räknas inte, eftersom {who} görs på egen tid; ta bort det, eller ändra form"
            entry.warn(findings, "efter_egen_tid", message, column="efter", value=", ".join(ignored))
