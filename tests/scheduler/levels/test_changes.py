"""Level 3, ``changes``, alone."""

from models.ids import RoundStatus
from models.plan import Plan
from models.problem import TermProblem
from scheduler.levels import changes
from tests.scheduler.build import at, away, cost, credited, day, hire, plan, problem, programme, round_

TWO = programme("P", modules=2)
R1, R2 = round_("R1", "P", "1 09-01", "2 09-08"), round_("R2", "P", "1 09-15", "2 09-22")
ANNA, BO = hire("anna"), hire("bo")


def published(*parts: object) -> Plan:
    """The plan of these tables, in which everybody sits in R1."""
    made = plan(problem(TWO, *parts))  # type: ignore[arg-type]
    assert {b.round for b in made.bookings} == {"R1"}
    return made


def changed(term: TermProblem, previous: Plan, *seats: str, today: str = "08-31") -> int:
    return cost(term, changes.objective, *seats, today=day(today), previous=previous)


def test_every_row_of_the_old_plan_that_is_gone_counts() -> None:
    term, old = problem(TWO, R1, R2, ANNA, BO), published(R1, R2, ANNA, BO)
    assert changed(term, old, "anna R1", "bo R1") == 0
    assert changed(term, old, "anna R1", "bo R2") == 2
    assert changed(term, old, "bo R1") == 2
    assert changed(term, old) == 4


def test_rows_before_the_planning_date_do_not_count_and_rows_of_that_day_do() -> None:
    term, old = problem(TWO, R1, R2, ANNA), published(R1, R2, ANNA)
    assert changed(term, old, today="09-01") == 2
    assert changed(term, old, today="09-02") == 1
    assert changed(term, old, "anna R1", today="09-02") == 0


def test_the_same_session_at_another_time_is_the_same_booking() -> None:
    moved = round_("R1", "P", at("1 09-03 13-15", room="Annan sal"), "2 09-08")
    term, old = problem(TWO, moved, R2, ANNA), published(R1, R2, ANNA)
    assert changed(term, old, "anna R1") == 0
    assert changed(term, old, "anna R2") == 2


def test_rows_that_became_impossible_do_not_count() -> None:
    old = published(R1, R2, ANNA, BO)
    absent_on_one = problem(TWO, R1, R2, ANNA, BO, away("anna", "09-08"))
    assert changed(absent_on_one, old, "anna R2", "bo R1") == 1
    cancelled = problem(TWO, round_("R1", "P", "1 09-01", "2 09-08", status=RoundStatus.CANCELLED), R2, ANNA, BO)
    assert changed(cancelled, old) == 0
    unlisted = problem(TWO, round_("R1", "P", "1 09-01"), R2, ANNA, BO)
    assert changed(unlisted, old) == 2


def test_rows_of_leavers_and_of_what_is_no_longer_required_do_not_count() -> None:
    old = published(R1, R2, ANNA, BO)
    assert changed(problem(TWO, R1, R2, ANNA), old) == 2
    assert changed(problem(TWO, R1, R2, ANNA, hire("bo", credits=credited("P"))), old) == 2
    assert changed(problem(TWO, R1, R2, ANNA, hire("bo", credits=credited("P:2"))), old) == 3
    assert changed(problem(TWO, R1, R2, ANNA, hire("bo", ends=day("09-07"))), old) == 3
    assert changed(problem(TWO, R1, R2, ANNA, hire("bo", programmes=())), old) == 2


def test_in_a_first_plan_nothing_is_counted() -> None:
    assert cost(problem(TWO, R1, R2, ANNA), changes.objective, "anna R1") == 0
