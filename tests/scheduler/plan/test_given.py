"""Given bookings that cannot be kept, alone or together: the rule and the bookings that an error names."""

from collections.abc import Iterable, Sequence

import pytest

from models.ids import RoundStatus, Rule
from models.problem import Quota, TermProblem
from scheduler.linear.rows import Row
from scheduler.model.build import build
from scheduler.plan import given
from scheduler.plan.given import Limit, conflicts, conflicts_in
from scheduler.plan.outcome import Conflict, Ending
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Engine
from tests.scheduler.build import (
    EARLY,
    Part,
    absent,
    at,
    away,
    booked,
    closed,
    credited,
    day,
    hire,
    outcome_of,
    plan,
    problem,
    programme,
    round_,
)
from tests.scheduler.clocks import PaperClock, PaperTime

P, Q = programme("P"), programme("Q")
R1, R2 = round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-02")
BYSTANDER = (hire("eva"), booked("eva", "R2-1"))


def found(term: TermProblem) -> dict[Rule, str]:
    """The bookings in conflict by rule: ``"anna R1-1, bo R1-1"``."""
    return {c.rule: ", ".join(f"{hire_} {session}" for hire_, session in c.bookings) for c in conflicts(term, EARLY)}


def test_bookings_that_can_be_kept_are_no_conflict() -> None:
    term = problem(P, R1, R2, hire("anna"), booked("anna", "R1-1"), *BYSTANDER)
    assert found(term) == {}
    assert outcome_of(term).ending is Ending.PROVEN


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (Rule.CLOSED, (round_("R1", "P", "1 09-01", organisations=("B",)), hire("anna"))),
        (Rule.CLOSED, (round_("R1", "P", at("1 09-01", cancelled=True)), hire("anna"))),
        (Rule.BREAK, (R1, hire("anna"), closed("09-01", "09-01"))),
        (Rule.ABSENCE, (R1, hire("anna"), away("anna", "09-01"))),
        (Rule.WEEKDAY, (R1, hire("anna", weekdays=(3, 4, 5)))),
        (Rule.EMPLOYED, (R1, hire("anna", starts="09-02"))),
        (Rule.ACCESSIBLE, (round_("R1", "P", at("1 09-01", accessible=False)), hire("anna", needs_accessible=True))),
        (Rule.CLASH, (round_("R1", "P", "1 09-01 9-12", "1 09-01 11-14"), hire("anna"))),
        (Rule.GIVEN, (R1, hire("anna", credits=credited("P")))),
        (Rule.GIVEN, (R1, hire("anna", programmes=()))),
    ],
)
def test_a_booking_that_breaks_a_rule_alone_is_named_alone(rule: Rule, parts: tuple[Part, ...]) -> None:
    assert found(problem(P, R2, *parts, booked("anna", "R1-1"), *BYSTANDER)) == {rule: "anna R1-1"}


def test_it_is_named_with_its_rule_even_where_another_meeting_of_the_module_is_the_cause() -> None:
    two_days = round_("R1", "P", "1 09-01", "1 09-04")
    term = problem(P, two_days, R2, hire("anna", weekdays=(2, 3)), booked("anna", "R1-1"), *BYSTANDER)
    assert found(term) == {Rule.WEEKDAY: "anna R1-1"}


def test_too_early_in_the_employment_is_named() -> None:
    late = programme("P", earliest_day=16)
    assert found(problem(late, R1, R2, hire("anna"), booked("anna", "R1-1"))) == {Rule.EARLIEST: "anna R1-1"}


def test_a_proposal_that_a_fixed_round_keeps_from_running_is_named() -> None:
    proposal = round_("R1", "P", at("1 09-01", trainers=("Eva",)), status=RoundStatus.PROPOSED)
    fixed = round_("Q1", "Q", at("1 09-01", trainers=("Eva",)))
    term = problem(P, Q, proposal, R2, fixed, hire("anna"), booked("anna", "R1-1"), *BYSTANDER)
    assert found(term) == {Rule.SHARED: "anna R1-1"}


def test_every_booking_that_breaks_a_rule_alone_is_named() -> None:
    term = problem(
        P,
        R1,
        R2,
        hire("anna"),
        hire("bo"),
        away("anna", "09-01"),
        booked("anna", "R1-1"),
        booked("bo", "R2-1"),
        away("bo", "09-02"),
    )
    assert [c.bookings for c in conflicts(term, EARLY)] == [(("anna", "R1-1"),), (("bo", "R2-1"),)]


