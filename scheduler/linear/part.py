"""A small piece of a linear_model: some decisions free, all others as they are in an assignment.

Everything fixed becomes a constant, so that the piece is as small for the solver as it looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.linear.model import Linear, LinearModel, Row, Values


class Part:
    """The rows of a linear_model that touch the free decisions, over these and the helpers that hang on them.

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
        """What the assignment says of the free part."""
        return [self._values[v] for v in self._old]

    def row(self, row: Row) -> Row | None:
        """A row over the free part; None where it does not touch it."""
        small = self._shrunk(row.variables, row.coefs, 0)
        if not small.variables:
            return None
        return Row(
            small.variables, small.coefs, row.low - small.constant, row.high - small.constant, row.rule, row.round
        )

    def shrink(self, expression: Linear) -> Linear:
        """The expression over the free part, the rest in its constant."""
        return self._shrunk(expression.variables, expression.coefs, expression.constant)

    def _shrunk(self, old_variables: Sequence[int], old_coefs: Sequence[int], constant: int) -> Linear:
        variables, coefs = [], []
        new, values = self._new, self._values
        for variable, coef in zip(old_variables, old_coefs, strict=True):
            index = new.get(variable)
            if index is None:
                constant += coef * values[variable]
            else:
                variables.append(index)
                coefs.append(coef)
        return Linear(variables, coefs, constant)

    def expand(self, found: Sequence[int]) -> Values:
        """The whole assignment with the free part replaced."""
        values = list(self._values)
        for variable, value in zip(self._old, found, strict=True):
            values[variable] = value
        return values
