"""The rows of a linear model in a few arrays: a term takes four
bytes, where a row as an object takes as much again for itself.

A ``Row`` is made when it is asked for (docs/adr/211-memory-of-large-terms.md).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Generic, NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from models.ids import Rule

ROWS_A_LOOK = 4_096
"""Number of rows that are gone through at a time, between two calls of a ``look``."""
Ints = NDArray[np.signedinteger[Any]]
_Value = TypeVar("_Value", bound=Hashable)


class Row(NamedTuple):
    """low <= sum <= high. ``rule`` and ``round`` say whose row it is; rows without a rule hold by definition."""

    variables: Sequence[int]
    coefs: Sequence[int]
    low: int
    high: int
    rule: Rule | None = None
    round: str | None = None

    def activity(self, values: Sequence[int]) -> int:
        """Its sum under an assignment."""
        return sum(c * values[v] for v, c in zip(self.variables, self.coefs, strict=True))


class Rows(Sequence[Row]):
    """Rows in the order of their making. What is got from here is
    a copy: ``loosen`` alone changes a row that has been added.
    """

    def __init__(self) -> None:
        self._starts, self._variables = array("q", [0]), array("i")
        self._low, self._high = array("q"), array("q")
        # Most rows have the coefficients, the rule and the round of many others.
        self._coefs, self._coefs_of = _Numbered[tuple[int, ...]](), array("i")
        self._owners, self._owner_of = _Numbered[tuple[Rule | None, str | None]](), array("i")

    def add(self, row: Row) -> None:
        """Add a row, with as many coefficients as variables."""
        self._variables.extend(array("i", row.variables))
        self._starts.append(len(self._variables))
        self._coefs_of.append(self._coefs.number(tuple(row.coefs)))
        self._low.append(row.low)
        self._high.append(row.high)
        self._owner_of.append(self._owners.number((row.rule, row.round)))

    def loosen(self, place: int, high: int) -> None:
        """Let the sum of the row in this place be as much as that."""
        self._high[place] = high

    def __len__(self) -> int:
        return len(self._low)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        places = range(len(self))[place]
        return self._row(places) if isinstance(places, int) else [self._row(one) for one in places]

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(len(self)))

    def variables(self, place: int) -> Sequence[int]:
        """The variables of the row in this place."""
        return self._variables[self._starts[place] : self._starts[place + 1]]

    def rule(self, place: int) -> Rule | None:
        """The rule of the row in this place; None where it holds by definition."""
        return self._owners.values[self._owner_of[place]][0]

    def named_by_rules(self) -> NDArray[np.int32]:
        """The variables of the rows with a rule, each as often as one of these names it."""
        ruled = np.array([rule is not None for rule, _ in self._owners.values], np.bool_)
        named: NDArray[np.int32] = np.array(self._variables)[
            np.repeat(ruled[np.array(self._owner_of)], np.diff(self._starts))
        ]
        return named

    def admits(self, place: int, activity: int) -> bool:
        """Whether the row in this place holds with that sum."""
        return self._low[place] <= activity <= self._high[place]

    def broken(self, values: Sequence[int]) -> list[Row]:
        """The rows that do not hold under an assignment."""
        activities, (low, high) = self.activities(values), self.bounds
        return [self._row(place) for place in np.flatnonzero((activities < low) | (activities > high)).tolist()]

    def activities(self, values: Sequence[int]) -> NDArray[np.int64]:
        """The sum of each row under an assignment."""
        found, assigned = np.zeros(len(self), np.int64), np.array(values, np.int64)
        for piece in self._pieces():
            sums = np.append(0, np.cumsum(piece.coefs * assigned[piece.variables]))
            found[piece.rows] = np.diff(sums[piece.starts])
        return found

    @property
    def bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The least and the most of each row."""
        return np.array(self._low), np.array(self._high)

    def terms(self, look: Callable[[], None]) -> Terms:
        """The terms of all rows. ``look`` is called now and then; what it raises ends that."""
        coefs = np.empty(len(self._variables), self._smallest())
        for piece in self._pieces():
            look()
            coefs[piece.terms] = piece.coefs
        return Terms(np.array(self._starts, np.int32), np.array(self._variables), coefs)

    def _row(self, place: int) -> Row:
        begin, end = self._starts[place], self._starts[place + 1]
        coefs, owner = self._coefs.values[self._coefs_of[place]], self._owners.values[self._owner_of[place]]
        return Row(tuple(self._variables[begin:end]), coefs, self._low[place], self._high[place], *owner)

    def _pieces(self) -> Iterator[_Piece]:
        known, coefs_of = self._coefs.values, np.array(self._coefs_of)
        table = np.fromiter(chain.from_iterable(known), np.int64)
        in_table = np.fromiter(accumulate(map(len, known), initial=0), np.int64)
        for begin in range(0, len(self), ROWS_A_LOOK):
            end = min(begin + ROWS_A_LOOK, len(self))
            terms = slice(self._starts[begin], self._starts[end])
            starts = np.array(self._starts[begin : end + 1]) - terms.start
            places = np.repeat(in_table[coefs_of[begin:end]] - starts[:-1], np.diff(starts)) + np.arange(starts[-1])
            yield _Piece(slice(begin, end), terms, starts, np.array(self._variables[terms]), table[places])

    def _smallest(self) -> type[np.signedinteger[Any]]:
        """The smallest type that holds all coefficients and their opposites."""
        most = max(map(abs, chain.from_iterable(self._coefs.values)), default=0)
        types: tuple[type[np.signedinteger[Any]], ...] = (np.int8, np.int16, np.int32)
        return next((one for one in types if most <= np.iinfo(one).max), np.int64)


class Terms(NamedTuple):
    """The terms of many rows, one after the other: those of row r lie from ``starts[r]`` to ``starts[r + 1]``."""

    starts: NDArray[np.int32]
    variables: NDArray[np.int32]
    coefs: Ints


class _Piece(NamedTuple):
    """Some rows that follow each other: which they are, which
    terms are theirs, and these terms, counted from the first.
    """

    rows: slice
    terms: slice
    starts: NDArray[np.int64]
    variables: NDArray[np.int32]
    coefs: NDArray[np.int64]


class _Numbered(Generic[_Value]):
    """Values that occur often, each kept once; ``values`` has them by their numbers."""

    def __init__(self) -> None:
        self.values: list[_Value] = []
        self._numbers: dict[_Value, int] = {}

    def number(self, value: _Value) -> int:
        """The number of the value, a new one for one that is new."""
        found = self._numbers.setdefault(value, len(self.values))
        if found == len(self.values):
            self.values.append(value)
        return found
