"""First come, first served, from the model's rows: whoever's
deadline is first has the first seat, and no row is broken.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.ids import Level, RoundStatus
from models.problem import TermProblem
from scheduler.linear.model import nothing
from scheduler.model.build import build
from scheduler.model.first_come import first_come
from scheduler.solvers.clock import TimeIsUpError
from tests.scheduler.build import EARLY, booked, hire, problem, programme, round_
from tests.scheduler.crowds import crowd, settled_crowd
from tests.scheduler.random_problems import Case, case


def seats(term: TermProblem) -> set[tuple[str, str]]:
    model = build(term, EARLY, None)
    values = first_come(model, list(model.start), nothing)
    assert values is not None
    return {(c.need.hire.id, c.offer.round.id) for c in model.chosen(values)}


def test_the_earliest_deadline_has_the_earliest_seat() -> None:
    later, sooner = hire("anna", starts="08-20"), hire("bo", starts="08-17")
    rounds = round_("R1", "P", "1 09-01", seats=1), round_("R2", "P", "1 09-08", seats=1)
    assert seats(problem(programme(), *rounds, later, sooner)) == {("bo", "R1"), ("anna", "R2")}


def test_a_seat_that_is_given_is_kept() -> None:
    rounds = round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-08")
    assert seats(problem(programme(), *rounds, hire("anna"), booked("anna", "R2-1"))) == {("anna", "R2")}


def test_a_module_comes_after_the_one_before_it() -> None:
    rounds = round_("R1", "P", "2 09-01", "1 09-08"), round_("R2", "P", "2 09-15")
    term = problem(programme(modules=2, cohort=False), *rounds, hire("anna"))
    assert seats(term) == {("anna", "R1"), ("anna", "R2")}


@pytest.mark.parametrize(("wishing", "people"), [(1, set()), (2, {"h0", "h1"})])
def test_a_proposal_runs_only_where_enough_can_come(wishing: int, people: set[str]) -> None:
    proposal = round_("R", "P", "1 09-01", status=RoundStatus.PROPOSED, min_participants=2)
    found = seats(problem(programme(), proposal, *(hire(f"h{n}") for n in range(wishing))))
    assert {name for name, _ in found} == people


@pytest.mark.parametrize("kind", [case, crowd, settled_crowd])
def test_no_row_is_broken_and_more_is_booked_than_before(kind: Callable[[int], Case]) -> None:
    booked_more = 0
    for seed in range(20):
        now = kind(seed)
        model = build(now.problem, now.planning_date, None)
        values = first_come(model, list(model.start), nothing)
        if values is None:
            assert now.problem.bookings, seed
            continue
        assert all(row.low <= row.activity(values) <= row.high for row in model.variables.linear_model.rows), seed
        assert values == model.variables.linear_model.complete(c.variable for c in model.chosen(values)), seed
        missing = model.objectives[Level.MISSING]
        booked_more += missing.value(values) < missing.value(model.start)
    assert booked_more > 5


def test_half_a_queue_served_is_no_plan() -> None:
    model = build(problem(programme(), round_("R", "P", "1 09-01"), hire("anna"), hire("bo")), EARLY, None)
    calls = iter([None, None, TimeIsUpError()])  # the rows, the first of the queue, the second

    def look() -> None:
        if error := next(calls):
            raise error

    with pytest.raises(TimeIsUpError):
        first_come(model, list(model.start), look)
