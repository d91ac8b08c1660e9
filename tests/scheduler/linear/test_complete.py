"""From decisions to the whole assignment: helpers are what they mean, and whoever waits may end it on the way."""

from __future__ import annotations

import pytest

from scheduler.linear.model import Linear, LinearModel
from scheduler.solvers.clock import TimeIsUpError


def with_helpers(number: int) -> LinearModel:
    linear_model = LinearModel()
    linear_model.binaries(3)
    for _ in range(number):
        linear_model.any_of([[0, 1]])
    linear_model.sum_of(Linear([0, 1, 2], [1, 2, 4], 1), 0, 9)
    return linear_model


@pytest.mark.parametrize(("chosen", "helpers"), [((), [0, 1]), ((1,), [1, 3]), ((0, 1), [1, 4]), ((2,), [0, 5])])
def test_helpers_follow_from_the_decisions(chosen: tuple[int, ...], helpers: list[int]) -> None:
    values = with_helpers(1).complete(chosen)
    assert values == [*(int(v in chosen) for v in range(3)), *helpers]


def test_many_helpers_are_worked_out_only_as_long_as_nobody_ends_it() -> None:
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise TimeIsUpError

    linear_model = with_helpers(5_000)
    with pytest.raises(TimeIsUpError):
        linear_model.complete((0,), look)
    assert looks == 3
