"""Level 8, ``waiting``, alone."""

from scheduler.levels import waiting
from tests.scheduler.build import cost, credited, day, hire, problem, programme, round_

ROUND = round_("R1", "P", "1 09-01")


def test_a_deadline_beyond_the_horizon_waits_and_one_on_its_last_day_does_not() -> None:
    one_month = programme("P", deadline_months=1, weight=2)
    beyond = problem(one_month, ROUND, hire("anna", priority=2), horizon_end="2026-09-16")
    inside = problem(one_month, ROUND, hire("anna", priority=2), horizon_end="2026-09-17")
    assert cost(beyond, waiting.objective) == 4
    assert cost(beyond, waiting.objective, "anna R1") == 0
    assert cost(inside, waiting.objective) == 0


def test_without_a_deadline_it_waits() -> None:
    term = problem(programme("P", deadline_months=0, weight=3), ROUND, hire("anna"), hire("bo"))
    assert cost(term, waiting.objective, "bo R1") == 3


def test_who_leaves_before_the_deadline_waits() -> None:
    leaver = hire("anna", ends=day("09-16"))
    term = problem(programme("P", deadline_months=1), ROUND, leaver, hire("bo", ends=day("09-17")))
    assert cost(term, waiting.objective) == 1


def test_what_is_done_does_not_wait() -> None:
    term = problem(programme("P", deadline_months=0), ROUND, hire("anna", credits=credited("P")), hire("bo"))
    assert cost(term, waiting.objective) == 1
