"""Branching on some columns before all others, best bound first,
over relaxations that are solved from where the one above ended.

Made for the rounds of a term: once it is settled which of them run, the relaxation
of ``staffing`` and ``days`` is nearly exact, but HiGHS by itself never branches on
them: it looks for cuts at its root instead (docs/adr/204-highs-ways.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Protocol

from scheduler.solvers.clock import Clock

MOST_STEPS = 40
"""Most steps of one search, of which a relaxation is one: after so
many, columns that are not branched on keep plan and bound apart.
"""
STEPS_A_LOOK = 2
"""Number of steps that a look of the solver at its limits counts,
while it solves what is settled: it takes about twice as long.
"""
TRIED = 8
"""Number of columns of which both halves are relaxed before one is branched on."""
_WHOLE = 1e-6
_NEARLY = 1e6
"""Factor by which the worse half of a branching counts more than its better half, which decides between equals."""


@dataclass(frozen=True)
class Node:
    """The relaxation with some of the columns ``fixed``: its value, and of each column its own and its reduced cost.

    ``basis`` is where it ended, for whoever solves relaxations to begin from.
    """

    fixed: Mapping[int, int]
    bound: float
    x: Mapping[int, float]
    reduced: Mapping[int, float]
    basis: object = None

    @property
    def halves(self) -> Sequence[int]:
        """The columns without a whole value, those nearest to a half first."""
        found = [column for column, x in self.x.items() if abs(x - round(x)) > _WHOLE]
        return sorted(found, key=lambda column: abs(self.x[column] % 1 - 0.5))


@dataclass(frozen=True)
class Found:
    """The best assignment, its value, the bound that no assignment
    is below, and how often the solver looked at its limits.
    """

    values: list[int] | None
    value: float
    bound: float
    looks: int = 0

    def proven(self, gap: float) -> bool:
        """Whether no assignment is better by the gap."""
        return self.values is not None and self.bound >= self.value - gap


class Program(Protocol):
    """The program on whose columns the search branches."""

    def relaxed(self, fixed: Mapping[int, int], below: float, above: Node | None) -> Node | None:
        """The relaxation with some columns fixed; None when its value is not below ``below``. Raises ``UnclearError``.

        ``above`` is a relaxation with fewer of them fixed.
        """
        ...

    def solved(self, fixed: Mapping[int, int], below: float, most_looks: int, *, at_root: bool) -> Found:
        """Some columns fixed, and a whole assignment below that, the
        best there is; ``at_root``: as good as it gets without a tree.

        After more than so many looks at its limits the solver ends with what it has.
        """
        ...


class UnclearError(Exception):
    """The value of a relaxation is not known, for want of time or of digits."""


class Branching:
    """One search for the best assignment; only those better than the best known by ``gap`` are looked for.

    Once the ``first`` of the columns are settled, not much hangs on the others.
    """

    def __init__(self, program: Program, first: Collection[int], gap: float, clock: Clock) -> None:
        self._program, self._first, self._gap, self._clock = program, first, gap, clock
        self._best = Found(None, inf, -inf)
        self._number = count()
        self._open: list[tuple[float, int, Node]] = []
        self._left = MOST_STEPS

    def best(self, start: Found) -> Found:
        """Search from a known assignment, if there is one, until
        none is better by the gap or the limits are reached.
        """
        self._best = start
        try:
            self._open_again(self._relaxed({}, None))
            while self._open and self._open[0][0] < self._below:
                self._look_at(heappop(self._open)[-1])
        except UnclearError:
            open_yet = self._open[0][0] if self._open else -inf
            return replace(self._best, bound=max(start.bound, min(open_yet, self._below)))
        return replace(self._best, bound=self._below)

    @property
    def _below(self) -> float:
        """The value below which a plan counts as better."""
        return self._best.value - self._gap

    def _look_at(self, node: Node) -> None:
        try:
            if node.halves:
                self._divide(node)
            else:
                self._settle(node)
        except UnclearError:
            self._open_again(node)
            raise

    def _divide(self, node: Node) -> None:
        """Divide a node in two on the column where that raises the bound most."""
        pairs = (self._both(node, column) for column in node.halves[:TRIED])
        for child in _best_pair(pairs, node.bound, self._below):
            self._open_again(child)

    def _settle(self, node: Node) -> None:
        """All columns are whole: the best with the first of them
        like this; what differs in one after another is left.
        """
        settled, fixed = _rounded(node), dict(node.fixed)
        if not self._is_solved(settled):
            raise UnclearError
        for column in self._first:
            if column not in node.fixed:
                if node.bound + abs(node.reduced[column]) < self._below:
                    self._open_again(self._relaxed({**fixed, column: 1 - settled[column]}, node))
                fixed[column] = settled[column]

    def _is_solved(self, settled: Mapping[int, int]) -> bool:
        """Nothing is better with the first of the columns like this.
        If that takes a tree, then a new one below what its root found.
        """
        first = {column: settled[column] for column in self._first}
        return self._solve(first, at_root=True) >= self._below or self._solve(first) >= self._below

    def _solve(self, fixed: Mapping[int, int], *, at_root: bool = False) -> float:
        """Solve with these columns fixed, keep what is better than the best known; returns the bound."""
        found = self._program.solved(fixed, self._below, max(0, self._left // STEPS_A_LOOK), at_root=at_root)
        self._left -= STEPS_A_LOOK * found.looks
        if found.value < self._best.value:
            self._best = found
        return found.bound

    def _both(self, node: Node, column: int) -> tuple[Node | None, Node | None]:
        return self._relaxed({**node.fixed, column: 0}, node), self._relaxed({**node.fixed, column: 1}, node)

    def _open_again(self, node: Node | None) -> None:
        if node is not None:
            heappush(self._open, (node.bound, next(self._number), node))

    def _relaxed(self, fixed: Mapping[int, int], above: Node | None) -> Node | None:
        self._left -= 1
        if self._left < 0 or self._clock.left == 0:
            raise UnclearError
        return self._program.relaxed(fixed, self._below, above)


def _rounded(node: Node) -> dict[int, int]:
    return {column: round(x) for column, x in node.x.items()}


def _best_pair(
    pairs: Iterator[tuple[Node | None, Node | None]], bound: float, most: float
) -> tuple[Node | None, Node | None]:
    """The pair whose worse half has the highest bound; at once the first pair with a half in which nothing is left."""
    best: tuple[Node | None, Node | None] | None = None
    highest = -inf
    for pair in pairs:
        if None in pair:
            return pair
        gains = sorted(min(node.bound, most) - bound for node in pair if node is not None)
        if gains[0] * _NEARLY + gains[1] > highest:
            best, highest = pair, gains[0] * _NEARLY + gains[1]
    assert best is not None
    return best
