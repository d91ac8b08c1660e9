"""When somebody is busy, as bit masks: her seats and those of an
offer are compared in one step, however many meetings they have.

What that saves is told in docs/adr/103.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.problem import Session, Settings
from scheduler.rules import weekly_cap
from scheduler.seat_rules import clash
from scheduler.situation.offers import Offer

WEEK = 7
_WHOLE_WEEK = (1 << WEEK) - 1


@dataclass(frozen=True, slots=True)
class Busy:
    """``moments`` are bits of ``clash.Moments``, ``days`` those with a meeting."""

    moments: int = 0
    days: int = 0

    def __or__(self, other: Busy) -> Busy:
        return Busy(self.moments | other.moments, self.days | other.days)

    def overlaps(self, other: Busy) -> bool:
        """Some meeting here overlaps one there, as rule 8 says it."""
        return bool(self.moments & other.moments)


class Calendar:
    """The meetings of a term as bits. Weeks begin on Mondays, as ISO weeks do.

    A day whose meetings last at most ``half_day_minutes`` in all is half a course day; None: every day is a whole one.
    """

    def __init__(self, sessions: Iterable[Session], half_day_minutes: int | None) -> None:
        sessions = list(sessions)
        first = min((s.day.toordinal() for s in sessions), default=1)
        self._first = first - (first - 1) % WEEK
        self._moments = clash.Moments(sessions)
        self._half_day_minutes = half_day_minutes
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
            moments |= self._moments.of(s)
            days |= 1 << self._number(s.day)
        return Busy(moments, days)

    def torn(self, offer: Offer) -> bool:
        """Meetings of the offer overlap each other."""
        if offer not in self._torn:
            self._torn[offer] = clash.within(offer.sessions)
        return self._torn[offer]

    def over_cap(self, there: Busy, others: Busy, settings: Settings, caseload: date | None) -> bool:
        """In some week of ``there`` she would have more course
        days than the cap, which falls once her cases have begun.
        """
        together = there | others
        days, begins = together.days, None if caseload is None else self._number(caseload)
        left = there.days
        while left:
            monday = (left & -left).bit_length() - 1
            monday -= monday % WEEK
            own = days >> monday & _WHOLE_WEEK
            carrying = begins is not None and monday + own.bit_length() - 1 >= begins
            halves = 2 * own.bit_count() - self._half_days(together, monday, own)
            if halves > weekly_cap.cap_halves(settings, carrying=carrying):
                return True
            left &= ~(_WHOLE_WEEK << monday)
        return False

    def _half_days(self, busy: Busy, monday: int, week: int) -> int:
        """How many of these days of a week are half ones."""
        if self._half_day_minutes is None:
            return 0
        days = (date.fromordinal(self._first + monday + place) for place in range(WEEK) if week >> place & 1)
        return sum(self._moments.minutes(busy.moments, day) <= self._half_day_minutes for day in days)

    def _number(self, day: date) -> int:
        return day.toordinal() - self._first
