"""Seeded chance for whatever is invented here."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Seeded chance. Only ``Random.random`` is promised to give the same sequence in every Python version."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """True in so many cases of a hundred."""
        return self._random.random() * 100 < percent

    def one_of(self, items: Sequence[T]) -> T:
        """Any of the items."""
        return items[self.number(0, len(items) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """A key, as often as its weight says."""
        left = self._random.random() * sum(weights.values())
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(reversed(list(weights)))
