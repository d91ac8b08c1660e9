"""Rule 6, ``tidigast``, alone."""

from models.ids import Rule
from tests.scheduler.build import hire, problem, programme, refusal, round_

LATE, ANY = programme("P", earliest_day=10), programme("Q")
TERM = problem(
    LATE,
    ANY,
    round_("P1", "P", "1 09-10"),
    round_("P2", "P", "1 09-11"),
    round_("Q1", "Q", "1 09-10"),
    hire("anna", starts="09-01"),
    hire("bo", starts="08-31"),
)


def test_not_before_start_date_and_so_many_days() -> None:
    assert refusal(TERM, "anna", "P1") is Rule.EARLIEST
    assert refusal(TERM, "anna", "P2") is None


def test_it_goes_by_her_own_start_date_and_the_programme() -> None:
    assert refusal(TERM, "bo", "P1") is None
    assert refusal(TERM, "anna", "Q1") is None
