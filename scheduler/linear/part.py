"""A small part of a linear model: some decisions are free, all others stay as they are in an assignment.

What stays becomes a constant, so that the part is small for the solver too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.linear.model import Linear, LinearModel, Values
from scheduler.linear.rows import Row


@dataclass(frozen=True)
class Asked:
    """The places of the rows and the variables that matter where nothing but some goals and the rules is asked for."""

    rows: frozenset[int]
    variables: frozenset[int]


def asked_by(linear_model: LinearModel, goals: Iterable[Linear]) -> Asked:
    """What these goals ask for (``LinearModel.needed_for``)."""
    rows, variables = linear_model.needed_for(variable for goal in goals for variable in goal.variables)
    return Asked(frozenset(rows), frozenset(variables))


class Part:
    """The rows of a linear model that name free decisions, over these and the helpers that depend on them.

    ``low``, ``high`` and ``rows`` are numbered anew; ``shrink``, ``expand`` and ``followed`` translate. With ``asked``,
    helpers and rows that it does not hold are left out: the solver then sees half as many.
    """

    def __init__(
        self,
        linear_model: LinearModel,
        values: Values,
        free: Iterable[int],
        extra: Sequence[Row] = (),
        asked: Asked | None = None,
    ) -> None:
        self._linear_model = linear_model
        self._values = values
        self._free = frozenset(free)
        closure = linear_model.closure(self._free)
        self._old = sorted(closure if asked is None else closure & asked.variables)
        self._new = {old: new for new, old in enumerate(self._old)}
        self.low = [linear_model.low[v] for v in self._old]
        self.high = [linear_model.high[v] for v in self._old]
        self.rows = [
            small
            for row in (*linear_model.rows_with(self._old, asked.rows if asked else None), *extra)
            if (small := self.row(row)) is not None
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

    def followed(self, found: Sequence[int]) -> Values:
        """The whole assignment with these values of the free decisions, and every helper as it is meant."""
        values = list(self._values)
        pairs = zip(self._old, found, strict=True)
        self._linear_model.follow(values, {v: value for v, value in pairs if v in self._free and value != values[v]})
        return values
