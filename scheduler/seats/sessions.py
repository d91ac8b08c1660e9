"""Who may sit in a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

from scheduler.seats.candidates import Candidate
from scheduler.situation.offers import Offer


class SessionSeats:
    """The candidates of each session, by the offers that hold it."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        by_offer = _by_offer(candidates)
        self._takers = list(by_offer.values())
        self._offers_at = _offers_by_session(by_offer)
        self._in_session: dict[tuple[int, ...], Sequence[Candidate]] = {}

    @property
    def ids(self) -> Sequence[str]:
        """Ids of the sessions that anybody may be booked to, in order."""
        return sorted(self._offers_at)

    def in_session(self, session_id: str) -> Sequence[Candidate]:
        """Who may sit there: at most one candidate a hire."""
        offers = self.offers_at(session_id)
        if offers not in self._in_session:
            everybody = (c for offer in offers for c in self._takers[offer])
            self._in_session[offers] = sorted(everybody, key=attrgetter("variable"))
        return self._in_session[offers]

    def offers_at(self, session_id: str) -> tuple[int, ...]:
        """Numbers of the offers that hold the session: equal for sessions that the same candidates attend."""
        return self._offers_at.get(session_id, ())


def _by_offer(candidates: Sequence[Candidate]) -> dict[Offer, list[Candidate]]:
    found: dict[Offer, list[Candidate]] = defaultdict(list)
    for c in candidates:
        found[c.offer].append(c)
    return dict(found)


def _offers_by_session(offers: Iterable[Offer]) -> dict[str, tuple[int, ...]]:
    """Of each session id: the numbers, in the given order, of the offers that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        for session in offer.sessions:
            found[session.id].append(number)
    return {session: tuple(numbers) for session, numbers in found.items()}
