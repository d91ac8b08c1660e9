"""How sure a share of so few can be: intervals that hold the
true share 95 times of a hundred (Wilson 1927, Newcombe 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Of the normal distribution, for 95 % between two sides."""


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, shares between 0 and 1 or differences between such."""

    low: float
    high: float


def wilson(share: float, number: int) -> Interval:
    """Where the true share lies, when so many people show this one; raises ValueError for nobody."""
    if number < 1:
        raise ValueError("nobody shows no share")
    spread = _Z * _Z / number
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z * sqrt(share * (1 - share) / number + spread / (4 * number)) / (1 + spread)
    return Interval(max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def difference(first: float, number: int, second: float, other_number: int) -> Interval:
    """Where ``second - first`` truly lies, when so many people show each share."""
    one, other = wilson(first, number), wilson(second, other_number)
    gap = second - first
    down = sqrt((second - other.low) ** 2 + (one.high - first) ** 2)
    up = sqrt((other.high - second) ** 2 + (first - one.low) ** 2)
    return Interval(gap - down, gap + up)
