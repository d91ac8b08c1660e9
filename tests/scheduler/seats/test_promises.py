"""Re-planning: what is fact, what is pinned, what may go,
and missed modules (MODEL.md rules 7, 15 and "Re-planning").
"""

from __future__ import annotations

import pytest

from models.ids import Level, RoundStatus, Rule, Stability
from models.plan import Plan
from models.problem import Attendance, Hire, Quota, TermProblem
from scheduler.model.build import KeptBreach
from scheduler.plan.outcome import Options
from tests.scheduler.build import (
    Part,
    Running,
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
    present,
    problem,
    programme,
    requirement,
    round_,
    seats_of,
)

# One month from 17 August is 17 September. Planning on Tuesday 1 September, the window of 14 days ends before the 15th.
P = programme("P", deadline_months=1)
Q = programme("Q", deadline_months=1)
ANNA, BO, CIA = hire("anna"), hire("bo"), hire("cia")
PROPOSED = RoundStatus.PROPOSED
FREE = Options(stability=Stability.FREE, suggestions=False)


def term(*parts: Part, **settings: int) -> TermProblem:
    return problem(*parts, **{"notice_days": 14} | settings)


def changes(of: Plan) -> int:
    return next(level.value for level in of.levels if level.name is Level.CHANGES)


# --- nothing new -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stability", list(Stability))
@pytest.mark.parametrize("today", ["08-03", "09-01", "09-16", "12-01"])
def test_nothing_changes_when_nothing_changed(stability: Stability, today: str) -> None:
    rounds = (
        round_("P1", "P", "1 09-01", "2 09-08", seats=2),
        round_("P2", "P", "1 09-15", "2 09-16", seats=1, status=PROPOSED),
        round_("Q1", "Q", "1 09-02", seats=2),
        round_("Q2", "Q", "1 09-17", seats=3),
    )
    same = term(
        programme("P", modules=2, deadline_months=1), Q, *rounds, ANNA, hire("bo", "B"), hire("cia", priority=2)
    )
    old = plan(same)
    again = plan(same, today, old, Options(stability=stability, suggestions=False))
    assert seats_of(again) == seats_of(old)


# --- facts -----------------------------------------------------------------------------------------------------------


def test_what_was_held_stays_whatever_the_input_says_now() -> None:
    old = plan(term(P, round_("P1", "P", "1 08-31"), ANNA, BO))
    for now in (
        (round_("P1", "P", "1 08-31"), away("anna", "08-31"), ANNA),
        (round_("P1", "P", "1 08-31", seats=0), ANNA),
        (round_("P1", "P", "1 08-31", organisations=("B",)), ANNA),
        (round_("P1", "P", "1 08-31"), closed("08-31", "08-31"), ANNA),
        (round_("P1", "P", "1 08-31"), hire("anna", weekdays=(5,))),
    ):
        made = plan(term(P, *now, BO), "09-01", old)
        assert seats_of(made) == "anna P1-1, bo P1-1"
        assert requirement(made, "anna").state == "done"


def test_a_held_seat_marked_absent_goes_and_the_module_is_needed_again() -> None:
    rounds = (round_("P1", "P", "1 08-31"), round_("P2", "P", "1 09-17"))
    old = plan(term(P, *rounds, ANNA, BO))
    made = plan(term(P, *rounds, ANNA, BO, absent("anna", "P1-1")), "09-01", old)
    assert seats_of(made) == "anna P2-1, bo P1-1"


def test_held_seats_of_leavers_and_of_sessions_gone_from_the_input_go() -> None:
    old = plan(term(P, round_("P1", "P", "1 08-31"), ANNA, BO))
    assert seats_of(plan(term(P, round_("P1", "P", "1 08-31"), ANNA), "09-01", old)) == "anna P1-1"
    made = plan(term(P, round_("P2", "P", "1 09-17"), ANNA, BO), "09-01", old)
    assert seats_of(made) == "anna P2-1, bo P2-1"


