"""Rule 10, ``avstånd``, alone."""

import pytest

from models.ids import RoundStatus
from models.problem import TermProblem
from scheduler.rules import gap
from tests.scheduler.build import (
    Running,
    absent,
    allows,
    allows_by_half,
    barred,
    booked,
    credited,
    day,
    hire,
    plan,
    present,
    problem,
    programme,
    round_,
    seats_of,
)

FIRST = round_("R1", "P", "1 09-08")
SIX, SEVEN, EIGHT = (
    round_("R6", "P", "2 09-14"),
    round_("R7", "P", "2 09-15"),
    round_("R8", "P", "2 09-16"),
)


def modulewise(*rounds: Running, modules: int = 2, **fields: object) -> TermProblem:
    """Anna, and Bo beside her, with modules that are booked one by one."""
    return problem(programme("P", modules=modules, cohort=False, **fields), *rounds, hire("anna"), hire("bo"))


def test_at_least_so_many_days_from_one_date_to_the_next() -> None:
    term = modulewise(FIRST, SIX, SEVEN, min_gap_days=7)
    assert not allows(term, gap.post, "anna R1", "anna R6", "bo R1", "bo R7")
    assert allows(term, gap.post, "anna R1", "anna R7", "bo R1", "bo R7")


def test_at_most_so_many_days_from_one_date_to_the_next() -> None:
    term = modulewise(FIRST, SEVEN, EIGHT, max_gap_days=7)
    assert allows(term, gap.post, "anna R1", "anna R7", "bo R1", "bo R7")
    assert not allows(term, gap.post, "anna R1", "anna R8", "bo R1", "bo R7")


def test_days_are_counted_from_the_last_meeting_to_the_first() -> None:
    rounds = (
        round_("R1", "P", "1 09-01", "1 09-08"),
        round_("R2", "P", "2 09-14", "2 09-30"),
        round_("R3", "P", "2 09-15", "2 09-30"),
    )
    at_least, at_most = modulewise(*rounds, min_gap_days=7), modulewise(*rounds, max_gap_days=6)
    assert not allows(at_least, gap.post, "anna R1", "anna R2")
    assert allows(at_least, gap.post, "anna R1", "anna R3")
    assert allows(at_most, gap.post, "anna R1", "anna R2")
    assert not allows(at_most, gap.post, "anna R1", "anna R3")


def test_nobody_is_half_in_a_module_by_a_place_too_far_from_the_only_half_of_the_one_before_it() -> None:
    """What one booking of both forbids, a relaxation that books her by a half is forbidden too (docs/adr/220)."""
    rounds = (FIRST, SEVEN, round_("R3", "P", "1 09-22"), round_("R4", "P", "2 09-29"))
    near = modulewise(*rounds, max_gap_days=7)
    assert allows_by_half(near, gap.post, "anna R1", "anna R7")
    assert allows_by_half(near, gap.post, "anna R3", "anna R4")
    assert not allows_by_half(near, gap.post, "anna R1", "anna R4")
    far = modulewise(*rounds, min_gap_days=10)
    assert allows_by_half(far, gap.post, "anna R1", "anna R4")
    assert not allows_by_half(far, gap.post, "anna R1", "anna R7")


def test_without_distances_nothing_is_asked() -> None:
    term = modulewise(round_("R1", "P", "1 09-01", "1 09-08"), round_("R2", "P", "2 09-02", "2 09-30"), ordered=False)
    assert allows(term, gap.post, "anna R1", "anna R2")


def test_in_order_neighbours_by_number_are_asked() -> None:
    rounds = (FIRST, SEVEN, round_("R3", "P", "3 09-21"), round_("R4", "P", "3 09-22"))
    term = modulewise(*rounds, modules=3, min_gap_days=7, max_gap_days=7)
    assert not allows(term, gap.post, "anna R1", "anna R7", "anna R3")
    assert allows(term, gap.post, "anna R1", "anna R7", "anna R4")


def test_without_order_neighbours_by_date_are_asked() -> None:
    rounds = (
        round_("R1", "P", "1 09-15"),
        round_("R2", "P", "2 09-08"),
        round_("R3", "P", "3 09-22"),
        round_("R4", "P", "3 09-01"),
        round_("R5", "P", "3 09-21"),
        round_("R6", "P", "3 09-23"),
    )
    term = modulewise(*rounds, modules=3, ordered=False, min_gap_days=7, max_gap_days=7)
    assert allows(term, gap.post, "anna R2", "anna R1", "anna R3")
    assert allows(term, gap.post, "anna R4", "anna R2", "anna R1")
    assert not allows(term, gap.post, "anna R2", "anna R1", "anna R5")
    assert not allows(term, gap.post, "anna R2", "anna R1", "anna R6")


def test_without_order_a_distance_is_never_negative_when_one_is_asked() -> None:
    interleaved = (round_("R1", "P", "1 09-01", "1 09-10"), round_("R2", "P", "2 09-08", "2 09-15"))
    in_turn = (round_("R1", "P", "1 09-01", "1 09-10"), round_("R2", "P", "2 09-10", "2 09-15"))
    assert not allows(modulewise(*interleaved, ordered=False, max_gap_days=30), gap.post, "anna R1", "anna R2")
    assert allows(modulewise(*in_turn, ordered=False, max_gap_days=30), gap.post, "anna R1", "anna R2")


