"""An offer: the meetings that one would attend for some modules in one round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from models.problem import Round, Session


@dataclass(frozen=True, eq=False)
class Offer:
    """The meetings one attends for a block in a round, the held
    ones left out. ``start`` and ``end`` are local wall-clock times.

    ``last`` is the date of the last meeting, the day of completion; ``meetings`` are
    day, start and end of each. All hires who are offered the same share one object, so
    that what follows from it is worked out once: offers are told apart by identity.
    """

    round: Round
    sessions: tuple[Session, ...]
    days: tuple[date, ...]
    start: datetime
    end: datetime
    last: date
    meetings: tuple[tuple[date, time, time], ...]

    @cached_property
    def minutes(self) -> Mapping[date, int]:
        """How long its meetings of a day last in all."""
        return minutes_by_day(self.sessions)


def minutes_by_day(sessions: Iterable[Session]) -> Mapping[date, int]:
    """How long the meetings of each day last in all, in minutes."""
    found: dict[date, int] = defaultdict(int)
    for session in sessions:
        found[session.day] += int((session.ends_at - session.starts_at).total_seconds()) // 60
    return dict(found)


def offer_of(round_: Round, meetings: Iterable[Session]) -> Offer | None:
    """The offer of these meetings in the round; None without any."""
    sessions = tuple(sorted(meetings, key=lambda s: (s.starts_at, s.id)))
    if not sessions:
        return None
    days = tuple(sorted({s.day for s in sessions}))
    end = max(s.ends_at for s in sessions)
    times = tuple((s.day, s.start, s.end) for s in sessions)
    return Offer(round_, sessions, days, sessions[0].starts_at, end, end.date(), times)
