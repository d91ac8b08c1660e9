"""How full the sessions of a plan are, for one more of an administration."""

from __future__ import annotations

from collections import Counter, defaultdict

from models.problem import Quota, Session
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.rules import quota
from scheduler.situation.offers import Offer


class Filled:
    """Who has taken the seats of each session, by administration, and what quotas keep of the rest."""

    def __init__(self, model: Model, values: Values) -> None:
        self._taken = _taken(model, values)
        self._full: dict[tuple[Offer, str], bool] = {}
        self._quotas: dict[str, list[Quota]] = defaultdict(list)
        for row in model.problem.quotas:
            self._quotas[row.round].append(row)

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
        return quota.keeps_out(organisation, self._taken[session.id], session.seats, self._quotas[session.round])


def _taken(model: Model, values: Values) -> dict[str, Counter[str]]:
    """Seats taken in each session, by organisation; counted by offer first, since there are few of these."""
    takers = Counter((c.offer, c.need.hire.organisation) for c in model.chosen(values))
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for (offer, organisation), number in takers.items():
        for session in offer.sessions:
            taken[session.id][organisation] += number
    return taken