def test_presence_without_a_seat_credits_the_module_and_frees_the_seat_to_come() -> None:
    rounds = (round_("P1", "P", "1 08-31", seats=1), round_("P2", "P", "1 09-17", seats=1))
    old = plan(term(P, *rounds, ANNA, hire("bo", priority=2), CIA))
    assert seats_of(old, "bo") == "P1-1"
    taken = seats_of(old, "anna") or seats_of(old, "cia")
    assert taken == "P2-1"
    came = "anna" if seats_of(old, "anna") else "cia"
    other = "cia" if came == "anna" else "anna"
    made = plan(term(P, *rounds, ANNA, hire("bo", priority=2), CIA, present(came, "P1-1")), "09-01", old)
    assert requirement(made, came).state == "done"
    assert seats_of(made, came) == ""
    assert seats_of(made, other) == "P2-1"


# --- the notice window -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "stays"), [("09-14", True), ("09-15", False)])
def test_a_published_seat_is_pinned_inside_the_window_and_free_on_the_first_day_after_it(
    when: str, stays: bool
) -> None:
    tight = programme("P", deadline_months=0)
    published = round_("P1", "P", f"1 {when}")
    elsewhere = round_("P2", "P", "1 09-16")
    old = plan(term(tight, published, ANNA))
    closer = term(tight, round_("P1", "P", f"1 {when}", min_participants=2), elsewhere, ANNA)
    made = plan(closer, "09-01", old, FREE)
    assert seats_of(made) == ("anna P1-1" if stays else "anna P2-1")


def test_nobody_is_moved_into_the_window_even_to_be_on_time() -> None:
    late = round_("P1", "P", "1 09-21")
    old = plan(term(P, late, ANNA))
    for when, seat in (("09-14", "anna P1-1"), ("09-15", "anna P2-1")):
        assert seats_of(plan(term(P, late, round_("P2", "P", f"1 {when}"), ANNA), "09-01", old)) == seat


@pytest.mark.parametrize(
    "now",
    [
        (ANNA, away("anna", "09-08")),
        (ANNA, closed("09-08", "09-08", "A")),
        (hire("anna", weekdays=(3, 4, 5)),),
        (hire("anna", starts="09-09"),),
        (hire("anna", needs_accessible=True),),
    ],
)
def test_a_seat_that_became_impossible_to_her_goes_and_is_replaced_outside_the_window(now: tuple[Part, ...]) -> None:
    stairs, other = round_("P1", "P", at("1 09-08", accessible=False)), hire("bo", "B")
    old = plan(term(P, stairs, ANNA, other))
    rounds = (stairs, round_("P2", "P", "1 09-11"), round_("P3", "P", "1 09-17"))
    made = plan(term(P, *rounds, *now, other), "09-01", old)
    assert seats_of(made) == "anna P3-1, bo P1-1"
    assert changes(made) == 0


@pytest.mark.parametrize(
    "now",
    [
        round_("P1", "P", at("1 09-08", cancelled=True)),
        round_("P1", "P", "1 09-08", status=RoundStatus.CANCELLED),
        round_("P1", "P", "1 09-08", organisations=("B",)),
        None,
    ],
)
def test_a_seat_whose_round_closed_goes_and_is_replaced_outside_the_window(now: Running | None) -> None:
    old = plan(term(P, Q, round_("P1", "P", "1 09-08"), round_("Q1", "Q", "1 09-09"), ANNA))
    rounds = (*((now,) if now else ()), round_("P2", "P", "1 09-11"), round_("P3", "P", "1 09-17"))
    made = plan(term(P, Q, *rounds, round_("Q1", "Q", "1 09-09"), ANNA), "09-01", old)
    assert seats_of(made) == "anna P3-1, anna Q1-1"


def test_when_one_seat_of_a_requirement_became_impossible_its_others_may_go_too_and_no_other_requirement() -> None:
    cohort = programme("P", modules=2, deadline_months=1)
    rounds = (
        round_("P1", "P", "1 09-07", "2 09-09"),
        round_("P2", "P", "1 09-16", "2 09-17"),
        round_("Q1", "Q", "1 09-08"),
        round_("Q2", "Q", "1 09-15"),
    )
    old = plan(term(cohort, Q, *rounds, ANNA, BO))
    made = plan(term(cohort, Q, *rounds, ANNA, BO, away("anna", "09-09")), "09-01", old)
    assert seats_of(made, "anna") == "P2-1 P2-2 Q1-1"
    assert seats_of(made, "bo") == "P1-1 P1-2 Q1-1"
    assert changes(made) == 1