def test_every_set_of_bookings_that_cannot_stand_together_is_named_beside_those_alone() -> None:
    full = (round_("R1", "P", "1 09-01", seats=1), round_("R3", "P", "1 09-03", seats=1))
    pairs = (hire("anna"), hire("bo"), hire("cia"), hire("dan"))
    seats = (booked("anna", "R1-1"), booked("bo", "R1-1"), booked("cia", "R3-1"), booked("dan", "R3-1"))
    alone = (hire("fia"), away("fia", "09-02"), booked("fia", "R2-1"))
    term = problem(P, *full, R2, *pairs, *seats, *alone, *BYSTANDER)
    assert conflicts(term, EARLY) == (
        Conflict(Rule.ABSENCE, (("fia", "R2-1"),)),
        Conflict(Rule.SEATS, (("anna", "R1-1"), ("bo", "R1-1"))),
        Conflict(Rule.SEATS, (("cia", "R3-1"), ("dan", "R3-1"))),
    )


def test_a_requirement_named_for_one_booking_is_not_named_again_for_another() -> None:
    modules = programme("P", modules=2, cohort=False)
    rounds = (round_("R1", "P", "1 09-01"), round_("R2", "P", "2 09-08"))
    seats = (booked("anna", "R1-1"), booked("anna", "R2-2"), away("anna", "09-08"))
    assert found(problem(modules, *rounds, hire("anna"), *seats)) == {Rule.ABSENCE: "anna R2-2"}


def test_a_cohort_in_two_rounds_is_named_with_both() -> None:
    rounds = (round_("R1", "P", "1 09-01", "2 09-08"), round_("R2", "P", "1 09-02", "2 09-09"))
    seats = (booked("anna", "R1-1"), booked("anna", "R2-2"))
    term = problem(programme("P", modules=2), *rounds, hire("anna"), hire("eva"), booked("eva", "R2-1"), *seats)
    assert found(term) == {Rule.GIVEN: "anna R1-1, anna R2-2"}


def test_more_bookings_than_seats_are_named_together() -> None:
    one_seat = round_("R1", "P", "1 09-01", seats=1)
    seats = (booked("anna", "R1-1"), booked("bo", "R1-1"))
    term = problem(P, one_seat, R2, hire("anna"), hire("bo"), *seats, *BYSTANDER)
    assert found(term) == {Rule.SEATS: "anna R1-1, bo R1-1"}


@pytest.mark.parametrize(
    "quota", [Quota(round="R1", organisation="A", at_most=1), Quota(round="R1", organisation="B", at_least=1)]
)
def test_bookings_against_a_quota_are_named_together(quota: Quota) -> None:
    seats = (booked("anna", "R1-1"), booked("bo", "R1-1"))
    two_seats = round_("R1", "P", "1 09-01", seats=2)
    term = problem(P, two_seats, R2, hire("anna"), hire("bo"), *seats, *BYSTANDER, quota)
    assert found(term) == {Rule.QUOTA: "anna R1-1, bo R1-1"}


def test_bookings_at_the_same_time_are_named_together() -> None:
    same_time = (round_("Q1", "Q", "1 09-01 15-17"), booked("anna", "R1-1"), booked("anna", "Q1-1"))
    term = problem(P, Q, R1, R2, hire("anna"), *same_time, *BYSTANDER)
    assert found(term) == {Rule.CLASH: "anna Q1-1, anna R1-1"}


def test_a_clash_is_named_as_one_even_where_the_week_counts_both_meetings() -> None:
    same_time = (round_("Q1", "Q", "1 09-01 15-17"), booked("anna", "R1-1"), booked("anna", "Q1-1"))
    other_days = (R2, round_("Q2", "Q", "1 08-31"))
    carrying = hire("anna", caseload_start=day("09-01"))
    caps = {"weekly_cap": 2, "weekly_cap_with_cases": 1}
    term = problem(P, Q, R1, *other_days, carrying, *same_time, *BYSTANDER, **caps)
    assert found(term) == {Rule.CLASH: "anna Q1-1, anna R1-1"}


def test_bookings_that_fill_a_week_are_named_together() -> None:
    same_week = (round_("Q1", "Q", "1 09-03"), booked("anna", "R1-1"), booked("anna", "Q1-1"))
    term = problem(P, Q, R1, R2, hire("anna"), *same_week, *BYSTANDER, weekly_cap=1)
    assert found(term) == {Rule.WEEKLY_CAP: "anna Q1-1, anna R1-1"}


