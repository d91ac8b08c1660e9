"""Attendance of a session: what is known of it, and saved as a
new version of the input, by coordinators and by trainers alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from columns.tables import ATTENDANCE
from service import inputs_of_terms, row_edits
from service.access import Actor
from service.config import Config
from service.inputs_of_terms import StaleBaseError
from service.models import InputVersion, Term
from service.row_edits import RefusedEditError

_COLUMNS = ("nyanställd", "tillfälle", "närvarande")
_TRIES = 5


@dataclass(frozen=True)
class Attendance:
    """What was told of a session, by whom and in which version; ``present`` says so of each hire."""

    session: str
    present: Mapping[str, bool]
    version: int


class ConflictError(Exception):
    """Somebody else has told another attendance of the same session meanwhile."""

    def __init__(self, newest: InputVersion | None) -> None:
        super().__init__()
        self.newest = newest


def told(config: Config, version: InputVersion | None) -> Mapping[str, Mapping[str, bool]]:
    """What a version of the input says of who was there, by session and hire."""
    found: dict[str, dict[str, bool]] = {}
    rows = row_edits.rows_of(config, version, ATTENDANCE.name, _COLUMNS) if version else []
    for hire, session, present in ((row[column] for column in _COLUMNS) for row in rows):
        found.setdefault(session, {})[hire] = not row_edits.says_no(present)
    return found


def save(config: Config, term: Term, wanted: Attendance, by: Actor, *, word: str) -> None:
    """A new version of the input, of the newest; ``wanted.version`` is the one that the form was made of.

    Raises ConflictError where the session's attendance is another in the newest version, RefusedEditError for what
    cannot be read, StaleBaseError where others change the input all the time.
    """
    seen = told(config, InputVersion.objects.filter(term=term, number=wanted.version).first()).get(wanted.session, {})
    rows = [{"hire": hire, "session": wanted.session, "present": present} for hire, present in wanted.present.items()]
    for _ in range(_TRIES):
        base = inputs_of_terms.newest(term)
        if base is None or not rows:
            raise RefusedEditError([{"text": "Det finns inget att spara."}])
        if told(config, base).get(wanted.session, {}) != seen:
            raise ConflictError(base)
        read = row_edits.edited(config, base, row_edits.with_attendance, rows)
        if read is None:
            return
        try:
            inputs_of_terms.keep(config, term, read, by, word=word, base=base.number)
        except StaleBaseError:
            continue
        return
    raise StaleBaseError(inputs_of_terms.newest(term))