def test_a_leaver_frees_her_seat_for_somebody_else() -> None:
    one_seat = round_("P1", "P", "1 09-16", seats=1)
    old = plan(term(P, one_seat, hire("anna", priority=2), BO))
    assert seats_of(old) == "anna P1-1"
    assert seats_of(plan(term(P, one_seat, BO), "09-01", old)) == "bo P1-1"
    leaving = hire("anna", priority=2, ends=day("09-15"))
    assert seats_of(plan(term(P, one_seat, leaving, BO), "09-01", old)) == "bo P1-1"


def test_a_seat_freed_inside_the_window_is_given_to_nobody() -> None:
    one_seat = round_("P1", "P", "1 09-14", seats=1)
    old = plan(term(P, one_seat, hire("anna", priority=2), BO))
    assert seats_of(plan(term(P, one_seat, BO), "09-01", old)) == ""


@pytest.mark.parametrize(
    ("now", "seat"), [("1 09-08 9-16", "P1-1"), ("1 09-08 9-15", "P2-1"), ("1 09-09 9-16", "P2-1")]
)
def test_a_published_seat_inside_the_window_may_be_given_up_when_its_session_changed_its_date_or_time(
    now: str, seat: str
) -> None:
    old = plan(term(P, round_("P1", "P", "1 09-08 9-16"), ANNA))
    too_small = round_("P1", "P", now, min_participants=2)
    elsewhere = round_("P2", "P", "1 09-17")
    assert seats_of(plan(term(P, too_small, elsewhere, ANNA), "09-01", old, FREE), "anna") == seat
    assert seats_of(plan(term(P, too_small, elsewhere, ANNA), "09-01", old), "anna") == "P1-1"


def test_a_rescheduled_seat_that_is_given_up_counts_as_a_change() -> None:
    old = plan(term(P, round_("P1", "P", "1 09-08"), ANNA))
    put_off, in_time = round_("P1", "P", "1 09-18"), round_("P2", "P", "1 09-17")
    made = plan(term(P, put_off, in_time, ANNA), "09-01", old)
    assert (seats_of(made), changes(made)) == ("anna P2-1", 1)
    made = plan(term(P, put_off, ANNA), "09-01", old)
    assert (seats_of(made), changes(made)) == ("anna P1-1", 0)


def test_a_published_seat_whose_session_changed_only_its_room_or_trainer_is_pinned() -> None:
    no_deadline = programme("P", deadline_months=0)
    old = plan(term(no_deadline, round_("P1", "P", "1 09-08"), ANNA))
    another_room = round_("P1", "P", at("1 09-08", room="Ny", trainers=("Ola",)), min_participants=2)
    made = plan(term(no_deadline, another_room, round_("P2", "P", "1 09-16"), ANNA), "09-01", old, FREE)
    assert seats_of(made) == "anna P1-1"


def test_given_bookings_go_into_the_window_and_the_rest_of_their_requirement_does_not() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1)
    rounds = (round_("P1", "P", "1 09-08", "2 09-14"), round_("P2", "P", "2 09-15"))
    made = plan(term(modules, *rounds, ANNA, booked("anna", "P1-1")), "09-01")
    assert seats_of(made) == "anna P1-1, anna P2-2"


def test_the_old_plan_is_published_up_to_its_last_day_beyond_the_window() -> None:
    old = plan(term(P, round_("P1", "P", "1 09-16"), ANNA))
    sooner = (round_("P1", "P", "1 09-16"), round_("P2", "P", "1 09-15"))
    assert seats_of(plan(term(P, *sooner, ANNA), "09-01", old)) == "anna P1-1"
    assert seats_of(plan(term(P, *sooner, ANNA), "09-01", old, FREE)) == "anna P2-1"


# --- kept breaches ---------------------------------------------------------------------------------------------------


