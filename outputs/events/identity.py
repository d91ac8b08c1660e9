"""Which event is which: a UID means one thing for ever (OUTPUT.md, Identity).

All UIDs of a chain of plans are made from its series too, so that two municipalities, and two terms, never share one.
RFC 7986 5.3 wants UIDs without host names or other data about people, so a UID here is a digest of the ids that the
event is made from. The ids go through JSON first: no two lists of ids are written alike, whatever they hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from models.problem import TermProblem

PERSON = "person"
ADMINISTRATION = "forvaltning"
ROUND = "omgang"
UNIT = "enhet"
MANAGER = "chef"
TRAINER = "utbildare"
MENTOR = "mentor"
TASK = "uppgift"


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
    """A session's event in a calendar that shows sessions (``events.kinds``)."""

    calendar: str
    owner: str
    session: str


def series_of(problem: TermProblem, written_dates: Sequence[date | None] = ()) -> str:
    """The series of a first plan: the setting ``kalenderserie``, else a digest of what tells its term from others.

    ``written_dates`` are first and last day of the term as they stand in the settings.
    Where both are blank the term's name is taken: the first and last session, which
    then bound the term, may change before the same term is planned again.
    """
    if problem.settings.calendar_series:
        return problem.settings.calendar_series
    dates = [day.isoformat() if day else "" for day in written_dates]
    term = dates if any(dates) else [problem.settings.term]
    names = sorted(organisation.name for organisation in problem.organisations)
    parts = [problem.settings.organizer or "", names, term]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def seat_uid(seat: Seat, series: str | None) -> str:
    """The UID of a person's event; ``-2`` at its end for what was held before the module was taken again.

    A chain that began before there were series has none.
    """
    uid = _digest(series, PERSON, *seat[:4])
    return uid if seat.copy == 1 else f"{uid}-{seat.copy}"


def shared_uid(key: SharedKey, series: str | None) -> str:
    """The UID of a session's event in another calendar."""
    return _digest(series, *key)


def task_uid(hire: str, task: str, number: int, series: str | None) -> str:
    """The UID of a task in a hire's calendar; ``number`` counts those of a task on repeat."""
    return _digest(series, TASK, hire, task, number)


def _digest(series: str | None, *ids: str | int) -> str:
    parts = ids if series is None else (series, *ids)
    return "terminsplan-" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:40]
