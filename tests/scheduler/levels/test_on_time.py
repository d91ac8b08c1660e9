"""Level 1, ``on_time``, alone."""

from scheduler.levels import on_time
from tests.scheduler.build import absent, booked, cost, credited, day, hire, problem, programme, round_

# One month from 17 August is 17 September.
PROGRAMME = programme("P", deadline_months=1, weight=3)
ROUNDS = (round_("R1", "P", "1 09-17"), round_("R2", "P", "1 09-18"))


def test_booked_on_the_deadline_costs_nothing_and_the_day_after_the_weight() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna"))
    assert cost(term, on_time.objective, "anna R1") == 0
    assert cost(term, on_time.objective, "anna R2") == 3
    assert cost(term, on_time.objective) == 3


def test_the_weight_is_that_of_the_programme_times_that_of_the_hire() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", priority=2), hire("bo"))
    assert cost(term, on_time.objective, "bo R1") == 6
    assert cost(term, on_time.objective, "anna R1") == 3


def test_a_deadline_counts_on_the_last_day_of_the_horizon_and_not_after_it() -> None:
    inside = problem(PROGRAMME, *ROUNDS, hire("anna"), horizon_end="2026-09-17")
    beyond = problem(PROGRAMME, *ROUNDS, hire("anna"), horizon_end="2026-09-16")
    assert cost(inside, on_time.objective) == 3
    assert cost(beyond, on_time.objective) == 0


def test_without_a_deadline_it_does_not_count() -> None:
    rounds = (*ROUNDS, round_("Q1", "Q", "1 09-21"))
    term = problem(PROGRAMME, programme("Q", deadline_months=0), *rounds, hire("anna"))
    assert cost(term, on_time.objective, "anna R1") == 0


def test_who_leaves_before_the_deadline_does_not_count_and_who_leaves_that_day_does() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", ends=day("09-16")), hire("bo", priority=2, ends=day("09-17")))
    assert cost(term, on_time.objective) == 6


def test_every_module_that_remains_must_be_in_time() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1)
    rounds = (round_("R1", "P", "1 09-10", "2 09-17"), round_("R2", "P", "1 09-11", "2 09-18"))
    term = problem(modules, *rounds, hire("anna"), hire("bo", credits=credited("P:2")))
    assert cost(term, on_time.objective, "anna R1-1", "anna R1-2", "bo R2") == 0
    assert cost(term, on_time.objective, "anna R1-1", "anna R2-2", "bo R2") == 1


def test_the_last_meeting_decides() -> None:
    rounds = (round_("R1", "P", "1 09-10", "1 09-17"), round_("R2", "P", "1 09-10", "1 09-18"))
    term = problem(PROGRAMME, *rounds, hire("anna"))
    assert cost(term, on_time.objective, "anna R1") == 0
    assert cost(term, on_time.objective, "anna R2") == 3


def test_a_requirement_that_is_done_is_outside() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", credits=credited("P")), hire("bo", priority=2))
    assert cost(term, on_time.objective) == 6


def test_plain_seats_around_a_missed_module_are_not_on_time() -> None:
    modules = programme("P", modules=2, deadline_months=1)
    rounds = (round_("R1", "P", "1 09-01", "2 09-10"), round_("R2", "P", "1 09-15", "2 09-16"))
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-1"))
    term = problem(modules, *rounds, hire("anna"), *seats)
    assert cost(term, on_time.objective, "anna R1-2", today=day("09-02")) == 1
    assert cost(term, on_time.objective, "anna R1-2", "anna R2-1", today=day("09-02")) == 0
