"""Absent trainers whom nobody knows, and names that do not tell which trainer is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from inputs.draft import Draft
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean
from inputs.schema import TRAINERS
from inputs.trainers import named, shared_names
from models.problem import Trainer


def check(draft: Draft, findings: Findings) -> None:
    """Report absences of trainers that the table lacks, where it exists, and every mention of a name that two of them have."""
    _absent(draft, findings)
    _shared(draft, findings)


def _absent(draft: Draft, findings: Findings) -> None:
    if not draft.trainers or TRAINERS.name in draft.broken_tables or not all(e.sound("id") for e in draft.trainers):
        return
    known, shared = named(draft), shared_names(draft)
    ids = [entry.item.id for entry in draft.trainers]
    for entry in draft.absences:
        written = entry.item.trainer
        if written is None or not entry.sound("utbildare") or known(written) or written in shared:
            continue
        hint = did_you_mean(written, [*ids, *(e.item.name for e in draft.trainers)])
        message = f"finns inte i tabellen utbildare{hint or '; lägg till en rad där, eller rätta id:t'}"
        entry.error(findings, "okänd_utbildare", "utbildare", message, written)


def _shared(draft: Draft, findings: Findings) -> None:
    rows = _rows_by_name(draft.trainers)
    for name in sorted(shared_names(draft)):
        bearers = ", ".join(f"{e.item.id} (rad {e.row})" if e.row is not None else e.item.id for e in rows[name])
        message = f"är namnet på flera i tabellen utbildare, {bearers}; skriv id:t"
        for session in draft.sessions:
            if session.sound("utbildare") and name in session.item.trainers:
                session.error(findings, "delat_namn", "utbildare", message, name)
        for absence in draft.absences:
            if absence.sound("utbildare") and absence.item.trainer == name:
                absence.error(findings, "delat_namn", "utbildare", message, name)


def _rows_by_name(trainers: Sequence[Entry[Trainer]]) -> Mapping[str, Sequence[Entry[Trainer]]]:
    found: dict[str, list[Entry[Trainer]]] = defaultdict(list)
    for entry in trainers:
        if entry.sound("namn"):
            found[entry.item.name].append(entry)
    return found
