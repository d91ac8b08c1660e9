"""A first matching, made hire by hire: what the solver begins from, and what is kept where it has no time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from scheduler.mentors.pairs import COSTS_OF_PAIRS, Company, Pair


def first_come(company: Company) -> list[int]:
    """Places of pairs: those of the former plan that still can
    be, then each hire by start date the best mentor who has room.
    """
    mentors = _Room(company)
    chosen: dict[str, int] = {}
    order = sorted(range(len(company.pairs)), key=lambda place: _rank(company, place))
    for kept in (True, False):
        for place in order:
            pair = company.pairs[place]
            if company.is_former(pair) >= kept and pair.hire.id not in chosen and mentors.has_room(pair):
                mentors.take(pair)
                chosen[pair.hire.id] = place
    return sorted(chosen.values())


class _Room:
    """The pairs that each mentor has."""

    def __init__(self, company: Company) -> None:
        self._at_most = {mentor.id: mentor.at_most for mentor in company.mentors}
        self._pairs: dict[str, list[Pair]] = defaultdict(list)

    def has_room(self, pair: Pair) -> bool:
        """On no day of the pair are there ``högst`` already."""
        others = [
            other for other in self._pairs[pair.mentor.id] if other.first <= pair.last and pair.first <= other.last
        ]
        days = (pair.first, *(other.first for other in others if other.first > pair.first))
        return all(_lasting(others, day) < self._at_most[pair.mentor.id] for day in days)

    def take(self, pair: Pair) -> None:
        """The mentor has it from now on."""
        self._pairs[pair.mentor.id].append(pair)


def _lasting(pairs: Iterable[Pair], day: date) -> int:
    return sum(pair.first <= day <= pair.last for pair in pairs)


def _rank(company: Company, place: int) -> tuple[date, str, tuple[int, ...], int]:
    pair = company.pairs[place]
    costs = tuple(company.cost(level, pair) for level in COSTS_OF_PAIRS)
    return pair.first, pair.hire.id, costs, place
