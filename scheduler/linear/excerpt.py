"""Some rows over some columns of a program and limits on goals
beside them; its matrix is copied only for a solver that is given it.

A program of many thousand decisions takes a hundred megabytes, and each goal is about other rows of it
(docs/adr/211-memory-of-large-terms.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from numpy.typing import NDArray

from scheduler.linear.program import Floats, Goal, Program

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Excerpt:
    """The rows and columns of the program that the masks hold, and
    in every assignment each goal in ``limits`` at most its value.

    Its rows are those of the program in their order, then the limits. Goals and assignments are over all columns of the
    program; those that are left out cost nothing and no row of the excerpt names them.
    """

    program: Program
    rows: Mask
    columns: Mask
    limits: tuple[tuple[Goal, int], ...] = ()

    def with_limits(self, limits: Sequence[tuple[Goal, int]]) -> Excerpt:
        """The excerpt with more limits."""
        return replace(self, limits=(*self.limits, *limits))

    def copied(self) -> Program:
        """A program of its own, without the limits: its matrix would be copied once more for them."""
        return self.program.slice(self.rows, self.columns)

    def limits_over_columns(self) -> list[tuple[Goal, int]]:
        """The limits on goals over the columns that the excerpt has."""
        return [(goal.over(self.columns), value) for goal, value in self.limits]

    @property
    def row_low(self) -> Floats:
        """The least of each row."""
        return np.append(self.program.row_low[self.rows], [-inf] * len(self.limits))

    @property
    def row_high(self) -> Floats:
        """The most of each row."""
        return np.append(self.program.row_high[self.rows], [value - goal.constant for goal, value in self.limits])

    def activity(self, x: Floats) -> Floats:
        """What each row comes to."""
        return np.append((self.program.matrix @ x)[self.rows], [goal.costs @ x for goal, _ in self.limits])

    def holds(self, x: Floats) -> bool:
        """Whether every row and every bound holds under the assignment."""
        within = (x >= self.program.low) & (x <= self.program.high)
        return bool(not self._broken(x).any() and np.all(within[self.columns]))

    def named_by_broken(self, x: Floats) -> Mask:
        """The columns that are named by the rows that the assignment breaks."""
        broken, matrix = self._broken(x), self.program.matrix
        rows = np.zeros(len(self.rows), np.bool_)
        rows[self.rows] = broken[: len(broken) - len(self.limits)]
        named = np.zeros(len(self.columns), np.bool_)
        named[np.searchsorted(matrix.indptr, np.flatnonzero(rows[matrix.indices]), side="right") - 1] = True
        for goal, _ in np.array(self.limits, object).reshape(-1, 2)[broken[len(broken) - len(self.limits) :]]:
            named |= goal.costs != 0
        return named

    def weighed(self, multipliers: Floats) -> Floats:
        """The sum of the rows, each times its multiplier, as what each column counts in it."""
        rows = np.zeros(len(self.rows))
        rows[self.rows] = multipliers[: len(multipliers) - len(self.limits)]
        found: Floats = self.program.matrix.T @ rows
        for (goal, _), multiplier in zip(self.limits, multipliers[len(multipliers) - len(self.limits) :], strict=True):
            found += goal.costs * multiplier
        return found

    def _broken(self, x: Floats) -> Mask:
        activity = self.activity(x)
        broken: Mask = (activity < self.row_low - 0.5) | (activity > self.row_high + 0.5)
        return broken


def excerpt_of(program: Program, columns: Mask) -> Excerpt:
    """Some columns of a program, and all rows that name no others."""
    rows = np.ones(len(program.row_low), np.bool_)
    rows[program.matrix[:, ~columns].indices] = False
    return Excerpt(program, rows, columns)
