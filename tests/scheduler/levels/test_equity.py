"""Level 4, ``equity``, alone."""

from scheduler.levels import equity
from tests.scheduler.build import cost, credited, hire, problem, programme, round_

PROGRAMME = programme("P", deadline_months=1)
ROUNDS = (round_("R1", "P", "1 09-17"), round_("R2", "P", "1 09-18"))
SIX = (hire("a1"), hire("a2"), hire("a3"), hire("b1", "B"), hire("b2", "B"), hire("c1", "C"))


def test_it_is_the_largest_share_in_permille_rounded_up() -> None:
    term = problem(PROGRAMME, *ROUNDS, *SIX)
    others = ("b1 R1", "b2 R1", "c1 R1")
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "a3 R1", *others) == 0
    assert cost(term, equity.objective, "a1 R1", "a2 R1", *others) == 334
    assert cost(term, equity.objective, "a1 R1", *others) == 667
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "b1 R1", "c1 R1") == 500
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "a3 R1", "b1 R1", "b2 R1") == 1000


def test_late_is_not_on_time() -> None:
    term = problem(PROGRAMME, *ROUNDS, *SIX)
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "a3 R2", "b1 R1", "b2 R1", "c1 R1") == 334


def test_weights_play_no_part() -> None:
    heavy = hire("a4", priority=3)
    term = problem(programme("P", deadline_months=1, weight=9), *ROUNDS, heavy, *SIX)
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "a3 R1", "b1 R1", "b2 R1", "c1 R1") == 250


def test_only_counting_requirements_are_counted() -> None:
    done, without_deadline = hire("a4", credits=credited("P")), programme("Q", deadline_months=0)
    term = problem(PROGRAMME, without_deadline, *ROUNDS, round_("Q1", "Q", "1 09-21"), *SIX, done)
    assert cost(term, equity.objective, "a1 R1", "a2 R1", "b1 R1", "b2 R1", "c1 R1") == 334


def test_administrations_without_any_do_not_matter_and_without_all_it_is_nought() -> None:
    later = hire("d1", "D", starts="12-01")
    term = problem(PROGRAMME, *ROUNDS, hire("b1", "B"), later)
    assert cost(term, equity.objective, "b1 R1") == 0
    assert cost(problem(PROGRAMME, *ROUNDS, later), equity.objective) == 0
