"""Which rows or sums each variable stands in, in arrays: a term
takes five to twelve bytes, where a tuple in a list of its own takes eighty.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.linear.rows import Terms

Sum = tuple[Sequence[int], Sequence[int]]
"""Variables and their coefficients."""


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


def terms_of(sums: Sequence[Sum]) -> Terms:
    """The terms of some sums, one after the other."""
    starts = np.fromiter(accumulate((len(variables) for variables, _ in sums), initial=0), np.int32)
    variables = np.fromiter(chain.from_iterable(variables for variables, _ in sums), np.int32, starts[-1])
    return Terms(starts, variables, np.fromiter(chain.from_iterable(coefs for _, coefs in sums), np.int64, starts[-1]))


def incidence_of(terms: Terms, width: int) -> Incidence:
    """The incidence of sums over so many variables."""
    by_sum = sparse.csr_array((terms.coefs, terms.variables, terms.starts), shape=(len(terms.starts) - 1, width))
    by_variable = by_sum.tocsc()  # keeps every term, in the order of the sums
    return Incidence(
        _array("i", by_variable.indptr),
        _array("i", by_variable.indices),
        _array(by_variable.data.dtype.char, by_variable.data),
    )


def _array(kind: str, numbers: NDArray[Any]) -> array[int]:
    """Numbers as an array, of which a part is gone through quicker than one of numpy."""
    found = array(kind)
    found.frombytes(numbers.view(np.uint8).data)
    return found
