"""A small part of a linear model: some decisions are free, all others stay as they are in an assignment.

What stays becomes a constant, so that the part is small for the solver too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.linear.model import Linear, LinearModel, Values
from scheduler.linear.rows import Row


class Part:
    """The rows of a linear model that name free decisions, over these and the helpers that depend on them.

    ``low``, ``high`` and ``rows`` are numbered anew; ``shrink`` and ``expand`` translate.
    """

    def __init__(
        self, linear_model: LinearModel, values: Values, free: Iterable[int], extra: Sequence[Row] = ()
    ) -> None:
        self._values = values
        self._old = sorted(linear_model.closure(free))
        self._new = {old: new for new, old in enumerate(self._old)}
        self.low = [linear_model.low[v] for v in self._old]
        self.high = [linear_model.high[v] for v in self._old]
        self.rows = [
            small for row in (*linear_model.rows_with(self._old), *extra) if (small := self.row(row)) is not None
        ]

    @property
    def hint(self) -> Values:
        """The values of the free variables in the assignment."""
        return [self._values[v] for v in self._old]

    def row(self, row: Row) -> Row | None:
        """The row over the free variables; None where it names none of them."""
        small = self._shrunk(row.variables, row.coefs, 0)
        if not small.variables:
            return None
        return Row(
            small.variables, small.coefs, row.low - small.constant, row.high - small.constant, row.rule, row.round
        )

    def shrink(self, expression: Linear) -> Linear:
        """The expression over the free variables, with the rest in its constant."""
        return self._shrunk(expression.variables, expression.coefs, expression.constant)

    def _shrunk(self, old_variables: Sequence[int], old_coefs: Sequence[int], constant: int) -> Linear:
        new, values = self._new, self._values
        variables = [new[variable] for variable in old_variables if variable in new]
        if len(variables) == len(old_variables):
            return Linear(variables, list(old_coefs), constant)
        coefs = []
        for variable, coef in zip(old_variables, old_coefs, strict=True):
            if variable in new:
                coefs.append(coef)
            else:
                constant += coef * values[variable]
        return Linear(variables, coefs, constant)

    def expand(self, found: Sequence[int]) -> Values:
        """The whole assignment, with these values of the free variables in it."""
        values = list(self._values)
        for variable, value in zip(self._old, found, strict=True):
            values[variable] = value
        return values
