"""A plan that is changed step by step: helpers and sums of rows follow each change, and a change that breaks a row is not made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from scheduler.linear.model import LinearModel, Values, nothing

ROWS_A_LOOK = 4_096


class FollowedPlan:
    """An assignment whose rows all hold; ``values`` is its whole, helpers included, after every change."""

    def __init__(self, linear_model: LinearModel, values: Values, look: Callable[[], None] = nothing) -> None:
        """``look`` is called now and then while the rows are gone through; what it raises ends that."""
        self.values = values
        self._linear_model = linear_model
        self._sums: list[int] = []
        self._terms: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, row in enumerate(linear_model.rows):
            if place % ROWS_A_LOOK == 0:
                look()
            self._sums.append(row.activity(values))
            for variable, coef in zip(row.variables, row.coefs, strict=True):
                self._terms[variable].append((place, coef))

    def change(self, flips: Mapping[int, int]) -> bool:
        """Give these decisions their new values unless some row would break: whether it was done."""
        before = self._linear_model.follow(self.values, flips)
        moved: dict[int, int] = defaultdict(int)
        for variable, value in before.items():
            for place, coef in self._terms.get(variable, ()):
                moved[place] += coef * (self.values[variable] - value)
        rows = self._linear_model.rows
        if all(rows[place].low <= self._sums[place] + by <= rows[place].high for place, by in moved.items()):
            for place, by in moved.items():
                self._sums[place] += by
            return True
        for variable, value in before.items():
            self.values[variable] = value
        return False
