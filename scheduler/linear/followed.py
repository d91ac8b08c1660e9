"""A plan that is changed step by step: helpers and sums of rows
follow each change, and a change that breaks a row is not made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from scheduler.linear.incidence import Incidence, incidence_of, terms_of
from scheduler.linear.model import LinearModel, Values, nothing
from scheduler.linear.rows import Row


def moved_rows(terms: Incidence, before: Mapping[int, int], values: Values) -> Mapping[int, int]:
    """By how much the sum of each row has changed, by its place; ``before`` are the changed variables as they were."""
    moved: dict[int, int] = defaultdict(int)
    for variable, value in before.items():
        by = values[variable] - value
        for place, coef in terms.terms(variable):
            moved[place] += coef * by
    return moved


class FollowedPlan:
    """An assignment whose rows all hold; ``values`` is its whole, helpers included, after every change.

    ``limits`` are rows beside those of the linear model; their places in ``limits`` name them.
    """

    def __init__(
        self,
        linear_model: LinearModel,
        values: Values,
        look: Callable[[], None] = nothing,
        limits: Sequence[Row] = (),
    ) -> None:
        """``look`` is called now and then while the rows are gone through; what it raises ends that."""
        self.values = values
        self._linear_model = linear_model
        self._terms = linear_model.terms_of_rows(look)
        self._sums: list[int] = linear_model.rows.activities(values).tolist()
        self._limits = tuple(limits)
        of_limits = terms_of([(limit.variables, limit.coefs) for limit in limits])
        self._limit_terms = incidence_of(of_limits, len(linear_model.low))
        self._limit_sums = [limit.activity(values) for limit in limits]

    def change(self, flips: Mapping[int, int], beyond: Mapping[int, int] = MappingProxyType({})) -> bool:
        """Give these decisions their new values unless some row would break: whether it was done.

        ``beyond`` tells by how much a limit may be gone beyond meanwhile, by its place.
        """
        before = self._linear_model.follow(self.values, flips)
        moved = moved_rows(self._terms, before, self.values)
        of_limits = moved_rows(self._limit_terms, before, self.values)
        rows = self._linear_model.rows
        if all(rows.admits(place, self._sums[place] + by) for place, by in moved.items()) and all(
            self._keeps(limit, self._limit_sums[limit] + by, beyond) for limit, by in of_limits.items()
        ):
            for place, by in moved.items():
                self._sums[place] += by
            for limit, by in of_limits.items():
                self._limit_sums[limit] += by
            return True
        for variable, value in before.items():
            self.values[variable] = value
        return False

    def is_within(self, limit: int) -> bool:
        """Whether a limit holds now."""
        return self._keeps(limit, self._limit_sums[limit], {})

    def _keeps(self, limit: int, value: int, beyond: Mapping[int, int]) -> bool:
        row = self._limits[limit]
        return row.low <= value <= row.high + beyond.get(limit, 0)
