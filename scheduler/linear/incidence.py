"""Which rows or sums each variable stands in, in arrays: a term
takes twelve bytes, where a tuple in a list of its own takes eighty.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

Sum = tuple[Sequence[int], Sequence[int]]
"""Variables and their coefficients."""
PLACES_A_LOOK = 4_096


@dataclass(frozen=True, slots=True)
class Incidence:
    """The terms of many sums by variable: those of variable v lie from
    ``starts[v]`` to ``starts[v + 1]``, in the order of their sums.
    """

    starts: array[int]
    at: array[int]
    coefs: array[int]

    def terms(self, variable: int) -> Iterator[tuple[int, int]]:
        """The places of the sums that name the variable, with its coefficient there."""
        begin, end = self._span(variable)
        return zip(self.at[begin:end], self.coefs[begin:end], strict=True)

    def places(self, variable: int) -> Sequence[int]:
        """The places of the sums that name the variable."""
        begin, end = self._span(variable)
        return self.at[begin:end]

    def _span(self, variable: int) -> tuple[int, int]:
        """None for a variable that was added after the sums were gone through."""
        return (self.starts[variable], self.starts[variable + 1]) if variable + 1 < len(self.starts) else (0, 0)


def incidence_of(sums: Sequence[Sum], width: int, look: Callable[[], None]) -> Incidence:
    """The incidence of sums over so many variables.

    ``look`` is called now and then; what it raises ends that.
    """
    lengths = np.fromiter((len(variables) for variables, _ in sums), np.intp, len(sums))
    number = int(lengths.sum())
    named = np.fromiter(chain.from_iterable(variables for variables, _ in _looked(sums, look)), np.int32, number)
    starts = np.zeros(width + 1, np.int64)
    np.cumsum(np.bincount(named, minlength=width), out=starts[1:])
    order = np.argsort(named, kind="stable")
    del named
    at = array("i", np.repeat(np.arange(len(sums), dtype=np.int32), lengths)[order].tobytes())
    coefs = np.fromiter(chain.from_iterable(coefs for _, coefs in _looked(sums, look)), np.int64, number)
    return Incidence(array("q", starts.tobytes()), at, array("q", coefs[order].tobytes()))


def _looked(sums: Iterable[Sum], look: Callable[[], None]) -> Iterator[Sum]:
    for place, one in enumerate(sums):
        if place % PLACES_A_LOOK == 0:
            look()
        yield one