@pytest.mark.parametrize(("rule", "fields"), [(Rule.ORDER, {}), (Rule.GAP, {"ordered": False, "min_gap_days": 3})])
def test_modules_out_of_sequence_are_named_together(rule: Rule, fields: dict[str, bool | int]) -> None:
    modules = programme("P", modules=2, cohort=False, **fields)
    rounds = (round_("R1", "P", "1 09-02", "2 09-09"), round_("R2", "P", "1 08-26", "2 09-01"))
    seats = (booked("anna", "R1-1"), booked("anna", "R2-2"))
    term = problem(modules, *rounds, hire("anna"), hire("eva"), booked("eva", "R1-2"), *seats)
    assert found(term) == {rule: "anna R1-1, anna R2-2"}


def test_a_booking_before_what_must_come_first_is_named() -> None:
    rounds = (round_("Q1", "Q", "1 09-01"), round_("R1", "P", "1 09-01"), round_("R2", "P", "1 08-31"))
    term = problem(P, programme("Q", after=("P",)), *rounds, hire("anna"), booked("anna", "Q1-1"), hire("eva"))
    assert found(term) == {}
    first_full = (*rounds[:2], round_("R2", "P", "1 08-31", seats=0))
    term = problem(P, programme("Q", after=("P",)), *first_full, hire("anna"), booked("anna", "Q1-1"), hire("eva"))
    assert list(found(term).values()) == ["anna Q1-1"]


def test_a_proposal_that_cannot_get_its_participants_is_named() -> None:
    proposal = round_("R1", "P", "1 09-01", status=RoundStatus.PROPOSED, min_participants=2)
    elsewhere = (round_("Q1", "Q", "1 09-03"), hire("eva", programmes=("Q",)), booked("eva", "Q1-1"))
    only_anna = problem(P, Q, proposal, R2, *elsewhere, hire("anna", programmes=("P",)), booked("anna", "R1-1"))
    assert found(only_anna) == {Rule.MIN_PARTICIPANTS: "anna R1-1"}
    with_bo = problem(P, Q, proposal, R2, *elsewhere, hire("anna"), hire("bo"), booked("anna", "R1-1"))
    assert found(with_bo) == {}


def test_two_proposals_that_share_a_room_are_named_together() -> None:
    hall = {"place": "Huset", "room": "Salen"}
    one = round_("R1", "P", at("1 09-01", **hall), status=RoundStatus.PROPOSED)
    other = round_("Q1", "Q", at("1 09-01", **hall), status=RoundStatus.PROPOSED)
    seats = (booked("anna", "R1-1"), booked("bo", "Q1-1"))
    term = problem(P, Q, one, R2, other, hire("anna"), hire("bo"), *seats, *BYSTANDER)
    assert found(term) == {Rule.SHARED: "anna R1-1, bo Q1-1"}


def test_a_booking_whose_requirement_cannot_be_booked_in_full_is_named() -> None:
    modules = programme("P", modules=2, cohort=False)
    term = problem(
        modules,
        R1,
        R2,
        hire("anna"),
        hire("eva", credits=credited("P:2")),
        booked("anna", "R1-1"),
        booked("eva", "R2-1"),
    )
    assert found(term) == {Rule.GIVEN: "anna R1-1"}


def test_what_happened_before_the_planning_date_is_never_a_conflict() -> None:
    one_seat = round_("R1", "P", "1 09-01", seats=1)
    seats = (booked("anna", "R1-1"), booked("bo", "R1-1"), away("anna", "09-01"))
    term = problem(P, one_seat, R2, hire("anna"), hire("bo"), *seats)
    assert conflicts(term, day("09-02")) == ()
    assert outcome_of(term, "09-02").ending is Ending.PROVEN


def test_the_notice_window_does_not_concern_given_bookings() -> None:
    term = problem(P, R1, R2, hire("anna"), booked("anna", "R1-1"), notice_days=30)
    assert found(term) == {}


def test_a_booking_into_a_seat_that_is_published_and_pinned_is_named() -> None:
    one_seat = round_("R1", "P", "1 09-01", seats=1)
    old = plan(problem(P, one_seat, hire("bo")))
    term = problem(P, one_seat, R2, hire("anna"), hire("bo"), booked("anna", "R1-1"), notice_days=14)
    assert conflicts(term, day("08-31"), old) == (Conflict(Rule.SEATS, (("anna", "R1-1"),)),)
    assert conflicts(term, day("08-31")) == ()


