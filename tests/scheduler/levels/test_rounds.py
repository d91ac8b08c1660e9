"""Level 6, ``rounds``, alone."""

from models.ids import RoundStatus
from scheduler.levels import rounds
from tests.scheduler.build import booked, cost, day, hire, problem, programme, round_

PROPOSED = RoundStatus.PROPOSED
THREE = (hire("anna"), hire("bo"), hire("cia"))


def test_each_proposal_that_runs_costs_one_however_many_take_part() -> None:
    found = (
        round_("R1", "P", "1 09-01", status=PROPOSED),
        round_("R2", "P", "1 09-02", status=PROPOSED),
        round_("R3", "P", "1 09-03"),
    )
    term = problem(programme(), *found, *THREE)
    assert cost(term, rounds.objective, "cia R3") == 0
    assert cost(term, rounds.objective, "anna R1", "bo R1", "cia R3") == 1
    assert cost(term, rounds.objective, "anna R1", "bo R2", "cia R3") == 2


def test_a_fixed_round_with_some_but_too_few_participants_costs_one() -> None:
    found = (round_("R1", "P", "1 09-01", min_participants=2), round_("R2", "P", "1 09-02", min_participants=3))
    term = problem(programme(), *found, *THREE)
    assert cost(term, rounds.objective) == 0
    assert cost(term, rounds.objective, "anna R1") == 1
    assert cost(term, rounds.objective, "anna R1", "bo R1") == 0
    assert cost(term, rounds.objective, "anna R1", "bo R2", "cia R2") == 2


def test_a_fixed_round_that_asks_for_none_or_one_costs_nothing() -> None:
    found = (round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-02", min_participants=1))
    term = problem(programme(), *found, *THREE)
    assert cost(term, rounds.objective, "anna R1", "bo R2") == 0


def test_a_cancelled_round_with_seats_held_costs_nothing() -> None:
    cancelled = round_("R1", "P", "1 09-01", "1 09-08", min_participants=2, status=RoundStatus.CANCELLED)
    term = problem(programme(), cancelled, round_("R2", "P", "1 09-10"), *THREE, booked("anna", "R1-1"))
    assert cost(term, rounds.objective, "anna R2", today=day("09-02")) == 0


def test_seats_already_held_make_a_proposal_run() -> None:
    begun = round_("R1", "P", "1 09-01", "1 09-08", status=PROPOSED)
    term = problem(programme(), begun, *THREE, booked("anna", "R1-1"))
    assert cost(term, rounds.objective, today=day("09-02")) == 1
    assert cost(term, rounds.objective, "anna R1", today=day("09-02")) == 1


def test_seats_already_held_count_among_the_participants_of_a_fixed_round() -> None:
    modules = programme("P", modules=2, cohort=False)
    found = (round_("R1", "P", "1 09-01", "2 09-08", min_participants=2), round_("R2", "P", "1 09-07", "2 09-09"))
    term = problem(modules, *found, *THREE, booked("anna", "R1-1"))
    today = day("09-02")
    assert cost(term, rounds.objective, "anna R2", today=today) == 1
    assert cost(term, rounds.objective, "anna R1", today=today) == 1
    assert cost(term, rounds.objective, "anna R2", "bo R2-1", "bo R1-2", today=today) == 0


def test_a_participant_of_two_modules_counts_once() -> None:
    modules = programme("P", modules=2, cohort=False)
    term = problem(modules, round_("R1", "P", "1 09-01", "2 09-08", min_participants=2), *THREE)
    assert cost(term, rounds.objective, "anna R1-1", "anna R1-2") == 1
