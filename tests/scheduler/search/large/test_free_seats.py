"""Whoever waits is booked where a seat is free, and nothing above gets worse for it."""

from __future__ import annotations

from models.ids import Level
from scheduler.model.build import Model, build
from scheduler.search.large.free_seats import with_free_seats
from tests.scheduler.build import EARLY, hire, problem, programme, round_

OPEN_ENDED = programme("P", deadline_months=0)


def booked(model: Model, *seats: str, above: tuple[Level, ...] = (), ended: bool = False) -> str:
    """Who is booked where once those who wait have got free seats, with the levels ``above`` no worse."""
    taken = (c.variable for c in model.variables.candidates if f"{c.need.hire.id} {c.offer.round.id}" in seats)
    values = model.variables.linear_model.complete(taken)
    goals = [model.objectives[level] for level in (*above, Level.WAITING, Level.DAYS)]
    found = with_free_seats(model.variables, values, goals, lambda: ended)
    assert found == model.variables.linear_model.complete(c.variable for c in model.chosen(found))
    assert all(row.low <= row.activity(found) <= row.high for row in model.variables.linear_model.rows)
    assert all(model.objectives[level].value(found) <= model.objectives[level].value(values) for level in above)
    return ", ".join(sorted(f"{c.need.hire.id} {c.offer.round.id}" for c in model.chosen(found)))


def test_who_waits_gets_the_earliest_free_seat_and_nobody_else_moves() -> None:
    term = problem(
        OPEN_ENDED, *(round_(f"R{n}", "P", f"1 09-0{n}", seats=1) for n in (1, 2, 3)), hire("anna"), hire("bo")
    )
    model = build(term, EARLY, None)
    assert booked(model, "anna R2") == "anna R2, bo R1"
    assert booked(model, "anna R1") == "anna R1, bo R2"
    assert booked(model, "anna R1", ended=True) == "anna R1"


def test_a_requirement_of_several_blocks_is_booked_in_full() -> None:
    two = programme("P", modules=2, deadline_months=0, cohort=False)
    term = problem(two, round_("R1", "P", "1 09-01", "2 09-08"), hire("anna"), hire("bo"))
    assert booked(build(term, EARLY, None), "anna R1") == "anna R1, anna R1, bo R1, bo R1"


def test_an_empty_round_is_begun_by_enough_of_them_together_and_not_by_fewer() -> None:
    """Two of them or more: with one alone the round would be one too many of level ``rounds``."""
    empty = round_("R1", "P", "1 09-01", min_participants=2)
    for hires, expected in ((("anna", "bo"), "anna R1, bo R1"), (("anna",), "")):
        model = build(problem(OPEN_ENDED, empty, *map(hire, hires)), EARLY, None)
        assert booked(model, above=(Level.ROUNDS,)) == expected


def test_a_seat_that_costs_something_above_stays_free() -> None:
    reserved = round_("R1", "P", "1 09-01", seats=2, reserve=1)
    model = build(problem(OPEN_ENDED, reserved, hire("anna"), hire("bo")), EARLY, None)
    assert booked(model, "anna R1", above=(Level.RESERVE,)) == "anna R1"
    assert booked(model, "anna R1") == "anna R1, bo R1"


def test_who_is_let_in_by_another_seat_of_hers_gets_both() -> None:
    after = programme("Q", deadline_months=0, after=("P",), weight=3)
    rounds = (round_("R1", "P", "1 09-01"), round_("R2", "Q", "1 09-08"))
    model = build(problem(OPEN_ENDED, after, *rounds, hire("anna")), EARLY, None)
    assert booked(model) == "anna R1, anna R2"