def kept(new: TermProblem, old: Plan, today: str = "09-01") -> tuple[str, tuple[KeptBreach, ...]]:
    outcome = outcome_of(new, today, old)
    assert outcome.plan is not None
    return seats_of(outcome.plan), outcome.kept_breaches


def test_seats_beyond_what_a_round_now_has_are_kept_inside_the_window_with_a_warning_and_nobody_joins() -> None:
    old = plan(term(P, Q, round_("P1", "P", "1 09-08"), round_("Q1", "Q", "1 09-09"), ANNA, BO))
    fewer = term(P, Q, round_("P1", "P", "1 09-08", seats=1), round_("Q1", "Q", "1 09-09"), ANNA, BO, CIA)
    seats, breaches = kept(fewer, old)
    assert seats == "anna P1-1, anna Q1-1, bo P1-1, bo Q1-1"
    assert breaches == (KeptBreach(Rule.SEATS, (("anna", "P1-1"), ("bo", "P1-1"))),)


def test_seats_beyond_what_a_round_now_has_go_outside_the_window_without_a_warning() -> None:
    old = plan(term(P, round_("P1", "P", "1 09-15"), hire("anna", priority=2), BO))
    fewer = (round_("P1", "P", "1 09-15", seats=1), round_("P2", "P", "1 09-17"))
    seats, breaches = kept(term(P, *fewer, hire("anna", priority=2), BO), old)
    assert (seats, breaches) == ("anna P1-1, bo P2-1", ())


def test_seats_beyond_what_a_session_has_are_kept_for_those_who_were_promised_them_and_for_nobody_else() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=2)
    first, elsewhere = round_("P1", "P", "1 09-08"), round_("P3", "P", "2 09-23", seats=1, organisations=("A",))
    pinned = (ANNA, BO)
    old = plan(term(modules, first, round_("P2", "P", "2 09-22"), *pinned))
    assert seats_of(old) == "anna P1-1, anna P2-2, bo P1-1, bo P2-2"
    newcomer = hire("cia", "B", priority=3, credits=credited("P:1"))
    fewer = term(modules, first, round_("P2", "P", "2 09-22", seats=1), elsewhere, *pinned, newcomer)
    made = plan(fewer, "09-01", old)
    assert seats_of(made, "cia") == ""
    assert requirement(made, "cia").state == "missing"
    assert {requirement(made, "anna").state, requirement(made, "bo").state} == {"on_time"}


@pytest.mark.parametrize(
    "quota", [Quota(round="P1", organisation="A", at_most=1), Quota(round="P1", organisation="B", at_least=2)]
)
def test_a_new_quota_is_broken_by_the_seats_inside_the_window(quota: Quota) -> None:
    rounds = (round_("P1", "P", "1 09-08", seats=3), round_("P2", "P", "1 09-09"))
    old = plan(term(P, *rounds, ANNA, BO))
    seats, breaches = kept(term(P, *rounds, ANNA, BO, quota), old)
    assert seats == "anna P1-1, bo P1-1"
    assert breaches == (KeptBreach(Rule.QUOTA, (("anna", "P1-1"), ("bo", "P1-1"))),)


def test_a_lowered_weekly_cap_is_broken_by_the_seats_inside_the_window() -> None:
    tables = (P, Q, round_("P1", "P", "1 09-08"), round_("Q1", "Q", "1 09-09"), ANNA, hire("bo", programmes=("Q",)))
    seats, breaches = kept(term(*tables, weekly_cap=1), plan(term(*tables)))
    assert seats == "anna P1-1, anna Q1-1, bo Q1-1"
    assert breaches == (KeptBreach(Rule.WEEKLY_CAP, (("anna", "P1-1"), ("anna", "Q1-1"))),)