def test_a_conflict_ends_the_planning_without_a_plan() -> None:
    term = problem(P, R1, hire("anna"), away("anna", "09-01"), booked("anna", "R1-1"))
    outcome = outcome_of(term)
    assert (outcome.ending, outcome.plan) == (Ending.CONFLICT, None)
    assert outcome.conflicts == (Conflict(Rule.ABSENCE, (("anna", "R1-1"),)),)


def test_the_conflicts_of_all_groups_are_named_though_the_first_ends_the_planning() -> None:
    rounds = [round_(f"R{org}", "P", "1 09-01", organisations=(org,)) for org in ("A", "B", "C")]
    hires = [hire(f"{org.lower()}-hire", org) for org in ("A", "B", "C")]
    settled = [
        part
        for org in ("a", "c")
        for part in (away(f"{org}-hire", "09-01"), booked(f"{org}-hire", f"R{org.upper()}-1"))
    ]
    outcome = outcome_of(problem(P, *rounds, *hires, *settled))
    assert (outcome.ending, outcome.plan) == (Ending.CONFLICT, None)
    assert outcome.conflicts == tuple(
        Conflict(Rule.ABSENCE, ((f"{org}-hire", f"R{org.upper()}-1"),)) for org in ("a", "c")
    )


def test_bookings_that_cannot_stand_together_are_looked_for_only_while_there_is_time() -> None:
    one_seat = round_("R1", "P", "1 09-01", seats=1)
    model = build(
        problem(P, one_seat, hire("anna"), hire("bo"), booked("anna", "R1-1"), booked("bo", "R1-1")), EARLY, None
    )
    found = (Conflict(Rule.SEATS, (("anna", "R1-1"), ("bo", "R1-1"))),)
    assert conflicts_in(model, Limit(PaperClock(60.0))) == conflicts_in(model) == found
    assert conflicts_in(model, Limit(PaperClock(0.0))) == ()
    assert conflicts_in(model, Limit(PaperClock(60.0), lambda: True)) == ()


def test_bookings_beside_a_missed_module_must_go_together_as_others_must() -> None:
    """Seats of a plan stand beside a missed module whatever they break; bookings that are merely given do not."""
    kind = programme("P", modules=3, cohort=False, max_gap_days=1)
    held = round_("R1", "P", "1 08-31", "2 09-04", "3 09-11")
    seats = (booked("anna", "R1-1"), booked("anna", "R1-2"), booked("anna", "R1-3"), absent("anna", "R1-1"))
    outcome = outcome_of(problem(kind, held, *seats, hire("anna"), hire("bo")), "09-02")
    assert outcome.ending is Ending.CONFLICT
    assert [(c.rule, c.bookings) for c in outcome.conflicts] == [(Rule.GAP, (("anna", "R1-2"), ("anna", "R1-3")))]


CROWDED = problem(
    P, R2, round_("R1", "P", "1 09-01", seats=1), *(hire(h) for h in "ab"), *(booked(h, "R1-1") for h in "ab")
)


def test_a_solver_is_asked_only_where_the_bookings_break_something_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def watched(low: Sequence[int], high: Sequence[int], rows: Iterable[Row], seed: int) -> Engine:
        asked.append(seed)
        return Engine(low, high, rows, seed)

    monkeypatch.setattr(given, "Engine", watched)
    assert found(problem(P, R1, R2, hire("anna"), booked("anna", "R1-1"), *BYSTANDER)) == {}
    assert not asked
    two, both = programme("P", 2), round_("R1", "P", "1 09-01", "2 09-02")
    assert found(problem(two, both, hire("anna"), booked("anna", "R1-1"))) == {}
    assert found(CROWDED) == {Rule.SEATS: "a R1-1, b R1-1"}
    assert asked


@pytest.mark.parametrize("looks", range(1, 30, 3))
def test_however_early_the_time_is_up_the_check_of_bookings_ends_at_the_next_look(
    monkeypatch: pytest.MonkeyPatch, looks: int
) -> None:
    monkeypatch.setattr(given, "ROWS_A_LOOK", 1)
    time = PaperTime(step=1.0)
    known = conflicts_in(build(CROWDED, EARLY, None), Limit(Clock(time, 0.0, looks)))
    assert known in ((), (Conflict(Rule.SEATS, (("a", "R1-1"), ("b", "R1-1"))),))
    assert looks <= time.seconds <= looks + 12
