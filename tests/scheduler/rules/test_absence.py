"""Rule 5, ``frånvaro``, alone."""

from models.ids import Rule
from tests.scheduler.build import away, hire, problem, programme, refusal, round_

# Monday to Thursday
ROUNDS = tuple(
    round_(f"R{number}", "P", f"1 {when}") for number, when in enumerate(("09-07", "09-08", "09-09", "09-10"), 1)
)


def test_both_days_of_an_absence_are_closed_and_none_beside_them() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), hire("bo"), away("anna", "09-08", "09-09"))
    found = [refusal(term, "anna", f"R{n}") for n in (1, 2, 3, 4)]
    assert found == [None, Rule.ABSENCE, Rule.ABSENCE, None]


def test_the_absence_of_one_closes_nothing_to_another() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), hire("bo"), away("anna", "09-08", "09-09"))
    assert [refusal(term, "bo", f"R{n}") for n in (1, 2, 3, 4)] == [None] * 4


def test_every_absence_of_hers_counts() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), away("anna", "09-07"), away("anna", "09-10"))
    found = [refusal(term, "anna", f"R{n}") for n in (1, 2, 3, 4)]
    assert found == [Rule.ABSENCE, None, None, Rule.ABSENCE]