@pytest.mark.parametrize(
    ("rule", "before", "now"),
    [
        (Rule.ORDER, {"ordered": False}, {"ordered": True}),
        (Rule.GAP, {"ordered": False}, {"ordered": False, "min_gap_days": 7}),
    ],
    ids=["order", "gap"],
)
def test_a_sequence_asked_for_later_is_broken_by_the_seats_inside_the_window(
    rule: Rule, before: dict[str, int], now: dict[str, int]
) -> None:
    tables = (round_("P1", "P", "1 09-09"), round_("P2", "P", "2 09-08"), ANNA)
    modulewise = {"modules": 2, "cohort": False, "deadline_months": 1}
    old = plan(term(programme("P", **modulewise, **before), *tables))
    seats, breaches = kept(term(programme("P", **modulewise, **now), *tables), old)
    assert seats == "anna P1-1, anna P2-2"
    assert breaches == (KeptBreach(rule, (("anna", "P1-1"), ("anna", "P2-2"))),)


def test_a_seat_inside_the_window_that_may_go_is_kept_against_a_new_quota_when_it_stays() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=2)
    rounds = (round_("P1", "P", "1 09-08", seats=1), round_("P2", "P", "2 09-22"), round_("P3", "P", "2 09-24"))
    old = plan(term(modules, *rounds, ANNA))
    assert seats_of(old) == "anna P1-1, anna P2-2"
    for_others = Quota(round="P1", organisation="B", at_least=1)
    away_now = (ANNA, away("anna", "09-22"), for_others)
    seats, breaches = kept(term(modules, *rounds, *away_now), old)
    assert seats == "anna P1-1, anna P3-2"
    assert breaches == (KeptBreach(Rule.QUOTA, (("anna", "P1-1"),)),)
    full = (rounds[0], rounds[1], round_("P3", "P", "2 09-24", seats=0))
    assert kept(term(modules, *full, *away_now), old) == ("", ()), "it may go as well"


def test_the_rest_of_a_requirement_is_kept_only_as_long_as_its_seat_inside_the_window_stays() -> None:
    modules = programme("P", modules=3, cohort=False, deadline_months=2)
    first, second = round_("P1", "P", "1 09-08"), round_("P2", "P", "2 09-22")
    third, instead = round_("P3", "P", "3 09-29"), round_("P4", "P", "1 09-16", "2 09-23", "3 09-30")
    old = plan(term(modules, first, second, third, ANNA))
    cut = round_("P2", "P", "2 09-22", seats=0)
    seats, _ = kept(term(modules, first, cut, third, instead, ANNA, away("anna", "09-29")), old)
    assert seats == "anna P1-1, anna P2-2, anna P4-3"
    closed_now = round_("P1", "P", "1 09-08", organisations=("B",))
    seats, _ = kept(term(modules, closed_now, cut, third, instead, ANNA), old)
    assert seats == "anna P4-1, anna P4-2, anna P3-3"


def test_a_predecessor_cancelled_leaves_its_followers_inside_the_window() -> None:
    school = programme("Q", deadline_months=1, after=("P",))
    follower = round_("Q1", "Q", "1 09-09")
    old = plan(term(P, school, round_("P1", "P", "1 09-08"), follower, ANNA))
    cancelled = round_("P1", "P", at("1 09-08", cancelled=True))
    seats, breaches = kept(term(P, school, cancelled, follower, ANNA), old)
    assert seats == "anna Q1-1"
    assert breaches == (KeptBreach(Rule.AFTER, (("anna", "Q1-1"),)),)


def test_a_proposal_that_lost_a_participant_inside_the_window_runs_all_the_same() -> None:
    proposal = round_("P1", "P", "1 09-08", status=PROPOSED, min_participants=2)
    old = plan(term(P, proposal, ANNA, BO))
    assert kept(term(P, proposal, ANNA), old) == (
        "anna P1-1",
        (KeptBreach(Rule.MIN_PARTICIPANTS, (("anna", "P1-1"),)),),
    )
    later = round_("P1", "P", "1 09-15", status=PROPOSED, min_participants=2)
    assert kept(term(P, later, ANNA), plan(term(P, later, ANNA, BO))) == ("", ())


