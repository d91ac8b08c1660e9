"""Intervals, and how many bad years a proof allows."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scipy import stats

from scheduler.dimensioning.statistics import clopper_pearson, fewest_good, mean_interval, most_bad, paired


def test_the_interval_is_clopper_and_pearsons() -> None:
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)
    assert clopper_pearson(0, 10) == pytest.approx((0.0, 0.3085), abs=5e-5)
    assert clopper_pearson(10, 10) == pytest.approx((0.6915, 1.0), abs=5e-5)


@pytest.mark.parametrize(("number", "probability"), [(100, "0.95"), (500, "0.95"), (200, "0.8"), (30, "0.99")])
def test_a_sufficient_choice_has_no_more_bad_years_in_95_samples_of_100(number: int, probability: str) -> None:
    allowed = most_bad(number, Fraction(probability))
    bad = float(1 - Fraction(probability))
    assert stats.binom.cdf(allowed, number, bad) >= 0.95 > stats.binom.cdf(allowed - 1, number, bad)


def test_where_every_year_must_be_good_none_may_be_bad() -> None:
    assert most_bad(100, Fraction(1)) == 0
    assert fewest_good(7, Fraction(1, 2)) == 4


def test_a_mean_of_one_value_says_nothing() -> None:
    assert mean_interval([0.4]) == (0.4, 0.0, 1.0)
    assert mean_interval([0.5, 0.7]) == pytest.approx((0.6, 0.0, 1.0))


def test_years_that_are_all_alike_do_not_make_the_mean_certain() -> None:
    assert mean_interval([1.0] * 60) == pytest.approx((1.0, 0.9404, 1.0), abs=5e-5)
    assert mean_interval([0.5] * 10) == pytest.approx((0.5, 0.5 - 0.3085 / 2, 0.5 + 0.3085 / 2), abs=5e-5)
    same = paired([0.5] * 10, [0.5] * 10)
    assert same is not None
    assert (same.mean, same.low, same.high) == pytest.approx((0.0, -0.3085, 0.3085), abs=5e-5)


def test_differences_are_by_pairs() -> None:
    found = paired([0.5, 0.7, 0.9], [0.6, 0.8, 0.99])
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((0.0967, 0.0823, 0.111), abs=5e-5)
    assert paired([0.5], [0.6]) is None
