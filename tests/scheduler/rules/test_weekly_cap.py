"""Rule 9, ``veckotak``, alone. Monday 7 September begins week 37."""

import pytest

from models.ids import Rule, State
from models.problem import TermProblem
from scheduler.rules import weekly_cap
from tests.scheduler.build import allows, booked, day, hire, plan, problem, programme, requirement, round_

P, Q, S = programme("P"), programme("Q"), programme("S")
ROUNDS = (round_("P1", "P", "1 09-07"), round_("Q1", "Q", "1 09-08"), round_("S1", "S", "1 09-11"))
LATER = (round_("S2", "S", "1 09-14"),)


def test_as_many_course_days_in_a_week_as_the_cap_and_no_more() -> None:
    term = problem(P, Q, S, *ROUNDS, *LATER, hire("anna"), hire("bo"), weekly_cap=2)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "bo S1")
    assert not allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna S1")


def test_a_week_ends_on_sunday() -> None:
    term = problem(P, Q, S, *ROUNDS, *LATER, hire("anna"), weekly_cap=2)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna S2")


def test_the_same_week_number_of_another_year_is_another_week() -> None:
    rounds = (round_("P1", "P", "1 2026-12-31"), round_("Q1", "Q", "1 2027-01-01"), round_("S1", "S", "1 2027-01-04"))
    long = {"horizon_end": "2027-02-01", "weekly_cap": 2}
    assert allows(problem(P, Q, S, *rounds, hire("anna"), **long), weekly_cap.post, "anna P1", "anna Q1", "anna S1")
    narrow = problem(P, Q, S, *rounds, hire("anna"), **long | {"weekly_cap": 1})
    assert not allows(narrow, weekly_cap.post, "anna P1", "anna Q1")


def test_two_meetings_on_one_day_are_one_course_day() -> None:
    rounds = (round_("P1", "P", "1 09-07 9-12"), round_("Q1", "Q", "1 09-07 13-16"), round_("S1", "S", "1 09-08"))
    term = problem(P, Q, S, *rounds, hire("anna"), weekly_cap=1)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1")
    assert not allows(term, weekly_cap.post, "anna P1", "anna S1")


def test_days_held_count() -> None:
    term = problem(P, Q, S, *ROUNDS, hire("anna"), hire("bo"), booked("anna", "P1-1"), weekly_cap=2)
    wednesday = day("09-08")
    assert allows(term, weekly_cap.post, "anna Q1", today=wednesday)
    assert not allows(term, weekly_cap.post, "anna Q1", "anna S1", today=wednesday)
    assert allows(term, weekly_cap.post, "bo Q1", "bo S1", today=wednesday)


def test_a_week_already_too_full_of_days_held_takes_no_more_and_stops_no_plan() -> None:
    term = problem(P, Q, S, *ROUNDS, *LATER, hire("anna"), booked("anna", "P1-1"), booked("anna", "Q1-1"), weekly_cap=1)
    assert allows(term, weekly_cap.post, today=day("09-09"))
    assert allows(term, weekly_cap.post, "anna S2", today=day("09-09"))
    assert not allows(term, weekly_cap.post, "anna S1", today=day("09-09"))


def test_the_lower_cap_holds_in_a_week_with_a_course_day_on_or_after_the_caseload_start() -> None:
    caps = {"weekly_cap": 3, "weekly_cap_with_cases": 2}
    on_that_day = problem(P, Q, S, *ROUNDS, hire("anna", caseload_start=day("09-11")), hire("bo"), **caps)
    the_day_after = problem(P, Q, S, *ROUNDS, hire("anna", caseload_start=day("09-12")), **caps)
    week = ("anna P1", "anna Q1", "anna S1")
    assert not allows(on_that_day, weekly_cap.post, *week)
    assert allows(on_that_day, weekly_cap.post, "anna P1", "anna S1", "bo P1", "bo Q1", "bo S1")
    assert allows(the_day_after, weekly_cap.post, *week)


def test_course_days_before_the_caseload_start_alone_keep_the_higher_cap() -> None:
    rounds = (*ROUNDS, round_("T1", "T", "1 09-09"))
    carrying = hire("anna", caseload_start=day("09-11"))
    caps = {"weekly_cap": 3, "weekly_cap_with_cases": 2}
    term = problem(P, Q, S, programme("T"), *rounds, carrying, **caps)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna T1")
    assert not allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna S1")


def test_a_week_wholly_after_the_caseload_start_has_the_lower_cap() -> None:
    caps = {"weekly_cap": 3, "weekly_cap_with_cases": 2}
    term = problem(P, Q, S, *ROUNDS, hire("anna", caseload_start=day("08-24")), hire("bo"), **caps)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "bo P1", "bo Q1", "bo S1")
    assert not allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna S1")


def test_a_day_held_on_or_after_the_caseload_start_brings_the_lower_cap() -> None:
    caps = {"weekly_cap": 3, "weekly_cap_with_cases": 2}
    carrying, today = hire("anna", caseload_start=day("09-07")), day("09-08")
    term = problem(P, Q, S, *ROUNDS, carrying, booked("anna", "P1-1"), **caps)
    assert allows(term, weekly_cap.post, "anna Q1", today=today)
    assert not allows(term, weekly_cap.post, "anna Q1", "anna S1", today=today)


