"""Which event is which: a UID means one thing for ever (OUTPUT.md, Identity).

RFC 7986 5.3 wants UIDs without host names or other data about people, so a UID here is a digest of the ids that the
event is made from. The ids go through JSON first: no two lists of ids are written alike, whatever they hold.
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

PERSON = "person"
ADMINISTRATION = "forvaltning"
ROUND = "omgang"


class Seat(NamedTuple):
    """A person's event: her seat for one meeting of one module, not the session.

    ``copy`` is 1 for the seat itself; what was held of a module that is taken again goes on as copy 2, 3, ...
    """

    hire: str
    programme: str
    module: int
    meeting: int
    copy: int = 1


class SharedKey(NamedTuple):
    """A session's event in the calendar of an administration or a round."""

    calendar: str
    owner: str
    session: str


def seat_uid(seat: Seat) -> str:
    """The UID of a person's event; ``-2`` at its end for what was held before the module was taken again."""
    uid = _digest(PERSON, *seat[:4])
    return uid if seat.copy == 1 else f"{uid}-{seat.copy}"


def shared_uid(key: SharedKey) -> str:
    """The UID of a session's event in another calendar."""
    return _digest(*key)


def _digest(*parts: str | int) -> str:
    return "terminsplan-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]