def test_two_proposals_that_come_to_share_a_trainer_inside_the_window_both_run() -> None:
    alone = (round_("P1", "P", "1 09-08 9-12", status=PROPOSED), round_("Q1", "Q", "1 09-08 11-15", status=PROPOSED))
    hires = (hire("anna", programmes=("P",)), hire("bo", programmes=("Q",)))
    old = plan(term(P, Q, *alone, *hires))
    eva = {"trainers": ("Eva",)}
    together = (
        round_("P1", "P", at("1 09-08 9-12", **eva), status=PROPOSED),
        round_("Q1", "Q", at("1 09-08 11-15", **eva), status=PROPOSED),
    )
    seats, breaches = kept(term(P, Q, *together, *hires), old)
    assert seats == "anna P1-1, bo Q1-1"
    assert breaches == (KeptBreach(Rule.SHARED, (("anna", "P1-1"), ("bo", "Q1-1"))),)


def test_a_week_too_full_of_days_held_is_no_breach_of_the_plan() -> None:
    tables = (P, Q, round_("P1", "P", "1 08-31"), round_("Q1", "Q", "1 09-02"), ANNA)
    old = plan(term(*tables))
    seats, breaches = kept(term(*tables, weekly_cap=1), old, "09-03")
    assert (seats, breaches) == ("anna P1-1, anna Q1-1", ())


def test_without_published_seats_nothing_is_kept() -> None:
    outcome = outcome_of(term(P, round_("P1", "P", "1 09-16", seats=0), ANNA), "09-01")
    assert outcome.kept_breaches == ()


# --- missed modules --------------------------------------------------------------------------------------------------

COHORT = programme("P", modules=3, deadline_months=2)
TAKEN = round_("P1", "P", "1 09-01", "2 09-08", "3 09-22")


def missed_one(*rounds: Running, marks: tuple[Attendance, ...] = (), today: str = "09-02", **settings: int) -> Plan:
    """Anna missed module 1 of her cohort on 1 September; Bo was there."""
    old = plan(term(COHORT, TAKEN, ANNA, BO))
    return plan(term(COHORT, TAKEN, *rounds, ANNA, BO, absent("anna", "P1-1"), *marks, **settings), today, old)


def test_a_missed_module_is_booked_again_in_any_round_and_the_rest_of_her_cohort_stands() -> None:
    made = missed_one(round_("P2", "P", "1 09-16", "2 09-29", "3 10-06"))
    assert seats_of(made, "anna") == "P2-1 P1-2 P1-3"
    assert seats_of(made, "bo") == "P1-1 P1-2 P1-3"
    assert requirement(made, "anna").state == "on_time"
    assert changes(made) == 0


def test_a_missed_module_is_free_of_order() -> None:
    made = missed_one(round_("P2", "P", "1 09-29", "2 10-05", "3 10-06"))
    assert seats_of(made, "anna") == "P2-1 P1-2 P1-3"


def test_a_missed_module_that_cannot_be_had_leaves_the_rest_as_plain_seats() -> None:
    made = missed_one(round_("P2", "P", "1 09-16", "2 09-29", "3 10-06", seats=0))
    assert seats_of(made, "anna") == "P1-2 P1-3"
    assert requirement(made, "anna").state == "missing"
    assert requirement(made, "bo").state == "on_time"


@pytest.mark.parametrize(("seats", "stand"), [(0, "P1-2 P1-3"), (1, "P2-1 P2-2 P2-3")])
def test_plain_seats_stand_in_a_round_cut_to_none_but_booked_anew_they_must_fit(seats: int, stand: str) -> None:
    old = plan(term(COHORT, TAKEN, ANNA, notice_days=0))
    cut = round_("P1", "P", "1 09-01", "2 09-08", "3 09-22", seats=0)
    again = round_("P2", "P", "1 09-16", "2 09-29", "3 10-06", seats=seats)
    missed = absent("anna", "P1-1")
    assert seats_of(plan(term(COHORT, cut, again, ANNA, missed, notice_days=0), "09-02", old), "anna") == stand


