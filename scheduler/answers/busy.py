"""When somebody is busy, as bit masks: her seats and those of an offer are compared in one step, however many meetings they have.

What that saves is told in docs/adr/103.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.problem import Session
from scheduler.seat_rules import clash
from scheduler.situation.offers import Offer

WEEK = 7
_WHOLE_WEEK = (1 << WEEK) - 1


@dataclass(frozen=True, slots=True)
class Busy:
    """``moments`` are the stretches of time between one start or end of any meeting and the next, ``days`` those with a meeting."""

    moments: int = 0
    days: int = 0

    def __or__(self, other: Busy) -> Busy:
        return Busy(self.moments | other.moments, self.days | other.days)

    def overlaps(self, other: Busy) -> bool:
        """Some meeting here overlaps one there; every meeting lasts a while, and half-open: one may start when the other ends."""
        return bool(self.moments & other.moments)


class Calendar:
    """The meetings of a term as bits. Weeks begin on Mondays, as ISO weeks do."""

    def __init__(self, sessions: Iterable[Session]) -> None:
        moments = sorted({(s.day, moment) for s in sessions for moment in (s.start, s.end)})
        self._places = {moment: place for place, moment in enumerate(moments)}
        first = moments[0][0].toordinal() if moments else 1
        self._first = first - (first - 1) % WEEK
        self._offers: dict[Offer, Busy] = {}
        self._torn: dict[Offer, bool] = {}

    def of(self, offer: Offer) -> Busy:
        """When the meetings of an offer are."""
        if offer not in self._offers:
            self._offers[offer] = self.at(offer.sessions)
        return self._offers[offer]

    def at(self, sessions: Iterable[Session]) -> Busy:
        """When some meetings are."""
        moments = days = 0
        for s in sessions:
            moments |= (1 << self._places[s.day, s.end]) - (1 << self._places[s.day, s.start])
            days |= 1 << self._number(s.day)
        return Busy(moments, days)

    def torn(self, offer: Offer) -> bool:
        """Meetings of the offer overlap each other."""
        if offer not in self._torn:
            self._torn[offer] = clash.within(offer.sessions)
        return self._torn[offer]

    def over_cap(self, there: Busy, others: Busy, cap: int, cap_with_cases: int, caseload: date | None) -> bool:
        """In some week of ``there`` she would be away on more days than the cap, which falls once her cases have begun."""
        days, begins = there.days | others.days, None if caseload is None else self._number(caseload)
        left = there.days
        while left:
            monday = (left & -left).bit_length() - 1
            monday -= monday % WEEK
            own = days >> monday & _WHOLE_WEEK
            carrying = begins is not None and monday + own.bit_length() - 1 >= begins
            if own.bit_count() > (cap_with_cases if carrying else cap):
                return True
            left &= ~(_WHOLE_WEEK << monday)
        return False

    def _number(self, day: date) -> int:
        return day.toordinal() - self._first
