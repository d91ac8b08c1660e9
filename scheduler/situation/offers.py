"""An offer: the meetings that one would attend for some modules in one round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from models.problem import Round, Session


@dataclass(frozen=True, eq=False)
class Offer:
    """The meetings one attends for a block in a round, the held ones left out. ``start`` and ``end`` are local wall-clock times.

    ``last`` is the date of the last meeting, the day of completion; ``meetings`` are day, start and end of each. All hires who are
    offered the same share one object, so that what follows from it is worked out once: offers are told apart by identity.
    """

    round: Round
    sessions: tuple[Session, ...]
    days: tuple[date, ...]
    start: datetime
    end: datetime
    last: date
    meetings: tuple[tuple[date, time, time], ...]


def offer_of(round_: Round, meetings: Iterable[Session]) -> Offer | None:
    """The offer of these meetings in the round; None without any."""
    sessions = tuple(sorted(meetings, key=lambda s: (s.starts_at, s.id)))
    if not sessions:
        return None
    days = tuple(sorted({s.day for s in sessions}))
    end = max(s.ends_at for s in sessions)
    times = tuple((s.day, s.start, s.end) for s in sessions)
    return Offer(round_, sessions, days, sessions[0].starts_at, end, end.date(), times)