@pytest.mark.parametrize("cohort", [True, False])
@pytest.mark.parametrize(("now", "stand"), [((), "P1-2 P1-3"), ((away("anna", "09-22"),), "")])
def test_plain_seats_must_stand_though_they_cost_unless_one_of_them_became_impossible(
    now: tuple[Part, ...], stand: str, cohort: bool
) -> None:
    modules = programme("P", modules=3, deadline_months=2, cohort=cohort)
    dear = round_("P1", "P", "1 09-01", "2 09-16", "3 09-22", reserve=10)
    old = plan(term(modules, dear, ANNA, BO))
    made = plan(term(modules, dear, ANNA, BO, absent("anna", "P1-1"), *now), "09-02", old, FREE)
    assert seats_of(made, "anna") == stand
    assert seats_of(made, "bo") == "P1-1 P1-2 P1-3"


def test_plain_seats_go_when_one_of_them_became_impossible() -> None:
    old = plan(term(COHORT, TAKEN, ANNA, BO))
    now = (TAKEN, ANNA, BO, absent("anna", "P1-1"), away("anna", "09-22"))
    made = plan(term(COHORT, *now), "09-02", old)
    assert "P1-3" not in seats_of(made, "anna")
    assert requirement(made, "anna").state == "missing"
    assert seats_of(made, "bo") == "P1-1 P1-2 P1-3"


def test_two_missed_modules_are_booked_again_each_in_its_round() -> None:
    both = (absent("anna", "P1-2"),)
    rounds = (round_("P2", "P", "1 09-25", "2 09-24", "3 10-06"), round_("P3", "P", "1 10-12", "2 10-13", "3 10-15"))
    made = missed_one(*rounds, marks=both, today="09-09")
    assert seats_of(made, "anna") == "P2-1 P2-2 P1-3"


def test_a_module_of_several_meetings_missed_once_is_required_again_in_full() -> None:
    two_days = programme("P", modules=2, deadline_months=2)
    rounds = (round_("P1", "P", "1 09-01", "1 09-02", "2 09-22"), round_("P2", "P", "1 09-28", "1 09-29", "2 10-06"))
    old = plan(term(two_days, *rounds, ANNA, BO))
    made = plan(term(two_days, *rounds, ANNA, BO, absent("anna", "P1-1-2")), "09-03", old)
    assert seats_of(made, "anna") == "P1-1 P2-1 P2-1-2 P1-2"
    assert seats_of(made, "bo") == "P1-1 P1-1-2 P1-2"


def test_the_meetings_left_of_a_module_missed_at_its_start_are_given_up() -> None:
    one = programme("P", deadline_months=2)
    rounds = (round_("P1", "P", "1 09-01", "1 09-04"), round_("P2", "P", "1 09-28", "1 09-29"))
    old = plan(term(one, *rounds, ANNA, BO))
    made = plan(term(one, *rounds, ANNA, BO, absent("anna", "P1-1")), "09-02", old)
    assert seats_of(made) == "anna P2-1, anna P2-1-2, bo P1-1, bo P1-1-2"


def published_retake(*more: Running) -> tuple[TermProblem, Plan]:
    """Anna's retake of module 1 is published in P2 on 16 September;
    ``more`` are rounds that come to the input afterwards.
    """
    retake = round_("P2", "P", "1 09-16", "2 09-29", "3 10-06")
    first = plan(term(COHORT, TAKEN, ANNA))
    marked = (ANNA, absent("anna", "P1-1"))
    second = plan(term(COHORT, TAKEN, retake, *marked), "09-02", first)
    assert seats_of(second) == "anna P2-1, anna P1-2, anna P1-3"
    return term(
        COHORT, TAKEN, round_("P2", "P", "1 09-16", "2 09-29", "3 10-06", min_participants=2), *more, *marked
    ), second


@pytest.mark.parametrize(("today", "seat"), [("09-02", "P3-1"), ("09-03", "P2-1")])
def test_a_published_retake_is_pinned_inside_the_window_like_any_seat(today: str, seat: str) -> None:
    new, old = published_retake(round_("P3", "P", "1 09-18", "2 09-29", "3 10-06"))
    assert seats_of(plan(new, today, old, FREE), "anna").split()[0] == seat


