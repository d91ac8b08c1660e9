"""Level 10, ``days``, alone."""

from scheduler.levels import days
from tests.scheduler.build import absent, booked, cost, credited, day, hire, problem, programme, round_

ROUNDS = (round_("R1", "P", "1 08-18"), round_("R2", "P", "1 09-01", "1 09-15"))


def test_calendar_days_from_start_date_to_completion_times_the_weight() -> None:
    term = problem(programme("P", weight=2), *ROUNDS, hire("anna", priority=3), hire("bo", starts="08-14"))
    assert cost(term, days.objective, "anna R1") == 6
    assert cost(term, days.objective, "anna R2") == 6 * 29
    assert cost(term, days.objective, "anna R1", "bo R1") == 6 + 2 * 4


def test_on_the_start_date_itself_no_day_has_passed() -> None:
    term = problem(programme("P", weight=2), *ROUNDS, hire("anna", starts="08-18"), hire("bo", starts="08-18"))
    assert cost(term, days.objective, "anna R1") == 0


def test_what_is_not_booked_or_done_costs_nothing() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), hire("bo", credits=credited("P")))
    assert cost(term, days.objective) == 0


def test_the_last_module_decides_whatever_its_number() -> None:
    modules = programme("P", modules=2, cohort=False, ordered=False)
    rounds = (round_("R1", "P", "1 08-27", "2 08-18"), round_("R2", "P", "1 08-19", "2 08-20"))
    term = problem(modules, *rounds, hire("anna"))
    assert cost(term, days.objective, "anna R1") == 10
    assert cost(term, days.objective, "anna R2") == 3
    assert cost(term, days.objective, "anna R2-1", "anna R1-2") == 2


def test_requirements_without_a_deadline_count_too() -> None:
    term = problem(programme("P", deadline_months=0), *ROUNDS, hire("anna"))
    assert cost(term, days.objective, "anna R1") == 1


def test_plain_seats_around_a_missed_module_cost_nothing_until_it_is_booked_again() -> None:
    rounds = (round_("R1", "P", "1 08-18", "2 08-27"), round_("R2", "P", "1 09-01", "2 09-02"))
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-1"))
    term = problem(programme("P", modules=2), *rounds, hire("anna"), *seats)
    assert cost(term, days.objective, "anna R1-2", today=day("08-19")) == 0
    assert cost(term, days.objective, "anna R1-2", "anna R2-1", today=day("08-19")) == 15
