"""Persons who seem to be listed twice, and addresses that no mail will reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from inputs.entries import Entry
from inputs.findings import Findings
from inputs.readers.hires import HireRow
from inputs.term_tables import TermTables
from models.problem import Hire

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def advise(term: TermTables, findings: Findings) -> None:
    """Name rows with an e-mail address, else a name, that an earlier row has, and odd addresses."""
    by_email: dict[str, Entry[HireRow]] = {}
    by_name: dict[str, Entry[HireRow]] = {}
    for entry in term.hires:
        earlier = _earlier(by_email, entry, lambda h: h.email)
        same_name = _earlier(by_name, entry, lambda h: h.name)
        if earlier is not None:
            _twice(entry, "e-post", earlier, findings)
        elif same_name is not None:
            _twice(entry, "namn", same_name, findings)
    _odd_addresses(term, findings)


def _earlier(
    seen: dict[str, Entry[HireRow]], entry: Entry[HireRow], what: Callable[[Hire], str | None]
) -> Entry[HireRow] | None:
    key = what(entry.item.hire)
    if not key:  # blank, or not read
        return None
    first = seen.setdefault(key.casefold(), entry)
    return None if first is entry else first


def _twice(entry: Entry[HireRow], column: str, earlier: Entry[HireRow], findings: Findings) -> None:
    where = "bland dem som redan är med" if earlier.row is None else f"på rad {earlier.row}"
    message = f"finns också {where}; ta bort en rad om det är samma person"
    entry.warn(findings, "två_gånger", message, column=column, value=entry.values[column])


def _odd_addresses(term: TermTables, findings: Findings) -> None:
    addresses: list[tuple[Entry[Any], str, str | None]] = []
    addresses += [(entry, "e-post", entry.item.hire.email) for entry in term.hires]
    addresses += [(entry, "chef_e-post", entry.item.hire.manager_email) for entry in term.hires]
    addresses += [(entry, "e-post", entry.item.email) for entry in term.trainers]
    addresses += [(entry, "e-post", entry.item.email) for entry in term.mentors]
    addresses += [(entry, "e-post", entry.item.email) for entry in term.organisations]
    if "avsändare" in term.settings.entries:
        addresses.append((term.settings.entries["avsändare"], "värde", term.settings.organizer))
    for entry, column, address in addresses:
        if address is not None and not _ADDRESS.fullmatch(address):
            message = "ser inte ut som en e-postadress; skriv som namn@example.se"
            entry.warn(findings, "udda_adress", message, column=column, value=address)
