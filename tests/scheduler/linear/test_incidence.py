"""Which sums a variable stands in: all of them in order, each with its coefficient there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.linear.incidence import incidence_of, terms_of

WIDTH = 5
HUGE = 1 << 40
terms = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(-HUGE, HUGE)), max_size=6)


@given(st.lists(terms, max_size=8))
def test_each_variable_has_the_terms_that_name_it_in_the_order_of_the_sums(sums: list[list[tuple[int, int]]]) -> None:
    found = incidence_of(terms_of([([v for v, _ in one], [c for _, c in one]) for one in sums]), WIDTH)
    for variable in range(WIDTH):
        own = [(place, coef) for place, one in enumerate(sums) for v, coef in one if v == variable]
        assert list(found.terms(variable)) == own
        assert list(found.places(variable)) == [place for place, _ in own]


def test_a_variable_that_came_later_stands_in_none() -> None:
    found = incidence_of(terms_of([([0, 1], [1, 1])]), 2)
    assert list(found.terms(2)) == list(found.terms(7)) == []