def test_far_apart_is_fine_when_another_module_lies_between_near_enough_to_both() -> None:
    rounds = (
        round_("R1", "P", "1 09-01"),
        round_("R2", "P", "2 09-15"),
        round_("R3", "P", "3 09-08"),
        round_("R4", "P", "3 09-07"),
    )
    term = modulewise(*rounds, modules=3, ordered=False, max_gap_days=7)
    assert allows(term, gap.post, "anna R1", "anna R2", "anna R3")
    assert not allows(term, gap.post, "anna R1", "anna R2", "anna R4")


def test_a_credited_module_has_no_date_and_is_passed_over() -> None:
    rounds = (FIRST, round_("R3", "P", "3 09-14"), round_("R4", "P", "3 09-15"), round_("R2", "P", "2 12-01"))
    three = programme("P", modules=3, cohort=False, min_gap_days=7)
    term = problem(three, *rounds, hire("anna", credits=credited("P:2")))
    assert not allows(term, gap.post, "anna R1", "anna R3")
    assert allows(term, gap.post, "anna R1", "anna R4")


def test_the_date_of_a_module_already_held_is_known() -> None:
    for ordered in (True, False):
        two = programme("P", modules=2, cohort=False, ordered=ordered, min_gap_days=7, max_gap_days=7)
        term = problem(two, FIRST, SIX, SEVEN, EIGHT, hire("anna"), hire("bo"), booked("anna", "R1-1"))
        found = [allows(term, gap.post, f"anna R{n}", today=day("09-09")) for n in (6, 7, 8)]
        assert found == [False, True, False]


def test_a_module_half_held_is_one_module_from_its_first_meeting_to_its_last() -> None:
    half = round_("R1", "P", "1 09-01", "1 09-08")
    for ordered in (True, False):
        two = programme("P", modules=2, cohort=False, ordered=ordered, min_gap_days=7, max_gap_days=7)
        term = problem(two, half, SIX, SEVEN, EIGHT, hire("anna"), booked("anna", "R1-1"))
        found = [allows(term, gap.post, "anna R1", f"anna R{n}", today=day("09-02")) for n in (6, 7, 8)]
        assert found == [False, True, False]


def test_the_held_meetings_of_a_half_held_module_count_towards_the_module_before() -> None:
    rounds = (round_("R1", "P", "1 09-01"), round_("R2", "P", "2 09-03", "2 09-10"), round_("R3", "P", "2 09-10"))
    two = programme("P", modules=2, cohort=False, max_gap_days=5)
    held = (booked("anna", "R1-1"), booked("anna", "R2-2"))
    term = problem(two, *rounds, hire("anna"), *held)
    assert allows(term, gap.post, "anna R2", today=day("09-04"))
    assert not allows(term, gap.post, "anna R3", today=day("09-04"))


def test_no_distance_is_asked_to_a_missed_module_nor_across_it() -> None:
    rounds = (round_("R1", "P", "1 09-01", "2 09-08", "3 09-15"), round_("R2", "P", "2 09-16"))
    missed = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-2"))
    for ordered in (True, False):
        three = programme("P", modules=3, cohort=False, ordered=ordered, min_gap_days=7, max_gap_days=7)
        term = problem(three, *rounds, hire("anna"), *missed)
        assert allows(term, gap.post, "anna R1-3", "anna R2", today=day("09-09"))


def test_a_missed_module_that_was_taken_again_stays_free_of_distances() -> None:
    rounds = (round_("R1", "P", "1 09-01", "2 09-08", "3 09-15"), round_("R2", "P", "2 09-10"))
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-2"), booked("anna", "R2-2"))
    for ordered in (True, False):
        three = programme("P", modules=3, cohort=False, ordered=ordered, min_gap_days=7, max_gap_days=7)
        term = problem(three, *rounds, hire("anna"), *seats)
        assert allows(term, gap.post, "anna R1", today=day("09-11"))


def test_without_order_distances_are_asked_on_either_side_of_the_day_that_was_missed() -> None:
    rounds = (
        round_("R1", "P", "1 09-01", "2 09-02"),
        round_("R2", "P", "2 10-01"),
        round_("R3", "P", "3 09-10"),
        round_("R4", "P", "4 09-15"),
        round_("R5", "P", "4 09-17"),
    )
    four = programme("P", modules=4, cohort=False, ordered=False, min_gap_days=7)
    missed = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-2"))
    term = problem(four, *rounds, hire("anna"), *missed)
    assert not allows(term, gap.post, "anna R2", "anna R3", "anna R4", today=day("09-03"))
    assert allows(term, gap.post, "anna R2", "anna R3", "anna R5", today=day("09-03"))


