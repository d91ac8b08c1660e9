"""Ids and meeting numbers of sessions (INPUT.md, table tillfällen,
column ``id``): by date and start, and in a re-plan those they had.

The order of rows has no influence. A session id, and a meeting number within a round's module, never comes to mean
another session in a chain of plans: calendars know people's events by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inputs.entries import Entry
from inputs.readers.sessions import SessionRow, default_id, in_order
from models.plan import UsedSession
from models.problem import Session, TermProblem

_Part = tuple[str, int]
_Pairs = dict[int, Session]


@dataclass(frozen=True)
class Earlier:
    """The plan before: the input that it was made from, every session id of its chain, and its planning date."""

    problem: TermProblem
    used: tuple[UsedSession, ...]
    planning_date: date


def inherit(rows: Sequence[Entry[SessionRow]], earlier: Earlier, planning_date: date | None) -> None:
    """Give the rows the ids and meeting numbers that their sessions had, and ids never used to those that are new.

    ``planning_date`` is that of the plan to come; where it is not known, that of the plan before.
    """
    today = planning_date or earlier.planning_date
    known = earlier.problem.session_by_id
    own = {entry.item.id for entry in rows if "id" in entry.values}
    taken = own | known.keys() | {row.session for row in earlier.used}
    parts: dict[_Part, list[Entry[SessionRow]]] = defaultdict(list)
    for entry in rows:
        if entry.sound("omgång", "moment", "datum", "start", "slut"):
            parts[entry.item.round, entry.item.module].append(entry)
    for part, members in sorted(parts.items()):
        ordered = sorted(members, key=lambda entry: in_order(entry.item))
        pairs = _pairs(ordered, earlier.problem.meetings.get(part, ()), today)
        numbers = _fresh_numbers(part, earlier)
        for position, entry in enumerate(ordered):
            _name(entry, pairs.get(position), own, taken, numbers)


def _name(
    entry: Entry[SessionRow], former: Session | None, own: set[str], taken: set[str], numbers: Iterator[int]
) -> None:
    row = entry.item
    if "id" in entry.values:
        id_ = row.id
    elif former is not None and former.id not in own:
        id_ = former.id
    else:
        id_ = _fresh_id(row, taken)
    taken.add(id_)
    entry.item = row.model_copy(update={"id": id_, "meeting": former.meeting if former else next(numbers)})


def _pairs(rows: Sequence[Entry[SessionRow]], former: Sequence[Session], planning_date: date) -> _Pairs:
    """Which row is which of the former sessions of its round and module: by its own id, by when and
    where it is, by date and start; and of the rest, that have yet to be held before and now, in order.
    """
    found: _Pairs = {}
    left = sorted(former, key=in_order)

    for same in (_same_id, _same_session, _same_time, _both_to_come(planning_date)):
        for position, entry in enumerate(rows):
            match = next((s for s in left if same(entry, s)), None) if position not in found else None
            if match is not None:
                left.remove(match)
                found[position] = match
    return found


def _both_to_come(planning_date: date) -> Callable[[Entry[SessionRow], Session], bool]:
    return lambda entry, session: min(entry.item.day, session.day) >= planning_date


def _same_id(entry: Entry[SessionRow], session: Session) -> bool:
    return "id" in entry.values and entry.item.id == session.id


def _same_session(entry: Entry[SessionRow], session: Session) -> bool:
    return in_order(entry.item) == in_order(session)


def _same_time(entry: Entry[SessionRow], session: Session) -> bool:
    return (entry.item.day, entry.item.start) == (session.day, session.start)


def _fresh_id(row: SessionRow, taken: Iterable[str]) -> str:
    meeting = 1
    while (id_ := default_id(row.round, row.module, meeting)) in taken:
        meeting += 1
    return id_


def _fresh_numbers(part: _Part, earlier: Earlier) -> Iterator[int]:
    used = [row.meeting for row in earlier.used if (row.round, row.module) == part]
    used += [session.meeting for session in earlier.problem.meetings.get(part, ())]
    number = max(used, default=0)
    while True:
        number += 1
        yield number
