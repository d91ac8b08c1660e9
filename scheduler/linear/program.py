"""A linear model as sparse arrays: sliced, merged and relaxed as a
whole, where Python loops would take minutes (SPEED.md, point 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scheduler.linear.model import UNBOUNDED, Linear, LinearModel, nothing

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Goal:
    """A linear goal over all columns of a program."""

    costs: Floats
    constant: float

    def over(self, columns: NDArray[np.bool_]) -> Goal:
        """The goal over some of the columns, which must include all with a cost."""
        return Goal(self.costs[columns], self.constant)

    def value(self, x: Floats) -> int:
        """Its value under an assignment of whole numbers."""
        return round(float(self.costs @ x) + self.constant)


@dataclass(frozen=True)
class Program:
    """row_low <= matrix x <= row_high, low <= x <= high, x whole.

    A column is a variable of the linear model, or stands for several alike. The entries of the matrix are whole numbers
    in the smallest type that holds them, or floating-point numbers where they are huge or a limit has been added.
    """

    matrix: sparse.csc_array
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats

    def capped(self, goal: Goal, value: int) -> Program:
        """The program with one more row: the goal is at most that."""
        return self.with_limits([(goal, value)])

    def with_limits(self, limits: Sequence[tuple[Goal, int]]) -> Program:
        """The program with one more row for each goal: it is at most
        the value beside it. All at once, for the matrix is copied.
        """
        if not limits:
            return self
        rows = sparse.vstack([sparse.csc_array(goal.costs.reshape(1, -1)) for goal, _ in limits])
        return self.with_rows(rows, np.array([value - goal.constant for goal, value in limits], np.float64))

    def with_rows(self, rows: sparse.sparray, most: Floats) -> Program:
        """The program with more rows over its columns, each at most what is beside it."""
        return replace(
            self,
            matrix=sparse.vstack([self.matrix, rows], format="csc"),
            row_low=np.append(self.row_low, np.full(len(most), -inf)),
            row_high=np.append(self.row_high, most),
        )

    def holds(self, x: Floats) -> bool:
        """Whether every row and every bound holds under the assignment."""
        return bool(not self.broken(x).any() and np.all(x >= self.low) and np.all(x <= self.high))

    def broken(self, x: Floats) -> NDArray[np.bool_]:
        """The rows that the assignment breaks."""
        activity = self.matrix @ x
        broken: NDArray[np.bool_] = (activity < self.row_low - 0.5) | (activity > self.row_high + 0.5)
        return broken

    def slice(self, rows: NDArray[np.bool_], columns: NDArray[np.bool_]) -> Program:
        """The program of some rows over some columns."""
        matrix = self.matrix
        kept = rows[matrix.indices] & np.repeat(columns, np.diff(matrix.indptr))
        before = np.append(0, np.cumsum(kept, dtype=np.int32))
        starts = np.append(before[matrix.indptr[:-1]][columns], before[-1])
        del before
        places = np.cumsum(rows, dtype=np.int32) - 1
        entries = (matrix.data[kept], places[matrix.indices[kept]], starts)
        return Program(
            sparse.csc_array(entries, shape=(np.count_nonzero(rows), np.count_nonzero(columns))),
            self.row_low[rows],
            self.row_high[rows],
            self.low[columns],
            self.high[columns],
        )


def program_of(linear_model: LinearModel) -> Program:
    """A linear model as a program; a variable that a row names twice is one entry there."""
    low, high = linear_model.rows.bounds
    return Program(
        _matrix(linear_model),
        _bounds(low),
        _bounds(high),
        np.array(linear_model.low, np.float64),
        np.array(linear_model.high, np.float64),
    )


def _matrix(linear_model: LinearModel) -> sparse.csc_array:
    terms = linear_model.rows.terms(nothing)
    shape = len(linear_model.rows), len(linear_model.low)
    matrix = sparse.csr_array((terms.coefs, terms.variables, terms.starts), shape=shape).tocsc()
    del terms
    if not matrix.has_canonical_format:
        matrix.data = matrix.data.astype(np.float64)  # for the sums
        matrix.sum_duplicates()
    if matrix.dtype == np.int64:
        matrix.data = matrix.data.astype(np.float64)
    return matrix


def goal_of(goal: Linear, width: int) -> Goal:
    """The goal over so many columns."""
    places = np.array(goal.variables, np.intp)
    return Goal(np.bincount(places, np.array(goal.coefs, np.float64), width).astype(np.float64), goal.constant)


def _bounds(values: NDArray[np.int64]) -> Floats:
    bounds = values.astype(np.float64)
    bounds[values >= UNBOUNDED] = inf
    bounds[values <= -UNBOUNDED] = -inf
    return bounds
