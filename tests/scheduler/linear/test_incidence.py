"""Which sums a variable stands in: all of them in order, each with its coefficient there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.linear.incidence import PLACES_A_LOOK, incidence_of
from scheduler.linear.model import nothing

WIDTH = 5
HUGE = 1 << 40
terms = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(-HUGE, HUGE)), max_size=6)


@given(st.lists(terms, max_size=8))
def test_each_variable_has_the_terms_that_name_it_in_the_order_of_the_sums(sums: list[list[tuple[int, int]]]) -> None:
    found = incidence_of([([v for v, _ in one], [c for _, c in one]) for one in sums], WIDTH, nothing)
    for variable in range(WIDTH):
        own = [(place, coef) for place, one in enumerate(sums) for v, coef in one if v == variable]
        assert list(found.terms(variable)) == own
        assert list(found.places(variable)) == [place for place, _ in own]


def test_a_variable_that_came_later_stands_in_none() -> None:
    found = incidence_of([([0, 1], [1, 1])], 2, nothing)
    assert list(found.terms(2)) == list(found.terms(7)) == []


def test_whoever_looks_on_is_called_again_and_again() -> None:
    looks: list[None] = []
    incidence_of([([0], [1])] * (2 * PLACES_A_LOOK), 1, lambda: looks.append(None))
    assert len(looks) == 4  # the variables are gone through, and then the coefficients
