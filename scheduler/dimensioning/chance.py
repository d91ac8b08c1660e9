"""Whole numbers by chance, the same on every machine: drawn
from 64 random bits against thresholds worked out in decimals.

A library's own Poisson would count in floating point, whose last digit differs between processors and versions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal, localcontext

import numpy as np

BITS = 64
WHOLE = 1 << BITS
_DIGITS = 50


class Stream:
    """Random bits of one scenario: counter-based (Philox), so
    that scenario ``number`` of a ``seed`` needs none before it.
    """

    def __init__(self, seed: int, number: int) -> None:
        self._bits = np.random.Philox(key=np.array([seed, number], dtype=np.uint64))

    def bits(self) -> int:
        """The next 64."""
        return int(self._bits.random_raw())

    def below(self, number: int) -> int:
        """One of 0, 1, … ``number`` - 1, each as likely as the others to within one in 2^64 / ``number``."""
        return self.bits() * number >> BITS

    def by(self, thresholds: Sequence[int]) -> int:
        """A number whose chances the thresholds tell (``counts``, ``shares``)."""
        return bisect_right(thresholds, self.bits())


def counts(mean: float, dispersion: float) -> tuple[int, ...]:
    """Thresholds of a count with this mean, and a variance
    ``dispersion`` times as large: Poisson at 1, negative binomial above.

    Raises ValueError for a dispersion below 1, and for a negative mean.
    """
    if mean < 0 or dispersion < 1:
        raise ValueError(f"no count has mean {mean} and dispersion {dispersion}")
    with localcontext() as context:
        context.prec = _DIGITS
        expected, spread = Decimal(repr(mean)), Decimal(repr(dispersion))
        if not expected:
            return ()
        return tuple(_cumulated(expected, spread))


def shares(weights: Sequence[float]) -> tuple[int, ...]:
    """Thresholds of the place of one of the weights, each as likely as it weighs."""
    with localcontext() as context:
        context.prec = _DIGITS
        known = [Decimal(repr(weight)) for weight in weights]
        total, so_far, found = sum(known), Decimal(0), []
        for weight in known[:-1]:
            so_far += weight
            found.append(int(so_far * WHOLE / total))
        return tuple(found)


def _cumulated(expected: Decimal, spread: Decimal) -> list[int]:
    """The chance of at most 0, 1, 2, … in 2^64ths, up to where none is left."""
    if spread == 1:
        size, factor = None, expected
        chance = (-expected).exp()
    else:
        size, factor = expected / (spread - 1), 1 - 1 / spread
        chance = (-size * spread.ln()).exp()
    found: list[int] = []
    total, number = chance, 0
    while (reached := int(total * WHOLE)) < WHOLE - 1 and (not found or reached > found[-1] or number < expected):
        found.append(reached)
        number += 1
        chance *= factor / number if size is None else factor * (number - 1 + size) / number
        total += chance
    return found
