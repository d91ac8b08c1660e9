"""utskick.csv: a row for every receiver, for mail merge and to see who has to be told in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outputs.csv_tables import Row, table
from outputs.events.identity import PERSON
from outputs.letters.sending import Letter

COLUMNS = (
    "mottagare",
    "id",
    "namn",
    "e-post",
    "förvaltning",
    "enhet",
    "ämne",
    "brev",
    "bilagor",
    "tillfällen",
    "ändringar",
    "anmärkning",
)
_RECEIVERS = {PERSON: "nyanställd", "forvaltning": "förvaltning"}
NO_ADDRESS = "adress saknas, eller går inte att skicka till: säg till på annat sätt"


def receivers(letters: Iterable[Letter]) -> bytes:
    """The table's bytes, as Swedish Excel opens them by a double click."""
    return table(COLUMNS, _rows(letters))


def _rows(letters: Iterable[Letter]) -> Iterator[Row]:
    for letter in letters:
        sent = letter.email is not None
        yield (
            _RECEIVERS.get(letter.kind, letter.kind),
            letter.owner,
            letter.name,
            letter.email,
            letter.organisation,
            letter.unit,
            letter.subject,
            f"{letter.file}.eml" if sent else "",
            ", ".join(file.name for file in letter.attached),
            letter.seats,
            letter.changes,
            "" if sent else NO_ADDRESS,
        )
