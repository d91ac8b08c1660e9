"""Which programmes apply to whom, what remains of them, and what counts."""

from datetime import date

import pytest

from models.background import applies, background_of
from models.ids import Rule, State
from models.problem import TermProblem
from outputs.plan_json import read_plan
from scheduler.situation.requirements import Block, Need, add_months, needs_of
from scheduler.situation.settled import read_history
from tests.plan_bytes import plan_bytes
from tests.scheduler.build import (
    EARLY,
    absent,
    booked,
    credited,
    day,
    hire,
    plan,
    present,
    problem,
    programme,
    refusal,
    requirement,
    round_,
    seats_of,
)

THREE = programme("P", modules=3)
ROUNDS = (round_("R1", "P", "1 09-01", "2 09-08", "3 09-15"), round_("R2", "P", "1 09-02", "2 09-09", "3 09-16"))


def needs(term: TermProblem, today: date = EARLY) -> dict[tuple[str, str], Need]:
    return {need.key: need for need in needs_of(term, read_history(term, today, None))}


@pytest.mark.parametrize(
    ("start", "months", "deadline"),
    [
        ("2026-10-31", 4, "2027-02-28"),
        ("2027-10-31", 4, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-08-17", 4, "2026-12-17"),
        ("2026-12-01", 12, "2027-12-01"),
        ("2026-11-30", 1, "2026-12-30"),
    ],
)
def test_a_deadline_falls_on_the_same_day_of_a_later_month_or_on_its_last(
    start: str, months: int, deadline: str
) -> None:
    assert add_months(day(start), months) == day(deadline)


def test_a_programme_for_the_inexperienced_applies_to_them_only() -> None:
    basics = programme(inexperienced_only=True)
    assert applies(basics, background_of(hire("anna")))
    assert not applies(basics, background_of(hire("anna", experienced=True)))
    assert applies(programme(), background_of(hire("anna", experienced=True)))


def test_a_programme_for_target_groups_applies_to_who_is_in_any_of_them() -> None:
    for_groups = programme(target_groups=("barn", "unga"))
    assert applies(for_groups, background_of(hire("anna", target_groups=("unga", "vuxna"))))
    assert not applies(for_groups, background_of(hire("anna", target_groups=("vuxna",))))
    assert not applies(for_groups, background_of(hire("anna")))
    assert applies(programme(), background_of(hire("anna", target_groups=("vuxna",))))


def test_her_own_list_replaces_all_rules() -> None:
    basics = programme(inexperienced_only=True, target_groups=("barn",))
    assert applies(basics, background_of(hire("anna", experienced=True, programmes=("P",))))
    assert not applies(programme(), background_of(hire("anna", programmes=())))


def test_a_cohort_is_one_block_and_other_modules_are_a_block_each() -> None:
    together = needs(problem(THREE, *ROUNDS, hire("anna")))["anna", "P"]
    one_by_one = needs(problem(programme("P", modules=3, cohort=False), *ROUNDS, hire("anna")))["anna", "P"]
    assert together.blocks == (Block((1, 2, 3)),)
    assert one_by_one.blocks == (Block((1,)), Block((2,)), Block((3,)))


def test_credits_take_away_modules_or_all() -> None:
    term = problem(THREE, *ROUNDS, hire("anna", credits=credited("P:2")), hire("bo", credits=credited("P")))
    assert needs(term)["anna", "P"].blocks == (Block((1, 3)),)
    assert needs(term)["bo", "P"].done


def test_modules_held_are_done_and_a_half_held_one_is_not() -> None:
    two_days = (round_("R1", "P", "1 09-01", "2 09-07", "2 09-08", "3 09-15"),)
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), booked("anna", "R1-2-2"))
    term = problem(THREE, *two_days, hire("anna"), *seats)
    assert needs(term, day("09-01"))["anna", "P"].blocks == (Block((1, 2, 3)),)
    assert needs(term, day("09-02"))["anna", "P"].blocks == (Block((2, 3)),)
    assert needs(term, day("09-08"))["anna", "P"].blocks == (Block((2, 3)),)
    assert needs(term, day("09-09"))["anna", "P"].blocks == (Block((3,)),)


def test_a_half_held_module_whose_other_meeting_is_cancelled_remains() -> None:
    from tests.scheduler.build import at

    cancelled = round_("R1", "P", "1 09-01", at("1 09-08", cancelled=True))
    term = problem(programme(), cancelled, hire("anna"), booked("anna", "R1-1"))
    assert not needs(term, day("09-02"))["anna", "P"].done


def test_presence_without_a_booking_makes_the_module_done() -> None:
    term = problem(THREE, *ROUNDS, hire("anna"), hire("bo"), present("anna", "R1-1"))
    assert needs(term, day("09-02"))["anna", "P"].blocks == (Block((2, 3)),)
    assert needs(term, day("09-02"))["bo", "P"].blocks == (Block((1, 2, 3)),)


def test_a_missed_module_is_a_block_of_its_own_and_the_rest_of_the_cohort_stays_together() -> None:
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-1"))
    need = needs(problem(THREE, *ROUNDS, hire("anna"), *seats), day("09-02"))["anna", "P"]
    assert need.blocks == (Block((1,), retake=True), Block((2, 3)))
    assert need.missed == ((1, day("09-01")),)


def test_a_missed_module_taken_again_is_done() -> None:
    seats = (booked("anna", "R1-1"), absent("anna", "R1-1"), booked("anna", "R2-1"))
    need = needs(problem(THREE, *ROUNDS, hire("anna"), *seats), day("09-03"))["anna", "P"]
    assert need.blocks == (Block((2, 3)),)
    assert need.missed == ()
    assert need.ever_missed == ((1, day("09-01")),)


