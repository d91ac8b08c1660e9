"""What no bug of ours is: a database that does not answer, a disk
that is full or only to be read. Told as such, and tried again later.
"""

from __future__ import annotations

from dataclasses import dataclass
from sqlite3 import SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY

from django.db import InterfaceError, InternalError, OperationalError

from terminsplan import system_errors

_DISK_OF_SQLITE = frozenset({SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR})
_DISK_OF_POSTGRESQL = frozenset({"53100", "25006", "58030"})
"""disk_full, read_only_sql_transaction, io_error."""
_PRIMARY = 0xFF
RETRY_SECONDS = "10"


@dataclass(frozen=True)
class Unavailable:
    """A status, and one sentence in Swedish for whoever asked."""

    status: int
    sentence: str


_NO_DATABASE = Unavailable(503, "Databasen svarar inte just nu. Försök igen om en stund.")
_NO_ROOM = Unavailable(507, "Det går inte att skriva på disken: den är full, eller går bara att läsa.")


def why(error: BaseException | None) -> Unavailable | None:
    """None for what is a bug."""
    if isinstance(error, OSError) and error.errno in system_errors.NO_ROOM:
        return Unavailable(507, f"Det går inte att skriva på disken: {system_errors.told(error)}.")
    if not isinstance(error, (OperationalError, InterfaceError, InternalError)):
        return None
    cause = error.__cause__
    if getattr(cause, "sqlite_errorcode", 0) & _PRIMARY in _DISK_OF_SQLITE:
        return _NO_ROOM
    if getattr(cause, "sqlstate", None) in _DISK_OF_POSTGRESQL:
        return _NO_ROOM
    return None if isinstance(error, InternalError) else _NO_DATABASE
