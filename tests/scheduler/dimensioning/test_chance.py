"""Numbers by chance: the same everywhere, and with the chances that they should have."""

from __future__ import annotations

from statistics import fmean, variance

import pytest

from scheduler.dimensioning.chance import WHOLE, Stream, counts, shares


def test_a_stream_is_told_by_seed_and_number_alone() -> None:
    assert [Stream(1, 5).bits() for _ in range(2)] == [14736273864753761344] * 2
    assert Stream(1, 5).bits() != Stream(1, 6).bits() != Stream(2, 6).bits()


def test_poisson_thresholds_are_its_distribution() -> None:
    found = counts(2.0, 1.0)
    # e^-2 (1, 1 + 2, 1 + 2 + 2) in 2^64ths
    assert [round(one / WHOLE, 12) for one in found[:3]] == [0.135335283237, 0.406005849710, 0.676676416183]
    assert found == tuple(sorted(set(found)))


@pytest.mark.parametrize(("mean", "dispersion"), [(0.4, 1.0), (23.3, 1.0), (5.0, 1.8), (23.3, 4.0)])
def test_counts_have_their_mean_and_spread(mean: float, dispersion: float) -> None:
    thresholds = counts(mean, dispersion)
    drawn = [Stream(7, number).by(thresholds) for number in range(4000)]
    assert fmean(drawn) == pytest.approx(mean, rel=0.06)
    assert variance(drawn) / mean == pytest.approx(dispersion, rel=0.12)


def test_nobody_is_expected_and_nobody_comes() -> None:
    assert Stream(1, 1).by(counts(0.0, 1.0)) == 0


@pytest.mark.parametrize(("mean", "dispersion"), [(-1.0, 1.0), (1.0, 0.9)])
def test_what_is_no_count_is_refused(mean: float, dispersion: float) -> None:
    with pytest.raises(ValueError, match="no count"):
        counts(mean, dispersion)


def test_shares_are_by_weight() -> None:
    thresholds = shares([1.0, 0.0, 3.0])
    drawn = [Stream(3, number).by(thresholds) for number in range(2000)]
    assert 1 not in drawn
    assert drawn.count(0) / len(drawn) == pytest.approx(0.25, abs=0.03)


def test_days_are_alike() -> None:
    drawn = [Stream(3, number).below(5) for number in range(2000)]
    assert min(map(drawn.count, range(5))) > 330