def test_the_weight_is_that_of_the_programme_times_the_priority_of_the_hire() -> None:
    term = problem(programme(weight=4), round_("R1", "P", "1 09-01"), hire("anna", priority=3), hire("bo"))
    assert (needs(term)["anna", "P"].weight, needs(term)["bo", "P"].weight) == (12, 4)


@pytest.mark.parametrize(
    ("months", "ends", "horizon_end", "counts"),
    [
        (1, None, "2026-09-17", True),
        (1, None, "2026-09-16", False),
        (1, "09-17", "2026-12-18", True),
        (1, "09-16", "2026-12-18", False),
        (0, None, "2026-12-18", False),
    ],
)
def test_it_counts_with_a_deadline_inside_the_horizon_before_she_leaves(
    months: int, ends: str | None, horizon_end: str, counts: bool
) -> None:
    anna = hire("anna", ends=day(ends) if ends else None)
    term = problem(programme(deadline_months=months), round_("R1", "P", "1 09-01"), anna, horizon_end=horizon_end)
    assert needs(term)["anna", "P"].counts is counts


def test_a_programme_of_some_administrations_applies_to_their_hires_and_to_whoever_lists_it() -> None:
    local = programme(organisations=("A", "B"))
    assert applies(local, background_of(hire("anna", "A")))
    assert not applies(local, background_of(hire("bo", "C")))
    assert applies(local, background_of(hire("bo", "C", programmes=("P",))))
    assert applies(programme(), background_of(hire("bo", "C")))


def test_deadlines_count_from_a_day_of_their_own_and_nothing_else_does() -> None:
    late = hire("anna", deadline_from=day("10-31"))
    term = problem(
        programme(earliest_day=15), round_("R", "P", "1 08-31"), round_("S", "P", "1 09-01"), late, hire("bo")
    )
    made = plan(term)
    assert requirement(made, "anna").deadline == day("2027-02-28")
    assert requirement(made, "bo").deadline == day("12-17")
    assert (seats_of(made, "anna"), refusal(term, "anna", "R")) == ("S-1", Rule.EARLIEST)


@pytest.mark.parametrize(
    ("ends", "months", "state"),
    [
        ("2026-12-16", 4, State.LEAVES),
        ("2026-12-17", 4, State.MISSING),
        ("2026-12-18", 0, State.LEAVES),
        ("2026-12-18", 5, State.LEAVES),
        ("2026-12-19", 5, State.WAITING),
        ("2026-12-19", 0, State.WAITING),
    ],
)
def test_who_is_gone_before_anything_is_due_leaves_and_is_not_waiting(ends: str, months: int, state: State) -> None:
    """The term ends on 18 December, the deadline of four months is the 17th."""
    full = round_("R", "P", "1 09-01", seats=0)
    term = problem(programme(deadline_months=months), full, hire("anna", ends=day(ends)), hire("bo"))
    need = requirement(plan(term), "anna")
    assert need.state is state
    assert [(reason.round, reason.rule) for reason in need.reasons] == [("R", Rule.FULL)]
    assert requirement(plan(term), "bo").state is not State.LEAVES


ALONE = programme("W", modules=2, own_time=True, deadline_months=1, before_cases=True)


@pytest.mark.parametrize(("today", "state"), [("09-17", State.ON_OWN), ("09-18", State.ON_OWN_LATE)])
def test_a_part_taken_alone_is_late_once_its_deadline_lies_before_the_planning_date(today: str, state: State) -> None:
    term = problem(ALONE, programme(), round_("R", "P", "1 11-03"), hire("anna"), hire("bo", credits=credited("W")))
    made = plan(term, today)
    assert (requirement(made, "anna", "W").state, requirement(made, "anna", "W").deadline) == (state, day("09-17"))
    assert requirement(made, "bo", "W").state is State.DONE


def test_a_part_taken_alone_is_done_only_when_all_of_it_is_credited() -> None:
    term = problem(ALONE, hire("anna", credits=credited("W:1")), hire("bo", credits=credited("W:1", "W:2")))
    made = plan(term, "08-20")
    assert [requirement(made, who, "W").state for who in ("anna", "bo")] == [State.ON_OWN, State.DONE]


def test_a_part_taken_alone_is_in_no_level_and_holds_nothing_back() -> None:
    """It weighs nothing, is late for the cases of nobody, and what seems to wait for it does not."""
    later = programme("P", after=("W",))
    term = problem(ALONE, later, round_("R", "P", "1 09-01"), hire("anna", caseload_start=day("09-01")), hire("bo"))
    made = plan(term, "08-20")
    assert seats_of(made) == "anna R-1, bo R-1"
    without = plan(problem(programme(), round_("R", "P", "1 09-01"), *term.hires), "08-20")
    assert made.levels == without.levels


def test_a_held_seat_is_unconfirmed_until_somebody_has_told_of_it() -> None:
    parts = (programme(modules=2), round_("R", "P", "1 09-01", "2 09-08"), hire("anna"), hire("bo"))
    seats = (booked("anna", "R-1"), booked("bo", "R-1"))
    made = plan(problem(*parts, *seats, present("anna", "R-1")), "09-02")
    assert [(b.hire, b.session) for b in made.bookings if b.unconfirmed] == [("bo", "R-1")]
    assert b'"unconfirmed": true' in plan_bytes(made)
    assert b"unconfirmed" not in plan_bytes(plan(problem(*parts, *seats), "09-01"))
    assert read_plan(plan_bytes(made)).bookings == made.bookings
