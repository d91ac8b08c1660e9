"""Branching on some columns before all others, best bound first, over relaxations that are solved from where the last one ended.

Made for the rounds of a term: once it is settled which of them run, the relaxation of ``staffing`` and ``days`` is as good as exact (of
cities 2 and 7 to the last digit, where it is 37 of 52 and 98 of 99 before), but HiGHS by itself never branches on them: it looks for
cuts at its root instead. Measured on twelve generated cities: 1 to 21 seconds by itself, 1 to 9 like this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from time import time
from typing import Protocol

MOST_RELAXATIONS = 250
"""Beyond, other columns than these keep plan and bound apart."""
TRIED = 8
"""Columns that are tried both ways before one is branched on."""
_WHOLE = 1e-6
_NEARLY = 1e6
"""A branching is as good as its worse side; between equals, as its better one."""


@dataclass(frozen=True)
class Node:
    """The relaxation with some of the columns ``fixed``: its value, and of each column its own and its reduced cost."""

    fixed: Mapping[int, int]
    bound: float
    x: Mapping[int, float]
    reduced: Mapping[int, float]

    @property
    def halves(self) -> Sequence[int]:
        """The columns that are not whole, the least decided first."""
        found = [column for column, x in self.x.items() if abs(x - round(x)) > _WHOLE]
        return sorted(found, key=lambda column: abs(self.x[column] % 1 - 0.5))


@dataclass(frozen=True)
class Found:
    """The best assignment, what it comes to, and what every one comes to at least."""

    values: list[int] | None
    value: float
    bound: float

    def proven(self, gap: float) -> bool:
        """Nothing is better by the gap."""
        return self.values is not None and self.bound >= self.value - gap


class Program(Protocol):
    """What is branched on."""

    def relaxed(self, fixed: Mapping[int, int], below: float) -> Node | None:
        """Some columns fixed, none of all need be whole; None when nothing is below that. Raises ``UnclearError``."""
        ...

    def solved(self, fixed: Mapping[int, int], below: float) -> Found:
        """Some columns fixed, and a whole assignment below that, the best there is."""
        ...


class UnclearError(Exception):
    """No saying what a relaxation comes to, for want of time or of digits."""


class Branching:
    """One search; ``gap`` is how much better a plan must be to be looked for.

    Once the ``first`` of the columns are settled, not much hangs on the others.
    """

    def __init__(self, program: Program, first: Collection[int], gap: float, until: float) -> None:
        self._program, self._first, self._gap, self._until = program, first, gap, until
        self._number = count()
        self._open: list[tuple[float, int, Node]] = []
        self._left = MOST_RELAXATIONS

    def best(self, start: Found) -> Found:
        """From an assignment that is known, if any, until none is better by the gap or it takes too long."""
        best = start
        try:
            self._add({}, best)
            while self._open and self._open[0][0] < best.value - self._gap:
                node = heappop(self._open)[-1]
                try:
                    best = self._settled(node, best) if not node.halves else best
                    self._divide(node, best)
                except UnclearError:
                    heappush(self._open, (node.bound, next(self._number), node))
                    raise
        except UnclearError:
            bound = self._open[0][0] if self._open else -inf
            return Found(best.values, best.value, max(start.bound, min(bound, best.value - self._gap)))
        return Found(best.values, best.value, best.value - self._gap)

    def _settled(self, node: Node, best: Found) -> Found:
        """All columns are whole in the node: the best with just these, then with just the first of them."""
        settled = _rounded(node)
        for fixed in (settled, {column: settled[column] for column in self._first}):
            if node.bound < best.value - self._gap:
                found = self._program.solved(fixed, best.value - self._gap)
                best = found if found.value < best.value else best
        if node.bound < best.value - self._gap and found.bound < best.value - self._gap:
            raise UnclearError
        return best

    def _divide(self, node: Node, best: Found) -> None:
        """All that is below the best in two parts, or in what is different from a settled node in one column after another."""
        if halves := node.halves:
            pairs = (self._both(node, column, best) for column in halves[:TRIED])
            for child in _best_pair(pairs, node.bound, best.value - self._gap):
                self._open_again(child)
            return
        settled, fixed = _rounded(node), dict(node.fixed)
        for column in self._first:
            if column not in node.fixed:
                if node.bound + abs(node.reduced[column]) < best.value - self._gap:
                    self._add({**fixed, column: 1 - settled[column]}, best)
                fixed[column] = settled[column]

    def _both(self, node: Node, column: int, best: Found) -> tuple[Node | None, Node | None]:
        return (
            self._relaxed({**node.fixed, column: 0}, best),
            self._relaxed({**node.fixed, column: 1}, best),
        )

    def _add(self, fixed: Mapping[int, int], best: Found) -> None:
        self._open_again(self._relaxed(fixed, best))

    def _open_again(self, node: Node | None) -> None:
        if node is not None:
            heappush(self._open, (node.bound, next(self._number), node))

    def _relaxed(self, fixed: Mapping[int, int], best: Found) -> Node | None:
        self._left -= 1
        if self._left < 0 or time() > self._until:
            raise UnclearError
        return self._program.relaxed(fixed, best.value - self._gap)


def _rounded(node: Node) -> dict[int, int]:
    return {column: round(x) for column, x in node.x.items()}


def _best_pair(
    pairs: Iterator[tuple[Node | None, Node | None]], bound: float, most: float
) -> tuple[Node | None, Node | None]:
    """Whose worse side is the highest; the first with a side where nothing is left."""
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
