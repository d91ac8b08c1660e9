"""The pairs as a linear model: a decision for each pair that can be, and a goal for each level (MODEL.md, Mentors)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from models.ids import MentorLevel
from scheduler.linear.model import Linear, LinearModel, Values, total
from scheduler.mentors.capacity import at_one_time, most_in_all
from scheduler.mentors.pairs import Company


class MentorModel:
    """Decision ``n`` is pair ``n`` of the company. ``goals`` has every level's, in their order."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.linear_model = LinearModel()
        self.linear_model.binaries(len(company.pairs))
        self._of_hire = _by(pair.hire.id for pair in company.pairs)
        self._of_mentor = _by(pair.mentor.id for pair in company.pairs)
        self._at_most = {mentor.id: mentor.at_most for mentor in company.mentors}
        self._counted: dict[str, Sequence[int]] = {}
        self._limit()
        self.goals: Mapping[MentorLevel, Linear] = {level: self._goal(level) for level in MentorLevel}

    def most(self, goal: Linear) -> int:
        """No matching makes more of a goal than this: each hire is in one pair, or in none."""
        dearest, others = 0, 0
        for variable, coef in zip(goal.variables, goal.coefs, strict=True):
            if variable < len(self.company.pairs):
                dearest = max(dearest, coef)
            else:
                others += max(0, coef)
        return goal.constant + len(self.company.hires) * dearest + others

    def least(self, level: MentorLevel) -> int:
        """No matching makes less of a level than this, as one sees
        without solving: who can be paired with nobody goes without.
        """
        goal = self.goals[level]
        if level is MentorLevel.WITHOUT:
            return len(self.company.hires) - len(self._of_hire)
        return max(0, goal.constant + sum(min(0, coef) for coef in goal.coefs))

    def complete(self, chosen: Iterable[int]) -> Values:
        """The assignment with just these pairs."""
        pairs = set(chosen)
        numbers = [
            variable
            for mentor, places in self._of_mentor.items()
            for variable in self._counted[mentor][: len(pairs.intersection(places))]
        ]
        return self.linear_model.complete([*pairs, *numbers])

    def _limit(self) -> None:
        """One mentor a hire; of a mentor ``högst`` on any day;
        and of each mentor's pairs as many counted as there are.
        """
        linear_model = self.linear_model
        for places in self._of_hire.values():
            linear_model.at_most(total(places), 1)
        for mentor, places in self._of_mentor.items():
            pairs, at_most = [self.company.pairs[place] for place in places], self._at_most[mentor]
            for together in at_one_time(pairs):
                if len(together) > at_most:
                    linear_model.at_most(total(places[place] for place in together), at_most)
            number = most_in_all(pairs, at_most)
            first = linear_model.binaries(number)
            self._counted[mentor] = range(first, first + number)
            linear_model.equal(total(places).add(total(self._counted[mentor], -1)), 0)

    def _goal(self, level: MentorLevel) -> Linear:
        company = self.company
        match level:
            case MentorLevel.WITHOUT:
                return total(range(len(company.pairs)), -1, len(company.hires))
            case MentorLevel.LOST:
                kept = (place for place, pair in enumerate(company.pairs) if company.is_former(pair))
                return total(kept, -1, len(company.former))
            case MentorLevel.EVENNESS:  # a square is the sum of the first odd numbers
                odd = [(v, 2 * n + 1) for counted in self._counted.values() for n, v in enumerate(counted)]
                return Linear([v for v, _ in odd], [coef for _, coef in odd])
            case _:
                costs = ((place, company.cost(level, pair)) for place, pair in enumerate(company.pairs))
                found = [(place, cost) for place, cost in costs if cost]
                return Linear([place for place, _ in found], [cost for _, cost in found])


def _by(owners: Iterable[str]) -> dict[str, list[int]]:
    """Places by owner."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        found[owner].append(place)
    return found
