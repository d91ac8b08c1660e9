"""Rule 5, ``arbetsdag``, alone."""

from models.ids import Rule
from tests.scheduler.build import hire, problem, programme, refusal, round_

THURSDAY, FRIDAY = round_("R1", "P", "1 09-10"), round_("R2", "P", "1 09-11")


def test_only_on_weekdays_that_she_works() -> None:
    part_time, full_time = hire("anna", weekdays=(1, 2, 3, 4)), hire("bo")
    term = problem(programme(), THURSDAY, FRIDAY, part_time, full_time)
    assert refusal(term, "anna", "R1") is None
    assert refusal(term, "anna", "R2") is Rule.WEEKDAY
    assert refusal(term, "bo", "R2") is None
