"""Table ``frånvaro``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from columns.tables import ABSENCES
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers import plain
from inputs.tables import Table


@dataclass(frozen=True)
class AbsenceRow:
    """An absence of a hire or a trainer, as written: a trainer goes by id or by name."""

    hire: str | None
    trainer: str | None
    first: date
    last: date


def read(tables: Mapping[str, Table], findings: Findings) -> Iterator[Entry[AbsenceRow]]:
    """The absences; each is one person's, and no message repeats more than who that is."""
    for entry in plain.read(tables, findings, ABSENCES, AbsenceRow):
        if entry.sound("nyanställd", "utbildare"):
            _check_person(entry, findings)
        yield entry


def _check_person(entry: Entry[AbsenceRow], findings: Findings) -> None:
    if entry.item.hire is None and entry.item.trainer is None:
        message = "värde saknas; fyll i nyanställd, eller utbildare om det är en utbildare som är borta"
        entry.error(findings, "värde_saknas", "nyanställd", message)
    elif entry.item.hire is not None and entry.item.trainer is not None:
        message = "står på samma rad som en nyanställd; skriv en rad för var och en av dem"
        entry.error(findings, "två_personer", "utbildare", message)
