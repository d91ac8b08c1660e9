"""Rule 8 ``krock``, as far as it closes a seat by itself: a round whose own meetings overlap can be attended by nobody.

What overlaps is said here alone, of two meetings and, as bits, of many at once.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from models.problem import Session


def overlap(one: Session, other: Session) -> bool:
    """Half-open: 12:00 and 12:00 touch, they do not overlap."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def within(sessions: Sequence[Session]) -> bool:
    """Two of the meetings of one offer, given in order of start, overlap."""
    return any(later.starts_at < earlier.ends_at for earlier, later in itertools.pairwise(sessions))


class Moments:
    """The meetings of a term as bits: one for each stretch of time between a start or end of any of them and the next.

    Every meeting lasts a while and ends on its day, so that two overlap just when they have a bit in common.
    """

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._moments = sorted({(s.day, moment) for s in sessions for moment in (s.start, s.end)})
        self._places = {moment: place for place, moment in enumerate(self._moments)}

    def of(self, session: Session) -> int:
        """The bits of one meeting; those of several are put together by ``|``."""
        return (1 << self._places[session.day, session.end]) - (1 << self._places[session.day, session.start])

    def minutes(self, bits: int, day: date) -> int:
        """How long meetings that do not overlap last on a day, in all."""
        return sum(minutes for place, minutes in self._stretches.get(day, ()) if bits >> place & 1)

    @cached_property
    def _stretches(self) -> Mapping[date, Sequence[tuple[int, int]]]:
        """Of each day: the bits of its stretches of time, with their minutes."""
        found: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for place, ((day, begin), (other, end)) in enumerate(itertools.pairwise(self._moments)):
            if day == other:
                found[day].append((place, (end.hour - begin.hour) * 60 + end.minute - begin.minute))
        return found
