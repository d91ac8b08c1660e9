"""Rule 10, ``ordning``, alone."""

from scheduler.rules import order
from tests.scheduler.build import (
    absent,
    allows,
    allows_by_half,
    booked,
    credited,
    day,
    hire,
    problem,
    programme,
    round_,
)

FREELY = programme("P", modules=2, cohort=False)
THREE = programme("P", modules=3, cohort=False)


def test_the_next_module_begins_on_a_later_date() -> None:
    rounds = (
        round_("R1", "P", "1 09-08 9-12"),
        round_("R2", "P", "2 09-08 13-16"),
        round_("R3", "P", "2 09-09"),
        round_("R4", "P", "2 09-07"),
    )
    term = problem(FREELY, *rounds, hire("anna"), hire("bo"))
    assert allows(term, order.post, "anna R1", "anna R3", "bo R1", "bo R3")
    assert not allows(term, order.post, "anna R1", "anna R2", "bo R1", "bo R3")
    assert not allows(term, order.post, "anna R1", "anna R4")


def test_every_meeting_comes_after_the_last_meeting_of_the_module_before() -> None:
    rounds = (
        round_("R1", "P", "1 09-07", "1 09-09"),
        round_("R2", "P", "2 09-08", "2 09-15"),
        round_("R3", "P", "2 09-10", "2 09-15"),
    )
    term = problem(FREELY, *rounds, hire("anna"))
    assert not allows(term, order.post, "anna R1", "anna R2")
    assert allows(term, order.post, "anna R1", "anna R3")


def test_nobody_is_half_in_a_module_by_a_place_before_the_only_half_of_the_one_before_it() -> None:
    """What one booking of both forbids, a relaxation that books her by a half is forbidden too (docs/adr/220)."""
    rounds = (
        round_("R1", "P", "1 09-01"),
        round_("R2", "P", "2 09-08"),
        round_("R3", "P", "1 09-15"),
        round_("R4", "P", "2 09-22"),
    )
    term = problem(FREELY, *rounds, hire("anna"))
    assert allows_by_half(term, order.post, "anna R1", "anna R2")
    assert allows_by_half(term, order.post, "anna R3", "anna R4")
    assert not allows_by_half(term, order.post, "anna R3", "anna R2")


def test_without_order_modules_may_come_in_any_sequence_and_interleave() -> None:
    rounds = (round_("R1", "P", "1 09-07", "1 09-09"), round_("R2", "P", "2 09-01", "2 09-08"))
    unordered = programme("P", modules=2, cohort=False, ordered=False)
    assert allows(problem(unordered, *rounds, hire("anna")), order.post, "anna R1", "anna R2")
    assert not allows(problem(FREELY, *rounds, hire("anna")), order.post, "anna R1", "anna R2")


def test_a_module_that_needs_no_place_is_passed_over() -> None:
    rounds = (
        round_("R1", "P", "1 09-08"),
        round_("R3", "P", "3 09-08"),
        round_("R4", "P", "3 09-09"),
        round_("R2", "P", "2 12-01"),
    )
    term = problem(THREE, *rounds, hire("anna", credits=credited("P:2")))
    assert not allows(term, order.post, "anna R1", "anna R3")
    assert allows(term, order.post, "anna R1", "anna R4")


def test_a_module_already_held_comes_before_those_to_be_booked() -> None:
    rounds = (round_("R1", "P", "2 09-08"), round_("R2", "P", "1 09-15"))
    held_out_of_order = problem(FREELY, *rounds, hire("anna"), booked("anna", "R1-2"))
    assert not allows(held_out_of_order, order.post, "anna R2", today=day("09-09"))
    in_order = problem(
        FREELY, round_("R1", "P", "1 09-08"), round_("R2", "P", "2 09-15"), hire("anna"), booked("anna", "R1-1")
    )
    assert allows(in_order, order.post, "anna R2", today=day("09-09"))


def test_nothing_is_asked_of_a_module_that_was_missed_nor_across_it() -> None:
    rounds = (round_("R1", "P", "1 09-01", "2 09-08", "3 09-15"), round_("R2", "P", "2 09-15", "3 09-01"))
    missed = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-2"))
    term = problem(THREE, *rounds, round_("R3", "P", "2 09-22"), hire("anna"), *missed)
    assert allows(term, order.post, "anna R1-3", "anna R3", today=day("09-09"))
    assert allows(term, order.post, "anna R1-3", "anna R2", today=day("09-09"))


def test_a_cohort_round_may_break_its_own_order() -> None:
    rounds = (round_("R1", "P", "1 09-08", "2 09-01"), round_("R2", "P", "1 09-01", "2 09-08"))
    term = problem(programme("P", modules=2), *rounds, hire("anna"), hire("bo"))
    assert allows(term, order.post, "anna R1", "bo R2")


def test_the_rest_of_a_cohort_follows_what_was_held_elsewhere() -> None:
    rounds = (round_("R1", "P", "1 09-08", "2 09-15"), round_("R2", "P", "1 09-01", "2 09-08"))
    term = problem(programme("P", modules=2), *rounds, hire("anna"), booked("anna", "R1-1"))
    on_the_day_after = day("09-09")
    assert allows(term, order.post, "anna R1", today=on_the_day_after)
    same_day = problem(
        programme("P", modules=2),
        *rounds,
        round_("R3", "P", "1 09-01", "2 09-08"),
        hire("anna"),
        booked("anna", "R1-1"),
    )
    assert allows(same_day, order.post, "anna R1", today=on_the_day_after)
