"""Rule 5, ``anställd``, alone."""

from models.ids import Rule
from tests.scheduler.build import day, hire, problem, programme, refusal, round_

# Monday to Thursday
ROUNDS = tuple(
    round_(f"R{number}", "P", f"1 {when}") for number, when in enumerate(("09-07", "09-08", "09-09", "09-10"), 1)
)


def test_from_the_start_date_to_the_last_day_both_included() -> None:
    term = problem(programme(), *ROUNDS, hire("anna", starts="09-08", ends=day("09-09")), hire("bo"))
    found = [refusal(term, "anna", f"R{n}") for n in (1, 2, 3, 4)]
    assert found == [Rule.EMPLOYED, None, None, Rule.EMPLOYED]
    assert refusal(term, "bo", "R1") is refusal(term, "bo", "R4") is None


def test_without_a_last_day_she_stays() -> None:
    term = problem(programme(), *ROUNDS, hire("anna", starts="09-08"))
    assert refusal(term, "anna", "R4") is None
