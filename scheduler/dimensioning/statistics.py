"""How sure figures from so many years are: 95 % intervals, two-sided."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, sqrt

from scipy import stats

from models.dimensioning import CONFIDENCE, Difference

_TAIL = (1 - CONFIDENCE / 100) / 2


def clopper_pearson(good: int, of: int) -> tuple[float, float]:
    """The interval of a probability of which ``good`` years of so many are seen (Clopper and Pearson 1934)."""
    low = float(stats.beta.ppf(_TAIL, good, of - good + 1)) if good else 0.0
    high = float(stats.beta.ppf(1 - _TAIL, good + 1, of - good)) if good < of else 1.0
    return _rounded(low), _rounded(high)


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean of shares, and its interval by Student's t; from a
    single one nothing is known, and the interval is all of 0 to 1.
    """
    number = len(values)
    mean = sum(values) / number
    if number < 2:
        return mean, 0.0, 1.0
    low, high = _around(mean, values, 0.0, 1.0)
    return mean, low, high


def paired(values: Sequence[float], others: Sequence[float]) -> Difference | None:
    """The mean of ``others`` less ``values``, year by year as far
    as both go, and its interval; None with fewer than two years.
    """
    pairs = [other - value for value, other in zip(values, others, strict=False)]
    number = len(pairs)
    if number < 2:
        return None
    mean = sum(pairs) / number
    low, high = _around(mean, pairs, -1.0, 1.0)
    return Difference(mean=mean, low=low, high=high)


def _around(mean: float, values: Sequence[float], least: float, most: float) -> tuple[float, float]:
    """The interval of a mean of values that lie between ``least`` and ``most``.

    Where all are alike nothing is seen of how they vary. Then the chance
    of another one has an interval, and may be as far off as can be.
    """
    number = len(values)
    if min(values) == max(values):
        other = 1 - clopper_pearson(number, number)[0]
        return _rounded(mean - other * (mean - least)), _rounded(mean + other * (most - mean))
    spread = sqrt(sum((value - mean) ** 2 for value in values) / (number - 1))
    reach = float(stats.t.ppf(1 - _TAIL, number - 1)) * spread / sqrt(number)
    return _rounded(max(least, mean - reach)), _rounded(min(most, mean + reach))


def most_bad(number: int, probability: Fraction) -> int:
    """The fewest years of so many that may be bad, so that a sufficient choice has no more in 95 of 100 samples.

    A choice that is good with this ``probability`` or a larger one has at most so many bad years with at least that
    confidence: counted with whole numbers, for the bound hangs on it.
    """
    bad = 1 - probability
    chance, total, wanted = (1 - bad) ** number, Fraction(0), Fraction(CONFIDENCE, 100)
    for allowed in range(number + 1):
        total += chance
        if total >= wanted:
            return allowed
        chance = chance * (number - allowed) * bad / ((allowed + 1) * (1 - bad))
    return number


def fewest_good(number: int, probability: Fraction) -> int:
    """The years of so many that must be good."""
    return ceil(number * probability)


def _rounded(value: float) -> float:
    """Without the last digits, in which machines differ."""
    return round(value, 9)
