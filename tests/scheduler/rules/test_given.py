"""Rule 15, ``bokning``, alone (conflicts are in ``test_given.py`` of the scheduler)."""

from scheduler.rules import given
from tests.scheduler.build import absent, allows, booked, day, hire, problem, programme, round_

ROUNDS = (round_("R1", "P", "1 09-01", "2 09-08"), round_("R2", "P", "1 09-02", "2 09-09"))


def test_a_given_booking_is_kept() -> None:
    term = problem(programme(modules=2), *ROUNDS, hire("anna"), hire("bo"), booked("anna", "R1-2"))
    assert allows(term, given.post, "anna R1")
    assert allows(term, given.post, "anna R1", "bo R2")
    assert not allows(term, given.post, "anna R2", "bo R2")
    assert not allows(term, given.post, "bo R2")


def test_the_rest_of_its_requirement_is_booked_with_it() -> None:
    modules = programme("P", modules=2, cohort=False)
    term = problem(modules, *ROUNDS, hire("anna"), booked("anna", "R1-1"))
    assert allows(term, given.post, "anna R1-1", "anna R2-2")
    assert not allows(term, given.post, "anna R1-1")


def test_a_given_seat_already_held_asks_for_nothing_more() -> None:
    modules = programme("P", modules=2, cohort=False)
    term = problem(modules, *ROUNDS, hire("anna"), booked("anna", "R1-1"))
    assert allows(term, given.post, today=day("09-02"))
    assert allows(term, given.post, "anna R2-2", today=day("09-02"))


def test_a_given_retake_is_kept() -> None:
    missed = (booked("anna", "R1-1"), absent("anna", "R1-1"))
    again = round_("R3", "P", "1 09-15", "2 09-22")
    term = problem(programme(modules=2), *ROUNDS, again, hire("anna"), *missed, booked("anna", "R3-1"))
    assert allows(term, given.post, "anna R3-1", "anna R1-2", today=day("09-03"))
    assert not allows(term, given.post, "anna R1-2", today=day("09-03"))