def test_a_retake_of_several_meetings_goes_on_when_it_has_begun() -> None:
    one = programme("P", deadline_months=2)
    rounds = (
        round_("P1", "P", "1 09-01", "1 09-02"),
        round_("P2", "P", "1 09-17", "1 09-24"),
        round_("P3", "P", "1 10-01", "1 10-02"),
    )
    first = plan(term(one, *rounds, ANNA))
    marked = term(one, *rounds, ANNA, absent("anna", "P1-1"))
    second = plan(marked, "09-02", first)
    assert seats_of(second) == "anna P2-1, anna P2-1-2"
    third = plan(marked, "09-18", second)
    assert seats_of(third) == "anna P2-1, anna P2-1-2"
    assert requirement(third, "anna").state == "on_time"


def test_a_retake_that_was_held_asks_no_distance_of_the_rest() -> None:
    spaced = programme("P", modules=3, deadline_months=2, min_gap_days=7)
    retake = round_("P2", "P", "2 09-25", "1 10-26", "3 11-02")
    rounds = (round_("P1", "P", "1 09-01", "2 09-08", "3 09-29"), retake)
    first = plan(term(spaced, *rounds, ANNA))
    marked = term(spaced, *rounds, ANNA, absent("anna", "P1-2"))
    second = plan(marked, "09-09", first)
    assert seats_of(second) == "anna P1-1, anna P2-2, anna P1-3"
    third = outcome_of(marked, "09-28", second)
    assert third.plan is not None
    assert (seats_of(third.plan), third.kept_breaches) == ("anna P1-1, anna P2-2, anna P1-3", ())


def test_a_module_missed_by_one_who_has_it_credited_is_not_needed_again() -> None:
    old = plan(term(COHORT, TAKEN, ANNA))
    knows_it = hire("anna", credits=credited("P:1"))
    made = plan(term(COHORT, TAKEN, knows_it, absent("anna", "P1-1")), "09-02", old)
    assert seats_of(made) == "anna P1-2, anna P1-3"
    assert requirement(made, "anna").state == "on_time"


# --- rounds that changed under published seats
# --------------------------------------------------------------------------


def two_modules(*parts: Part | Hire, **settings: int) -> TermProblem:
    return term(programme("P", modules=2, cohort=False, deadline_months=1), *parts, **settings)


def test_a_meeting_added_too_late_to_book_frees_her_seats_and_books_none_of_them_twice() -> None:
    old = plan(two_modules(round_("P1", "P", "1 09-07", "2 09-09"), ANNA))
    added = round_("P1", "P", "1 09-07", "2 09-09", "1 09-08")
    made = plan(two_modules(added, round_("P2", "P", "1 09-16", "2 09-17"), ANNA), "09-01", old)
    assert seats_of(made) == "anna P2-1, anna P2-2"


def test_a_meeting_added_outside_the_window_is_booked_with_the_rest() -> None:
    old = plan(two_modules(round_("P1", "P", "1 09-07", "2 09-16"), ANNA))
    added = round_("P1", "P", "1 09-07", "2 09-16", "2 09-17")
    made = plan(two_modules(added, ANNA), "09-01", old)
    assert seats_of(made) == "anna P1-1, anna P1-2, anna P1-2-2"


def test_a_module_that_came_to_be_required_and_has_no_seat_leaves_the_pinned_seat_alone() -> None:
    rounds = (round_("P1", "P", "1 09-08"), round_("P2", "P", "2 09-16", seats=0))
    old = plan(two_modules(*rounds, hire("anna", credits=credited("P:2"))))
    made = plan(two_modules(*rounds, ANNA), "09-01", old)
    assert seats_of(made) == "anna P1-1"
    assert requirement(made, "anna").state == "missing"


def test_the_rest_of_a_cohort_that_has_begun_goes_on_in_one_round_and_in_its_own_when_that_was_published() -> None:
    rounds = (TAKEN, round_("P2", "P", "1 08-31", "2 09-07", "3 09-21"))
    seats = (booked("anna", "P1-1"),)
    made = plan(term(COHORT, *rounds, ANNA, *seats, notice_days=0), "09-02")
    assert seats_of(made) == "anna P1-1, anna P2-2, anna P2-3"
    old = plan(term(COHORT, TAKEN, ANNA))
    assert seats_of(plan(term(COHORT, *rounds, ANNA), "09-02", old)) == "anna P1-1, anna P1-2, anna P1-3"
