"""Level 7, ``reserve``, alone."""

from scheduler.levels import reserve
from tests.scheduler.build import at, booked, cost, credited, day, hire, problem, programme, round_

FOUR = (hire("anna"), hire("bo"), hire("cia"), hire("dan"))


def test_participants_on_reserved_seats_are_counted_in_every_session() -> None:
    found = (round_("R1", "P", "1 09-01", "2 09-08", seats=3, reserve=1), round_("R2", "P", "1 09-02", "2 09-09"))
    term = problem(programme("P", modules=2), *found, *FOUR)
    assert cost(term, reserve.objective, "anna R1", "bo R1", "cia R2") == 0
    assert cost(term, reserve.objective, "anna R1", "bo R1", "cia R1") == 2


def test_a_session_with_fewer_seats_keeps_the_same_reserve() -> None:
    found = round_("R1", "P", "1 09-01", at("2 09-08", seats=2), seats=3, reserve=1)
    term = problem(programme("P", modules=2), found, *FOUR)
    assert cost(term, reserve.objective, "anna R1") == 0
    assert cost(term, reserve.objective, "anna R1", "bo R1") == 1


def test_a_reserve_beyond_the_seats_of_a_session_counts_each_participant_once() -> None:
    found = round_("R1", "P", "1 09-01", at("2 09-08", seats=1), seats=3, reserve=2)
    term = problem(programme("P", modules=2), found, *FOUR)
    assert cost(term, reserve.objective, "anna R1") == 1


def test_without_a_reserve_nothing_is_counted() -> None:
    term = problem(programme(), round_("R1", "P", "1 09-01", seats=2), *FOUR)
    assert cost(term, reserve.objective, "anna R1", "bo R1") == 0


def test_sessions_already_held_are_counted_too() -> None:
    held = round_("R1", "P", "1 09-01", "2 09-08", seats=2, reserve=1)
    seats = (booked("anna", "R1-1"), booked("bo", "R1-1"))
    term = problem(programme("P", modules=2, cohort=False), held, round_("R2", "P", "2 09-09"), *FOUR, *seats)
    today = day("09-02")
    assert cost(term, reserve.objective, today=today) == 1
    assert cost(term, reserve.objective, "anna R1", "bo R1", today=today) == 2
    assert cost(term, reserve.objective, "anna R1", "bo R2", today=today) == 1


def test_more_held_seats_than_there_are_count_without_a_reserve() -> None:
    overfull = round_("R1", "P", "1 09-01", seats=1)
    term = problem(programme(), overfull, *FOUR, booked("anna", "R1-1"), booked("bo", "R1-1"))
    assert cost(term, reserve.objective, today=day("09-02")) == 1


def test_only_those_who_sit_in_the_session_are_counted() -> None:
    found = round_("R1", "P", "1 09-01", "2 09-08", seats=2, reserve=1)
    term = problem(programme("P", modules=2), found, hire("anna"), hire("bo", credits=credited("P:2")))
    assert cost(term, reserve.objective, "anna R1", "bo R1") == 1
