"""Level 2, ``missing``, alone."""

from scheduler.levels import missing
from tests.scheduler.build import cost, credited, day, hire, problem, programme, round_

PROGRAMME = programme("P", deadline_months=1, weight=3)
ROUNDS = (round_("R1", "P", "1 09-17"), round_("R2", "P", "1 10-18"))


def test_booked_late_is_not_missing() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", weekdays=(1, 2, 3, 4, 5, 6, 7)), open_weekdays=(4, 7))
    assert cost(term, missing.objective, "anna R2") == 0
    assert cost(term, missing.objective) == 3


def test_the_weight_is_that_of_the_programme_times_that_of_the_hire() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", priority=3), hire("bo"))
    assert cost(term, missing.objective, "bo R1") == 9
    assert cost(term, missing.objective, "anna R1") == 3


def test_what_does_not_count_is_waiting_not_missing() -> None:
    beyond = problem(PROGRAMME, *ROUNDS, hire("anna"), hire("bo", starts="08-10"), horizon_end="2026-09-16")
    assert cost(beyond, missing.objective) == 3
    leaver = problem(PROGRAMME, *ROUNDS, hire("anna", ends=day("09-16")), hire("bo"))
    assert cost(leaver, missing.objective) == 3


def test_a_requirement_that_is_done_is_outside() -> None:
    term = problem(PROGRAMME, *ROUNDS, hire("anna", credits=credited("P:1")), hire("bo"))
    assert cost(term, missing.objective) == 3


def test_a_part_of_it_may_not_be_booked_at_all_so_it_is_whole_or_missing() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1)
    term = problem(modules, round_("R1", "P", "1 09-10", "2 09-17"), hire("anna"))
    assert cost(term, missing.objective, "anna R1-1", "anna R1-2") == 0
    assert cost(term, missing.objective) == 1
