"""A linear model over integers as plain arrays, free of any solver: variables and rows.

Each helper variable carries its definition (``scheduler.linear.helpers``),
so that all helpers follow from an assignment of the seats alone.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import NamedTuple

from models.ids import Rule
from scheduler.linear.helpers import Helpers, Meaning
from scheduler.linear.incidence import Incidence, incidence_of, terms_of
from scheduler.linear.rows import Row, Rows

Values = list[int]
UNBOUNDED = 1 << 40
_NO_LEAST = -UNBOUNDED
_FAR = 1 << 50
"""A bound that no row reaches: it stands for "no bound"."""
_A_LOOK = 64
"""Number of additions to a model between two calls of ``look``."""


def nothing() -> None:
    """Do nothing: the ``look`` of whoever does not want to end the building."""


@dataclass(slots=True)
class Linear:
    """sum(coefs x variables) + constant."""

    variables: MutableSequence[int] = field(default_factory=list)
    coefs: MutableSequence[int] = field(default_factory=list)
    constant: int = 0

    def add(self, other: Linear, factor: int = 1) -> Linear:
        """Add ``factor`` times another expression to this one, in place; returns itself."""
        self.variables += other.variables
        self.coefs += other.coefs if factor == 1 else [factor * c for c in other.coefs]
        self.constant += factor * other.constant
        return self

    def in_arrays(self) -> Linear:
        """A copy to be kept, in half the memory or less: goals have a term for every decision."""
        return Linear(array("i", self.variables), array("q", self.coefs), self.constant)

    def value(self, values: Sequence[int]) -> int:
        """Its value under an assignment."""
        terms: int = sum(map(mul, self.coefs, map(values.__getitem__, self.variables)))
        return self.constant + terms


def total(variables: Iterable[int], coef: int = 1, constant: int = 0) -> Linear:
    """The sum of some variables, each with the same coefficient."""
    chosen = list(variables)
    return Linear(chosen, [coef] * len(chosen), constant)


def at_most(expression: Linear, high: int) -> Row:
    """expression <= high, as a row of its own."""
    return Row(expression.variables, expression.coefs, -_FAR, high - expression.constant)


def at_least(expression: Linear, low: int) -> Row:
    """expression >= low, as a row of its own."""
    return Row(expression.variables, expression.coefs, low - expression.constant, _FAR)


class _Defining(NamedTuple):
    """Which rows hold by the definition of a helper, by that helper; the places
    of all others, and the decisions with the variables that these others name.
    """

    by_helper: Mapping[int, Sequence[int]]
    others: Sequence[int]
    always: Collection[int]


class LinearModel:
    """Variables with bounds, and rows; the definitions of its helpers are kept beside it.

    ``numbers`` are the decisions themselves: rows made from slices of it share their numbers instead of holding equal
    ones. ``look`` is called now and then while the model grows; what it raises ends the building.
    """

    def __init__(self, look: Callable[[], None] = nothing) -> None:
        self._look, self._additions = look, 0
        self.numbers: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.rows = Rows()
        self._helpers = Helpers()
        self._by_themselves: set[int] = set()
        self._restricting: set[int] = set()
        self._defining: tuple[tuple[int, int], _Defining] = (0, 0), _Defining({}, (), frozenset())
        self._rows_by_variable: tuple[int, Incidence] = 0, incidence_of(terms_of(()), 0)

    def binaries(self, number: int) -> int:
        """Add ``number`` decisions that are 0 or 1, with consecutive numbers; returns the first of these."""
        self._grow()
        first = len(self.low)
        self.numbers += range(first, first + number)
        self.low += [0] * number
        self.high += [1] * number
        return first

    def helper(
        self,
        low: int,
        high: int,
        support: Iterable[int],
        meaning: Meaning | None,
        *,
        coefs: Sequence[int] | None = None,
        restricts: bool = False,
    ) -> int:
        """A new variable that follows from earlier ones: ``meaning``
        computes it, ``support`` names what it is made from.

        Without a meaning it is 1 when any of its support is 1: most helpers are, and share it.
        ``restricts``: the rows without a rule in which it is the last variable restrict earlier ones as well. Those of
        other helpers hold whatever the earlier ones are, once it is what it means. ``coefs``: it is the sum of its
        support with these, and of a constant.
        """
        self._grow()
        self.low.append(low)
        self.high.append(high)
        index = len(self.low) - 1
        if restricts:
            self._restricting.add(index)
        self._helpers.add(index, support, meaning, coefs)
        return index

    def sum_of(self, expression: Linear, low: int, high: int) -> int:
        """A helper with the value of an expression; a change of
        one term costs the same however many terms there are.
        """
        return self._follower(low, high, expression.variables, expression.value, expression.coefs)

    def any_of(self, groups: Sequence[Sequence[int]]) -> int:
        """1 when any variable is 1; the variables of one group exclude each other, which makes the rows tight."""
        members = tuple(v for group in groups for v in group)
        if len(members) == 1:
            return members[0]
        index = self._follower(0, 1, members, None)
        for group in groups:
            self.at_most(total(group).add(total([index], -1)), 0)
        self.at_most(total([index]).add(total(members, -1)), 0)
        return index

    def highest_of(self, parts: Sequence[Linear], high: int) -> int:
        """A helper that is at least every part; the level that uses it minimises it."""
        support = [v for part in parts for v in part.variables]
        index = self._follower(0, high, support, lambda values: max(0, *(part.value(values) for part in parts)))
        for part in parts:
            self.at_most(Linear().add(part).add(total([index], -1)), 0)
        return index

    def excess(self, part: Linear, high: int) -> int:
        """A helper that is at least 0 and the part; the level that uses it minimises it."""
        index = self._follower(0, high, part.variables, lambda values: max(0, part.value(values)))
        self.at_most(Linear().add(part).add(total([index], -1)), 0)
        return index

    def _follower(
        self,
        low: int,
        high: int,
        support: Iterable[int],
        meaning: Meaning | None,
        coefs: Sequence[int] | None = None,
    ) -> int:
        """A helper that is a whole number where its terms are: its rows leave it no other least value."""
        index = self.helper(low, high, support, meaning, coefs=coefs)
        self._by_themselves.add(index)
        return index

    @property
    def whole(self) -> list[int]:
        """Which variables must be required to be whole numbers:
        decisions, and helpers that are rounded. Others follow from these.
        """
        return [variable for variable in range(len(self.low)) if variable not in self._by_themselves]

    def at_most(self, expression: Linear, high: int, rule: Rule | None = None, round_: str | None = None) -> None:
        """expression <= high."""
        bound = high - expression.constant
        self._add_row(expression, _NO_LEAST, bound, rule, round_)

    def equal(self, expression: Linear, value: int) -> None:
        """expression == value."""
        bound = value - expression.constant
        self._add_row(expression, bound, bound)

    def _add_row(
        self, expression: Linear, low: int, high: int, rule: Rule | None = None, round_: str | None = None
    ) -> None:
        self._grow()
        self.rows.add(Row(expression.variables, expression.coefs, low, high, rule, round_))

    def _grow(self) -> None:
        self._additions += 1
        if self._additions % _A_LOOK == 0:
            self._look()

    def helpers(self) -> Iterable[tuple[int, Sequence[int]]]:
        """Every helper with the variables that it is made from, in the order of their making."""
        return self._helpers.support.items()

    def complete(self, chosen: Iterable[int], look: Callable[[], None] = nothing) -> Values:
        """The assignment in which just these decisions are 1 and every helper is what it means.

        ``look`` is called now and then; what it raises ends that.
        """
        values = [0] * len(self.low)
        for variable in chosen:
            values[variable] = 1
        self._helpers.complete(values, look)
        return values

    def follow(self, values: Values, flips: Mapping[int, int]) -> dict[int, int]:
        """Change decisions in an assignment, in place, and every helper
        that depends on them; returns the former values of what changed.
        """
        return self._helpers.follow(values, flips)

    def closure(self, decisions: Iterable[int]) -> set[int]:
        """Some decisions and every helper that depends on any of them."""
        return self._helpers.depending_on(decisions)

    def support(self, variables: Iterable[int]) -> set[int]:
        """The decisions behind some variables."""
        return self._helpers.behind(variables)

    def rows_with(self, variables: Iterable[int], among: Collection[int] | None = None) -> list[Row]:
        """The rows that touch any of these variables, in the order of their making; only those ``among`` places."""
        rows_of = self._rows_of()
        found = {place for v in variables for place in rows_of.places(v)}
        return [self.rows[place] for place in sorted(found if among is None else found.intersection(among))]

    def needed_for(self, asked: Iterable[int]) -> tuple[Sequence[int], Sequence[int]]:
        """The places of the rows and the variables that matter where
        nothing but these variables and the rules is asked for.

        All decisions are among them. A helper that nobody asks for is left out with the rows that hold by its
        definition: whatever the others are, it can be what it means.
        """
        defining, others, always = self._rows_that_define()
        needed, rows = {*always, *asked}, list(others)
        for helper in reversed(self._helpers.support):  # in order of making: whoever needs it was made after it
            if helper in needed and helper in defining:
                rows += defining[helper]
                for place in defining[helper]:
                    needed.update(self.rows.variables(place))
        return sorted(rows), sorted(needed)

    def _rows_that_define(self) -> _Defining:
        """The rows by the helpers that they define, and all others; anew after the model grew."""
        grown_to = len(self.rows), len(self.low)
        if self._defining[0] != grown_to:
            defining: dict[int, list[int]] = defaultdict(list)
            others: list[int] = []
            needed, helpers = set(self.numbers), self._helpers.support
            for place in range(len(self.rows)):
                variables = self.rows.variables(place)
                last = max(variables, default=-1)
                if self.rows.rule(place) is None and last in helpers and last not in self._restricting:
                    defining[last].append(place)
                else:
                    others.append(place)
                    needed.update(variables)
            self._defining = grown_to, _Defining(defining, others, needed)
        return self._defining[1]

    def terms_of_rows(self, look: Callable[[], None] = nothing) -> Incidence:
        """Which rows each variable stands in, by their places.
        ``look`` is called now and then; what it raises ends that.
        """
        return incidence_of(self.rows.terms(look), len(self.low))

    def _rows_of(self) -> Incidence:
        """For each variable the places of the rows that name it; made anew after rows were added."""
        if self._rows_by_variable[0] != len(self.rows):
            self._rows_by_variable = len(self.rows), self.terms_of_rows()
        return self._rows_by_variable[1]
