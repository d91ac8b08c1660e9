"""Trainers whom the table lacks, and sessions on days when a trainer who is to hold them is away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean
from inputs.readers.absences import AbsenceRow
from inputs.term_tables import TermTables
from inputs.trainers import named, shared_names, spelling
from models.ids import RoundStatus

_ROWS_NAMED = 5


def advise(term: TermTables, findings: Findings) -> None:
    """Name each unknown trainer once, each absent trainer who holds nothing, and each session whose trainer is away."""
    _unknown(term, findings)
    _away(term, findings)


def _unknown(term: TermTables, findings: Findings) -> None:
    if not term.trainers:
        return
    known, shared = named(term), shared_names(term)
    rows: dict[str, list[Entry[Any]]] = defaultdict(list)
    for entry in term.sessions:
        if entry.sound("utbildare") and entry.row is not None:
            for written in entry.item.trainers:
                if known(written) is None and written not in shared:
                    rows[written].append(entry)
    everybody = [word for e in term.trainers for word in (e.item.name, e.item.id)]
    for written, entries in rows.items():
        numbers = ", ".join(str(entry.row) for entry in entries[:_ROWS_NAMED])
        more = f" och {len(entries) - _ROWS_NAMED} till" if len(entries) > _ROWS_NAMED else ""
        hint = did_you_mean(written, everybody) or "; lägg till en rad där, eller rätta namnet"
        message = f"finns inte i tabellen utbildare (tillfällen rad {numbers}{more}){hint}"
        entries[0].warn(findings, "okänd_utbildare", message, column="utbildare", value=written)


def _away(term: TermTables, findings: Findings) -> None:
    name_of = spelling(term)
    away = _absences_by_trainer(term)
    rounds = term.round_index().by_id
    holding: set[str] = set()
    for entry in term.sessions:
        session, round_ = entry.item, rounds.get(entry.item.round)
        names = [name_of(written) for written in session.trainers] if entry.sound("utbildare") else []
        holding.update(names)
        if session.cancelled or not entry.sound("datum", "status") or entry.row is None:
            continue
        if round_ is not None and round_.item.status is RoundStatus.CANCELLED:
            continue
        for name in names:
            if any(a.item.first <= session.day <= a.item.last for a in away.get(name, ())):
                message = (
                    f"ska hålla tillfälle {session.id} den {session.day} men är frånvarande då; byt utbildare eller dag"
                )
                entry.warn(findings, "utbildare_borta", message, column="utbildare", value=name)
    _idle(away, holding, findings)


def _absences_by_trainer(term: TermTables) -> Mapping[str, Sequence[Entry[AbsenceRow]]]:
    name_of = spelling(term)
    found: dict[str, list[Entry[AbsenceRow]]] = defaultdict(list)
    for entry in term.absences:
        if entry.item.trainer is not None and entry.sound("nyanställd", "utbildare", "från", "till"):
            found[name_of(entry.item.trainer)].append(entry)
    return found


def _idle(away: Mapping[str, Sequence[Entry[AbsenceRow]]], holding: set[str], findings: Findings) -> None:
    """Who holds nothing is perhaps spelled otherwise there."""
    for name, entries in away.items():
        if name not in holding and entries[0].row is not None:
            message = f"håller inget tillfälle, så frånvaron har ingen verkan{did_you_mean(name, holding)}"
            entries[0].warn(findings, "håller_inget", message, column="utbildare", value=entries[0].item.trainer or "")
