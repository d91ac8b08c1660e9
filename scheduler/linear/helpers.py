"""What the helper variables of a linear model mean: each follows from earlier variables, and so all from the decisions.

That gives complete hints, exact level values, and the activity of any row
for a plan that is not yet in the solver (SPEED.md, point 3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush

from scheduler.linear.incidence import Incidence, incidence_of, terms_of

Meaning = Callable[[list[int]], int]
"""Computes a helper from an assignment of what it is made from."""
_A_LOOK = 1_024
"""Number of helpers that are given their values between two calls of a ``look``."""


class Helpers:
    """The helpers of a linear model in the order of their making, which has what a helper hangs on before it.

    ``support`` tells what each is made from.
    """

    def __init__(self) -> None:
        self.support: dict[int, tuple[int, ...]] = {}
        self._numbers: list[int] = []
        # What each means, None where that is any of its support.
        self._meanings: list[Meaning | None] = []
        self._coefs_of_sums: dict[int, Sequence[int]] = {}
        self._dependants_of: tuple[int, Incidence] = 0, incidence_of(terms_of(()), 0)

    def add(
        self, number: int, support: Iterable[int], meaning: Meaning | None, coefs: Sequence[int] | None = None
    ) -> None:
        """One more, by the number of its variable; ``coefs`` are those of its support where it is their sum."""
        if coefs is not None:
            self._coefs_of_sums[len(self._numbers)] = coefs
        self._numbers.append(number)
        self._meanings.append(meaning)
        self.support[number] = tuple(support)

    def complete(self, values: list[int], look: Callable[[], None]) -> None:
        """Give every helper what it means, in place, where the decisions have their values.

        ``look`` is called now and then; what it raises ends that.
        """
        for place, helper in enumerate(self._numbers):
            if place % _A_LOOK == 0:
                look()
            values[helper] = self._meant(place, values)

    def _meant(self, place: int, values: list[int]) -> int:
        """What the helper in this place is under an assignment of what it is made from."""
        meaning = self._meanings[place]
        if meaning is None:
            return int(any(map(values.__getitem__, self.support[self._numbers[place]])))
        return meaning(values)

    def depending_on(self, decisions: Iterable[int]) -> set[int]:
        """Some decisions and every helper that depends on any of them."""
        found = set(decisions)
        for helper, support in self.support.items():
            if not found.isdisjoint(support):
                found.add(helper)
        return found

    def behind(self, variables: Iterable[int]) -> set[int]:
        """The decisions behind some variables."""
        found: set[int] = set()
        waiting = list(variables)
        while waiting:
            variable = waiting.pop()
            below = self.support.get(variable)
            if below is None:
                found.add(variable)
            else:
                waiting.extend(below)
        return found

    def follow(self, values: list[int], flips: Mapping[int, int]) -> dict[int, int]:
        """Change decisions in an assignment, in place, and every helper
        that depends on them; returns the former values of what changed.

        Sums change by what their terms change, so helpers must be what they mean when it begins. This is told in
        docs/adr/206-following-changes.md.
        """
        dependants = self._dependants(len(values))
        before = {variable: values[variable] for variable in flips}
        steps: dict[int, int] = defaultdict(int)
        waiting: list[int] = []

        def change(variable: int, value: int) -> None:
            step, values[variable] = value - values[variable], value
            for place, coef in dependants.terms(variable):
                heappush(waiting, place)
                steps[place] += coef * step

        for variable, value in flips.items():
            change(variable, value)
        while waiting:
            # In order of making: whatever a helper hangs on is settled before it.
            place = heappop(waiting)
            if place not in steps:
                continue
            helper, step = self._numbers[place], steps.pop(place)
            value = values[helper] + step if place in self._coefs_of_sums else self._meant(place, values)
            if value != values[helper]:
                before[helper] = values[helper]
                change(helper, value)
        return before

    def _dependants(self, variables: int) -> Incidence:
        """By variable, of so many, the places of the helpers that depend
        on it, with its coefficient in sums; anew after helpers were added.
        """
        if self._dependants_of[0] != len(self._numbers):
            sums = [self._as_sum(place, helper) for place, helper in enumerate(self._numbers)]
            self._dependants_of = len(self._numbers), incidence_of(terms_of(sums), variables)
        return self._dependants_of[1]

    def _as_sum(self, place: int, helper: int) -> tuple[Sequence[int], Sequence[int]]:
        """What a helper is made from, with the coefficients of a sum, or 0 for any other."""
        support = self.support[helper]
        coefs = self._coefs_of_sums.get(place)
        return support, bytes(len(support)) if coefs is None else coefs[: len(support)]