def test_a_cohort_round_may_break_its_own_distances() -> None:
    rounds = (round_("R1", "P", "1 09-08", "2 09-09"), round_("R2", "P", "1 09-08", "2 09-15"))
    for ordered in (True, False):
        cohort = programme("P", modules=2, ordered=ordered, min_gap_days=7)
        assert allows(problem(cohort, *rounds, hire("anna"), hire("bo")), gap.post, "anna R1", "bo R2")


def test_the_rest_of_a_cohort_keeps_its_distance_to_what_was_held_in_another_round() -> None:
    rounds = (
        round_("R1", "P", "1 09-08", "2 09-09"),
        round_("R2", "P", "1 09-01", "2 09-14"),
        round_("R3", "P", "1 09-01", "2 09-15"),
    )
    for ordered in (True, False):
        cohort = programme("P", modules=2, ordered=ordered, min_gap_days=7)
        term = problem(cohort, *rounds, hire("anna"), booked("anna", "R1-1"))
        found = [allows(term, gap.post, f"anna R{n}", today=day("09-09")) for n in (1, 2, 3)]
        assert found == [True, False, True]


HELD, NEAR, FAR = round_("R0", "P", "1 09-01"), round_("R8", "P", "2 09-08"), round_("R9", "P", "2 09-09")
LEFT = round_("R0", "P", "1 09-01", organisations=("B",))


@pytest.mark.parametrize(("moved", "allowed"), [(False, False), (True, True)])
def test_most_days_are_free_from_what_was_held_in_a_round_that_she_has_left(moved: bool, allowed: bool) -> None:
    """Seven days at most: one day too many is asked of who stays, not of who moved."""
    parts = (LEFT if moved else HELD, NEAR, FAR, booked("anna", "R0-1"), hire("anna"), hire("bo", "B"))
    term = problem(programme("P", modules=2, cohort=False, max_gap_days=7), *parts, booked("bo", "R0-1"))
    assert allows(term, gap.post, "anna R9", today=day("09-02")) == allowed
    assert allows(term, gap.post, "anna R8", today=day("09-02"))
    assert not allows(term, gap.post, "bo R9", today=day("09-02"))


def test_most_days_are_free_after_a_bar_on_the_round_too_in_date_order_as_well() -> None:
    for ordered in (True, False):
        kind = programme("P", modules=2, cohort=False, ordered=ordered, max_gap_days=7)
        parts = (kind, HELD, FAR, booked("anna", "R0-1"), booked("bo", "R0-1"), hire("anna"), hire("bo"))
        term = problem(*parts, barred("anna", "R0"))
        assert allows(term, gap.post, "anna R9", today=day("09-02"))
        assert not allows(term, gap.post, "bo R9", today=day("09-02"))


def test_least_days_hold_across_a_move() -> None:
    kind = programme("P", modules=2, cohort=False, min_gap_days=8, max_gap_days=8)
    term = problem(kind, LEFT, NEAR, FAR, booked("anna", "R0-1"), hire("anna"))
    assert not allows(term, gap.post, "anna R8", today=day("09-02"))
    assert allows(term, gap.post, "anna R9", today=day("09-02"))


def test_most_days_hold_between_what_is_booked_after_a_move() -> None:
    third, later = round_("R3", "P", "3 09-16"), round_("R4", "P", "3 09-17")
    kind = programme("P", modules=3, cohort=False, max_gap_days=7)
    term = problem(kind, LEFT, FAR, third, later, booked("anna", "R0-1"), hire("anna"))
    assert allows(term, gap.post, "anna R9", "anna R3", today=day("09-02"))
    assert not allows(term, gap.post, "anna R9", "anna R4", today=day("09-02"))


def test_neither_a_cancelled_round_nor_presence_without_a_seat_is_a_move() -> None:
    kind = programme("P", modules=2, cohort=False, max_gap_days=7)
    cancelled = round_("R0", "P", "1 09-01", status=RoundStatus.CANCELLED)
    gone = problem(kind, cancelled, FAR, booked("anna", "R0-1"), hire("anna"))
    dropped_in = problem(kind, LEFT, FAR, present("anna", "R0-1"), hire("anna"))
    for term in (gone, dropped_in):
        assert not allows(term, gap.post, "anna R9", today=day("09-02"))


def test_who_moved_keeps_what_was_held_and_takes_the_rest_in_another_round_even_of_a_cohort() -> None:
    new = round_("R1", "P", "1 10-06", "2 10-13", "3 10-20")
    old = round_("R0", "P", "1 09-01", "2 09-08", "3 09-15", organisations=("B",))
    kind = programme("P", modules=3, max_gap_days=7)
    before = plan(problem(kind, old, new, hire("anna", "B"), hire("bo", "B")), "08-20")
    assert seats_of(before, "anna") == "R0-1 R0-2 R0-3"
    after = plan(problem(kind, old, new, hire("anna", "A"), hire("bo", "B")), "09-04", before)
    assert (seats_of(after, "anna"), seats_of(after, "bo")) == ("R0-1 R1-2 R1-3", "R0-1 R0-2 R0-3")
    again = plan(problem(kind, old, new, hire("anna", "A"), hire("bo", "B")), "10-15", after)
    assert seats_of(again, "anna") == "R0-1 R1-2 R1-3"