def test_a_day_held_before_the_caseload_start_counts_against_the_lower_cap_too() -> None:
    caps = {"weekly_cap": 2, "weekly_cap_with_cases": 1}
    carrying, today = hire("anna", caseload_start=day("09-11")), day("09-08")
    term = problem(P, Q, S, *ROUNDS, carrying, booked("anna", "P1-1"), **caps)
    assert allows(term, weekly_cap.post, "anna Q1", today=today)
    assert not allows(term, weekly_cap.post, "anna S1", today=today)


def half_days(*extra: object, **settings: object) -> TermProblem:
    """Three programmes with three hours each on three days of one week; half a course day is three hours."""
    rounds = (round_("P1", "P", "1 09-07 9-12"), round_("Q1", "Q", "1 09-08 9-12"), round_("S1", "S", "1 09-11 9-12"))
    return problem(P, Q, S, *rounds, *extra, hire("anna"), hire("bo"), half_day_minutes=180, **settings)


ALL_THREE = ("anna P1", "anna Q1", "anna S1")


@pytest.mark.parametrize(("cap", "allowed"), [(1, False), (1.5, True), (2, True)])
def test_a_short_day_counts_a_half(cap: float, allowed: bool) -> None:
    term = half_days(weekly_cap=cap)
    assert allows(term, weekly_cap.post, *ALL_THREE) == allowed
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "bo P1", "bo S1")


@pytest.mark.parametrize(("end", "allowed"), [("12", True), ("12:01", False)])
def test_a_day_that_lasts_a_minute_longer_is_a_whole_one(end: str, allowed: bool) -> None:
    term = half_days(round_("S2", "S", f"1 09-11 9-{end}"), weekly_cap=1.5)
    assert allows(term, weekly_cap.post, "anna P1", "anna Q1", "anna S2", "bo P1") == allowed


def test_the_meetings_of_a_day_are_added_up() -> None:
    second = (programme("T"), round_("T1", "T", "1 09-07 13-16"), round_("T2", "T", "1 09-09 13-16"))
    term = half_days(*second, weekly_cap=1.5)
    assert allows(term, weekly_cap.post, "anna P1", "anna T1", "anna Q1")
    assert not allows(term, weekly_cap.post, "anna P1", "anna T1", *ALL_THREE[1:])
    assert allows(half_days(*second, weekly_cap=2), weekly_cap.post, *ALL_THREE, "anna T2")
    assert not allows(half_days(*second, weekly_cap=1.5), weekly_cap.post, *ALL_THREE, "anna T2")


def test_two_short_meetings_within_the_half_day_are_one_half() -> None:
    second = (programme("T"), round_("T1", "T", "1 09-07 13-14"), round_("T2", "T", "1 09-07 13-16"))
    term = half_days(*second, weekly_cap=1.5)
    term = term.model_copy(update={"settings": term.settings.model_copy(update={"half_day_minutes": 240})})
    assert allows(term, weekly_cap.post, *ALL_THREE, "anna T1")
    assert not allows(term, weekly_cap.post, *ALL_THREE, "anna T2")


def test_the_lower_cap_counts_halves_too() -> None:
    starts = {"caseload_start": day("09-11")}
    term = half_days(hire("eva", **starts), weekly_cap=3, weekly_cap_with_cases=1)
    assert not allows(term, weekly_cap.post, "eva P1", "eva Q1", "eva S1")
    assert allows(term, weekly_cap.post, "eva P1", "eva S1")
    assert allows(term, weekly_cap.post, *ALL_THREE)


@pytest.mark.parametrize(("end", "allowed"), [("12", True), ("16", False)])
def test_a_day_held_counts_what_it_lasted(end: str, allowed: bool) -> None:
    extra = (programme("T"), round_("T1", "T", f"1 09-07 9-{end}"), booked("anna", "T1-1"))
    term = half_days(*extra, weekly_cap=1.5)
    assert allows(term, weekly_cap.post, "anna Q1", "anna S1", today=day("09-08")) == allowed
    assert allows(term, weekly_cap.post, "bo Q1", "bo S1", today=day("09-08"))


def test_without_the_setting_every_day_is_a_whole_one() -> None:
    term = half_days(weekly_cap=2)
    term = term.model_copy(update={"settings": term.settings.model_copy(update={"half_day_minutes": None})})
    assert not allows(term, weekly_cap.post, *ALL_THREE)


def test_a_reason_counts_halves_as_the_rule_does() -> None:
    full = (round_("S3", "S", "1 09-09 9-16"), booked("anna", "P1-1"), booked("anna", "Q1-1"))
    assert requirement(plan(half_days(*full, weekly_cap=1.5)), "anna", "S").state is State.ON_TIME
    lost = half_days(*full[1:], round_("S4", "S", "1 09-09 9-16"), weekly_cap=1.5)
    only_long = lost.model_copy(
        update={
            "rounds": tuple(r for r in lost.rounds if r.id != "S1"),
            "sessions": tuple(s for s in lost.sessions if s.round != "S1"),
        }
    )
    need = requirement(plan(only_long), "anna", "S")
    assert [(r.round, r.rule) for r in need.reasons] == [("S4", Rule.WEEKLY_CAP)]
