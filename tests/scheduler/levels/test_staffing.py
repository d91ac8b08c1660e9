"""Level 9, ``staffing``, alone."""

from scheduler.levels import staffing
from tests.scheduler.build import booked, cost, day, hire, problem, programme, round_

P, Q = programme("P"), programme("Q")
MIXED = programme("P", mixed=True)


def test_hires_of_one_unit_away_the_same_day_beyond_the_cap() -> None:
    unit = [hire(f"a{n}", unit="Mottag") for n in (1, 2, 3, 4)]
    rounds = (round_("P1", "P", "1 09-01"), round_("Q1", "Q", "1 09-01"), round_("Q2", "Q", "1 09-02"))
    term = problem(P, Q, *rounds, *unit, max_away_per_unit=2)
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 Q2") == 0
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 Q1") == 1
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 Q1", "a4 Q1") == 2


def test_each_day_is_counted() -> None:
    unit = [hire(f"a{n}", unit="Mottag") for n in (1, 2)]
    term = problem(P, round_("P1", "P", "1 09-01", "1 09-02", "1 09-03"), *unit, max_away_per_unit=1)
    assert cost(term, staffing.objective, "a1 P1") == 0
    assert cost(term, staffing.objective, "a1 P1", "a2 P1") == 3


def test_two_meetings_of_one_hire_on_a_day_are_one_hire_away() -> None:
    unit = [hire(f"a{n}", unit="Mottag") for n in (1, 2)]
    rounds = (round_("P1", "P", "1 09-01 9-12"), round_("Q1", "Q", "1 09-01 13-16"))
    term = problem(P, Q, *rounds, *unit, max_away_per_unit=1)
    assert cost(term, staffing.objective, "a1 P1", "a1 Q1") == 0
    assert cost(term, staffing.objective, "a1 P1", "a1 Q1", "a2 P1") == 1


def test_a_unit_is_one_of_its_administration_and_without_a_unit_nothing_is_counted() -> None:
    same_name = (hire("a1", unit="Mottag"), hire("b1", "B", unit="Mottag"), hire("a2"), hire("a3"))
    term = problem(P, round_("P1", "P", "1 09-01"), *same_name, max_away_per_unit=1)
    assert cost(term, staffing.objective, "a1 P1", "b1 P1", "a2 P1", "a3 P1") == 0


def test_days_already_held_are_counted() -> None:
    unit = [hire(f"a{n}", unit="Mottag") for n in (1, 2)]
    rounds = round_("P1", "P", "1 09-01", "1 09-08")
    held = (booked("a1", "P1-1"), booked("a2", "P1-1"))
    term = problem(P, rounds, *unit, *held, max_away_per_unit=1)
    assert cost(term, staffing.objective, today=day("09-02")) == 1
    assert cost(term, staffing.objective, "a1 P1", today=day("09-02")) == 1
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", today=day("09-02")) == 2


def test_one_administration_beyond_its_share_of_a_mixed_round() -> None:
    hires = [hire(f"a{n}") for n in (1, 2, 3, 4)] + [hire(f"b{n}", "B") for n in (1, 2)]
    term = problem(MIXED, round_("P1", "P", "1 09-01"), *hires, max_share_percent=50)
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "b1 P1", "b2 P1") == 0
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "b1 P1") == 0
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 P1", "b1 P1") == 1
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 P1", "a4 P1") == 2


def test_the_share_is_rounded_up() -> None:
    hires = [hire(f"a{n}") for n in (1, 2, 3)] + [hire(f"b{n}", "B") for n in (1, 2)]
    term = problem(MIXED, round_("P1", "P", "1 09-01"), *hires, max_share_percent=34)
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "b1 P1") == 0
    assert cost(term, staffing.objective, "a1 P1", "a2 P1", "a3 P1", "b1 P1", "b2 P1") == 1
    assert cost(term, staffing.objective, "a1 P1") == 0


def test_a_share_of_none_counts_everybody_and_of_all_nobody() -> None:
    hires = (hire("a1"), hire("b1", "B"))
    none = problem(MIXED, round_("P1", "P", "1 09-01"), *hires, max_share_percent=0)
    all_ = problem(MIXED, round_("P1", "P", "1 09-01"), *hires, max_share_percent=100)
    assert cost(none, staffing.objective, "a1 P1", "b1 P1") == 2
    assert cost(all_, staffing.objective, "a1 P1") == 0


def test_rounds_of_programmes_that_are_not_mixed_are_not_asked() -> None:
    term = problem(P, round_("P1", "P", "1 09-01"), hire("a1"), hire("a2"), max_share_percent=50)
    assert cost(term, staffing.objective, "a1 P1", "a2 P1") == 0


def test_seats_already_held_are_participants_of_a_mixed_round() -> None:
    modules = programme("P", modules=2, cohort=False, mixed=True)
    hires = (hire("a1"), hire("a2"), hire("b1", "B"))
    held = (booked("a1", "P1-1"), booked("a2", "P1-1"))
    rounds = (round_("P1", "P", "1 09-01", "2 09-08"), round_("P2", "P", "1 09-07", "2 09-15"))
    term = problem(modules, *rounds, *hires, *held, max_share_percent=50)
    today = day("09-02")
    assert cost(term, staffing.objective, today=today) == 1
    assert cost(term, staffing.objective, "a1 P1", today=today) == 1
    assert cost(term, staffing.objective, "b1 P2-1", "b1 P1-2", today=today) == 0
