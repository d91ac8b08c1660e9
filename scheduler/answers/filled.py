"""How full the sessions of a plan are, for one more of an administration."""

from __future__ import annotations

from collections import Counter, defaultdict

from models.problem import Quota, Session
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.situation.offers import Offer


class Filled:
    """Who has taken the seats of each session, by administration, and what quotas keep of the rest."""

    def __init__(self, model: Model, values: Values) -> None:
        self._taken = _taken(model, values)
        self._full: dict[tuple[Offer, str], bool] = {}
        self._quotas: dict[str, list[Quota]] = defaultdict(list)
        for quota in model.problem.quotas:
            self._quotas[quota.round].append(quota)

    def is_empty(self, offer: Offer) -> bool:
        """Nobody sits in any meeting of it."""
        return not any(self._taken[session.id].total() for session in offer.sessions)

    def is_full(self, offer: Offer, organisation: str) -> bool:
        """Some meeting has no seat left for one more of her administration; equal for all of them."""
        key = (offer, organisation)
        if key not in self._full:
            self._full[key] = any(self._no_seat(session, organisation) for session in offer.sessions)
        return self._full[key]

    def _no_seat(self, session: Session, organisation: str) -> bool:
        """All seats are held, or what is free is kept by a quota."""
        taken = self._taken[session.id]
        if taken.total() >= session.seats:
            return True
        counts = Counter(taken)
        counts[organisation] += 1
        kept = 0
        for quota in self._quotas[session.round]:
            own = counts[quota.organisation]
            if quota.at_most is not None and quota.organisation == organisation and own > quota.at_most:
                return True
            kept += max(0, quota.at_least - own)
        return counts.total() + kept > session.seats


def _taken(model: Model, values: Values) -> dict[str, Counter[str]]:
    """Seats taken in each session, by organisation; counted by offer first, since there are few of these."""
    takers = Counter((c.offer, c.need.hire.organisation) for c in model.chosen(values))
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for (offer, organisation), number in takers.items():
        for session in offer.sessions:
            taken[session.id][organisation] += number
    return taken
