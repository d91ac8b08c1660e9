"""Absent trainers whom nobody knows, and names that do not tell which trainer is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean
from inputs.schema import TRAINERS
from inputs.term_tables import TermTables
from inputs.trainers import named, shared_names
from models.problem import Trainer


def check(term: TermTables, findings: Findings) -> None:
    """Report absences of trainers that the table lacks, where it
    exists, and every mention of a name that two of them have.
    """
    _absent(term, findings)
    _shared(term, findings)


def _absent(term: TermTables, findings: Findings) -> None:
    if not term.trainers or TRAINERS.name in term.broken_tables or not all(e.sound("id") for e in term.trainers):
        return
    known, shared = named(term), shared_names(term)
    ids = [entry.item.id for entry in term.trainers]
    for entry in term.absences:
        written = entry.item.trainer
        if written is None or not entry.sound("utbildare") or known(written) or written in shared:
            continue
        hint = did_you_mean(written, [*ids, *(e.item.name for e in term.trainers)])
        message = f"finns inte i tabellen utbildare{hint or '; lägg till en rad där, eller rätta id:t'}"
        entry.error(findings, "okänd_utbildare", "utbildare", message, written)


def _shared(term: TermTables, findings: Findings) -> None:
    rows = _rows_by_name(term.trainers)
    for name in sorted(shared_names(term)):
        bearers = ", ".join(f"{e.item.id} (rad {e.row})" if e.row is not None else e.item.id for e in rows[name])
        message = f"är namnet på flera i tabellen utbildare, {bearers}; skriv id:t"
        for session in term.sessions:
            if session.sound("utbildare") and name in session.item.trainers:
                session.error(findings, "delat_namn", "utbildare", message, name)
        for absence in term.absences:
            if absence.sound("utbildare") and absence.item.trainer == name:
                absence.error(findings, "delat_namn", "utbildare", message, name)


def _rows_by_name(trainers: Sequence[Entry[Trainer]]) -> Mapping[str, Sequence[Entry[Trainer]]]:
    found: dict[str, list[Entry[Trainer]]] = defaultdict(list)
    for entry in trainers:
        if entry.sound("namn"):
            found[entry.item.name].append(entry)
    return found
