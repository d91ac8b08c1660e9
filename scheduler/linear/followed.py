"""A plan that is changed step by step: helpers and sums of rows
follow each change, and a change that breaks a row is not made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from scheduler.linear.incidence import Incidence
from scheduler.linear.model import LinearModel, Values, nothing


def moved_rows(terms: Incidence, before: Mapping[int, int], values: Values) -> Mapping[int, int]:
    """By how much the sum of each row has changed, by its place; ``before`` are the changed variables as they were."""
    moved: dict[int, int] = defaultdict(int)
    for variable, value in before.items():
        by = values[variable] - value
        for place, coef in terms.terms(variable):
            moved[place] += coef * by
    return moved


class FollowedPlan:
    """An assignment whose rows all hold; ``values`` is its whole, helpers included, after every change."""

    def __init__(self, linear_model: LinearModel, values: Values, look: Callable[[], None] = nothing) -> None:
        """``look`` is called now and then while the rows are gone through; what it raises ends that."""
        self.values = values
        self._linear_model = linear_model
        self._terms = linear_model.terms_of_rows(look)
        self._sums: list[int] = linear_model.rows.activities(values).tolist()

    def change(self, flips: Mapping[int, int]) -> bool:
        """Give these decisions their new values unless some row would break: whether it was done."""
        before = self._linear_model.follow(self.values, flips)
        moved = moved_rows(self._terms, before, self.values)
        rows = self._linear_model.rows
        if all(rows.admits(place, self._sums[place] + by) for place, by in moved.items()):
            for place, by in moved.items():
                self._sums[place] += by
            return True
        for variable, value in before.items():
            self.values[variable] = value
        return False
