"""Rule 4, ``lov``, alone."""

from models.ids import Rule
from models.problem import Holiday
from tests.scheduler.build import closed, day, hire, problem, programme, refusal, round_

# Thursday to Monday
ROUNDS = tuple(
    round_(f"R{number}", "P", f"1 {when}") for number, when in enumerate(("10-29", "10-30", "10-31", "11-02"), 1)
)
ALL_WEEK = (1, 2, 3, 4, 5, 6, 7)


def test_a_break_closes_both_its_days_and_none_beside_them() -> None:
    term = problem(
        programme(),
        *ROUNDS,
        hire("anna", weekdays=ALL_WEEK),
        closed("10-30", "10-31"),
        open_weekdays=ALL_WEEK,
    )
    found = [refusal(term, "anna", f"R{n}") for n in (1, 2, 3, 4)]
    assert found == [None, Rule.BREAK, Rule.BREAK, None]


def test_a_break_of_one_administration_closes_no_day_of_another() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), hire("bo", "B"), closed("10-26", "10-30", "A", "C"))
    assert refusal(term, "anna", "R1") is Rule.BREAK
    assert refusal(term, "bo", "R1") is None


def test_a_public_holiday_closes_its_day_for_all() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), Holiday(day=day("10-30"), name="Helg"))
    assert refusal(term, "anna", "R2") is Rule.BREAK
    assert refusal(term, "anna", "R1") is None


def test_a_weekday_on_which_training_is_not_held_is_closed_even_if_she_works_then() -> None:
    on_saturdays = hire("anna", weekdays=(5, 6))
    closed_term = problem(programme(), *ROUNDS, on_saturdays)
    open_term = problem(programme(), *ROUNDS, on_saturdays, open_weekdays=(5, 6))
    assert refusal(closed_term, "anna", "R3") is Rule.BREAK
    assert refusal(closed_term, "anna", "R2") is None
    assert refusal(open_term, "anna", "R3") is None


def test_one_closed_meeting_closes_the_whole_of_what_is_booked_together() -> None:
    cohort = round_("R1", "P", "1 10-28", "2 10-30")
    term = problem(programme(modules=2), cohort, hire("anna"), hire("bo", "B"), closed("10-30", "10-30", "A"))
    assert refusal(term, "anna", "R1") is Rule.BREAK
    assert refusal(term, "bo", "R1") is None
