"""Why a round is not hers: every code of MODEL.md, and which of them comes first."""

import pytest

from models.ids import Level, RoundStatus, Rule
from models.plan import Plan
from models.problem import Quota
from scheduler.answers.probe import Probe
from scheduler.answers.reasons import Explainer
from scheduler.model.build import build
from tests.scheduler.build import (
    EARLY,
    Part,
    absent,
    at,
    away,
    booked,
    closed,
    credited,
    hire,
    plan,
    problem,
    programme,
    requirement,
    round_,
)

# One month from 17 August is 17 September.
P, Q = programme("P", deadline_months=1), programme("Q", deadline_months=1)
HEAVY = programme("Q", deadline_months=1, weight=9)
R1 = round_("R1", "P", "1 09-08")
PROPOSED = RoundStatus.PROPOSED


def reasons(of: Plan, hire_: str = "anna", programme_: str = "P") -> dict[str, str]:
    """The code of each round that is not hers, with the level after it where there is one."""
    found = requirement(of, hire_, programme_).reasons
    return {r.round: f"{r.rule} {r.level}" if r.level else str(r.rule) for r in found}


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        (Rule.CLOSED, (round_("R1", "P", "1 09-08", organisations=("B",)), hire("anna"))),
        (Rule.CLOSED, (round_("R1", "P", "1 09-08", status=RoundStatus.CANCELLED), hire("anna"))),
        (Rule.BREAK, (R1, hire("anna"), closed("09-08", "09-08", "A"))),
        (Rule.ABSENCE, (R1, hire("anna"), away("anna", "09-08"))),
        (Rule.WEEKDAY, (R1, hire("anna", weekdays=(1, 3)))),
        (Rule.EMPLOYED, (round_("R1", "P", "1 08-17"), hire("anna", starts="08-18"))),
        (Rule.ACCESSIBLE, (round_("R1", "P", at("1 09-08", accessible=False)), hire("anna", needs_accessible=True))),
        (Rule.QUOTA, (R1, hire("anna"), Quota(round="R1", organisation="A", at_most=0))),
    ],
)
def test_what_is_closed_to_her_is_named_and_open_to_another(code: Rule, parts: tuple[Part, ...]) -> None:
    made = plan(problem(P, *parts, hire("bo", "B")))
    assert reasons(made) == {"R1": code}
    assert requirement(made, "bo").reasons == () or code is Rule.CLOSED


def test_too_early_in_the_employment_is_named() -> None:
    late = programme("P", deadline_months=1, earliest_day=23)
    assert reasons(plan(problem(late, R1, hire("anna")))) == {"R1": Rule.EARLIEST}


def test_too_short_a_notice_is_named() -> None:
    assert reasons(plan(problem(P, R1, hire("anna"), notice_days=14), "09-01")) == {"R1": Rule.NOTICE}


def test_a_proposal_that_a_fixed_round_keeps_from_running_is_named() -> None:
    proposal = round_("R1", "P", at("1 09-08", trainers=("Eva",)), status=PROPOSED)
    fixed = round_("Q1", "Q", at("1 09-08", trainers=("Eva",)))
    assert reasons(plan(problem(P, Q, proposal, fixed, hire("anna")))) == {"R1": Rule.SHARED}


def test_a_round_that_ends_after_the_deadline_is_named_when_she_is_late_all_the_same() -> None:
    rounds = (round_("R1", "P", "1 09-21"), round_("R2", "P", "1 09-22"))
    made = plan(problem(P, *rounds, hire("anna")))
    assert requirement(made, "anna").state == "late"
    assert reasons(made) == {"R2": Rule.AFTER_DEADLINE}


def test_a_round_that_ends_on_the_deadline_is_not_after_it() -> None:
    rounds = (round_("R1", "P", "1 09-21"), round_("R2", "P", "1 09-17", seats=0))
    assert reasons(plan(problem(P, *rounds, hire("anna")))) == {"R2": Rule.FULL}


def test_another_booking_of_hers_at_the_same_time_is_named() -> None:
    made = plan(problem(P, HEAVY, R1, round_("Q1", "Q", "1 09-08 15-17"), hire("anna")))
    assert reasons(made) == {"R1": Rule.CLASH}


def test_a_week_that_is_full_is_named() -> None:
    made = plan(problem(P, HEAVY, R1, round_("Q1", "Q", "1 09-11"), hire("anna"), weekly_cap=1))
    assert reasons(made) == {"R1": Rule.WEEKLY_CAP}


def test_a_week_with_cases_is_full_earlier() -> None:
    from tests.scheduler.build import day

    carrying = hire("anna", caseload_start=day("09-11"))
    caps = {"weekly_cap": 2, "weekly_cap_with_cases": 1}
    rounds = (R1, round_("Q1", "Q", "1 09-11"))
    assert reasons(plan(problem(P, HEAVY, *rounds, carrying, **caps))) == {"R1": Rule.WEEKLY_CAP}
    assert reasons(plan(problem(P, HEAVY, *rounds, hire("anna"), **caps))) == {}


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        (Rule.ORDER, {}),
        (Rule.GAP, {"ordered": False, "min_gap_days": 7}),
        (Rule.GAP, {"ordered": False, "max_gap_days": 12}),
    ],
)
def test_the_sequence_of_modules_is_named(code: Rule, fields: dict[str, int | bool]) -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1, **fields)
    rounds = (round_("R1", "P", "1 09-10"), round_("R2", "P", "2 09-21"), round_("R3", "P", "2 09-09"))
    if fields.get("max_gap_days"):
        rounds = (*rounds[:2], round_("R3", "P", "2 08-18"))
    made = plan(problem(modules, *rounds, hire("anna")))
    assert requirement(made, "anna").state == "late"
    assert reasons(made) == {"R3": code}


@pytest.mark.parametrize(("when", "code"), [("09-10 13-16", Rule.ORDER), ("09-11 9-12", Rule.GAP)])
def test_out_of_order_comes_before_too_close(when: str, code: Rule) -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1, min_gap_days=2)
    rounds = (round_("R1", "P", "1 09-10 9-12"), round_("R2", "P", "2 09-21"), round_("R3", "P", f"2 {when}"))
    assert reasons(plan(problem(modules, *rounds, hire("anna")))) == {"R3": code}


def test_a_programme_that_must_come_first_is_named_when_it_is_too_late_for_it() -> None:
    school = programme("Q", deadline_months=1, after=("P",))
    rounds = (R1, round_("Q1", "Q", "1 09-21"), round_("Q2", "Q", "1 09-07"))
    made = plan(problem(P, school, *rounds, hire("anna")))
    assert reasons(made, programme_="Q") == {"Q2": Rule.AFTER}


def test_a_programme_that_must_come_first_is_named_when_it_is_not_booked() -> None:
    school = programme("Q", deadline_months=1, after=("P",))
    no_seats = round_("R1", "P", "1 09-01", seats=0)
    made = plan(problem(P, school, no_seats, round_("Q1", "Q", "1 09-07"), hire("anna"), hire("bo", programmes=("Q",))))
    assert reasons(made, programme_="Q") == {"Q1": Rule.AFTER}
    assert requirement(made, "bo", "Q").state == "on_time"


def test_full_is_named_when_all_seats_are_taken() -> None:
    made = plan(problem(P, round_("R1", "P", "1 09-08", seats=1), hire("anna"), hire("bo", priority=2)))
    assert reasons(made) == {"R1": Rule.FULL}
    assert requirement(made, "bo").reasons == ()


def test_full_is_named_when_what_is_free_is_kept_by_a_quota() -> None:
    kept = (round_("R1", "P", "1 09-08", seats=1), Quota(round="R1", organisation="B", at_least=1))
    assert reasons(plan(problem(P, *kept, hire("anna")))) == {"R1": Rule.FULL}
    used_up = (round_("R1", "P", "1 09-08", seats=3), Quota(round="R1", organisation="A", at_most=1))
    made = plan(problem(P, *used_up, hire("anna"), hire("bo", priority=2), hire("eva", "B")))
    assert reasons(made) == {"R1": Rule.FULL}


def test_full_is_asked_of_every_session_of_the_round() -> None:
    second_full = round_("R1", "P", "1 09-07", at("2 09-08", seats=1), seats=5)
    cohort = programme("P", modules=2, deadline_months=1)
    made = plan(problem(cohort, second_full, hire("anna"), hire("bo", priority=2)))
    assert reasons(made) == {"R1": Rule.FULL}


def test_a_proposal_that_would_open_for_one_who_waits_is_too_dear_at_rounds() -> None:
    endless = programme("P", deadline_months=0)
    made = plan(problem(endless, round_("R1", "P", "1 09-08", status=PROPOSED), hire("anna")))
    assert requirement(made, "anna").state == "waiting"
    assert reasons(made) == {"R1": f"{Rule.OUTRANKED} {Level.ROUNDS}"}


def test_a_reserved_seat_is_too_dear_for_one_who_waits() -> None:
    endless = programme("P", deadline_months=0)
    made = plan(problem(endless, round_("R1", "P", "1 09-08", seats=1, reserve=1), hire("anna")))
    assert reasons(made) == {"R1": f"{Rule.OUTRANKED} {Level.RESERVE}"}


def test_a_proposal_with_too_few_to_run_is_outranked_at_rounds() -> None:
    proposal = round_("R1", "P", "1 09-08", status=PROPOSED, min_participants=2)
    made = plan(problem(P, proposal, hire("anna")))
    assert requirement(made, "anna").state == "missing"
    assert reasons(made) == {"R1": f"{Rule.OUTRANKED} {Level.ROUNDS}"}


def test_the_first_code_that_holds_is_given_whichever_session_it_comes_from() -> None:
    two_days = round_("R1", "P", "1 09-07", "1 09-08")
    busy = (hire("anna", weekdays=(2, 3, 4, 5)), away("anna", "09-08"))
    assert reasons(plan(problem(P, two_days, *busy))) == {"R1": Rule.ABSENCE}
    on_break = (*busy, closed("09-08", "09-08", "A"))
    assert reasons(plan(problem(P, two_days, *on_break))) == {"R1": Rule.BREAK}
    cancelled = round_("R1", "P", "1 09-07", at("1 09-08", cancelled=True))
    assert reasons(plan(problem(P, cancelled, *on_break))) == {"R1": Rule.CLOSED}


def test_closed_comes_before_her_other_bookings_and_these_before_full() -> None:
    clash = (round_("Q1", "Q", "1 09-08"), round_("R1", "P", "1 09-08", seats=0))
    made = plan(problem(P, HEAVY, *clash, hire("anna"), hire("bo", programmes=("P",))))
    assert reasons(made) == {"R1": Rule.CLASH}
    assert reasons(made, "bo") == {"R1": Rule.FULL}
    none_of_a = Quota(round="R1", organisation="A", at_most=0)
    assert reasons(plan(problem(P, HEAVY, *clash, hire("anna"), none_of_a))) == {"R1": Rule.QUOTA}


def test_what_is_on_time_or_done_needs_no_reasons() -> None:
    made = plan(problem(P, R1, round_("R2", "P", "1 09-09"), hire("anna"), hire("bo", credits=credited("P"))))
    assert (reasons(made), reasons(made, "bo")) == ({}, {})


def test_a_round_without_any_module_that_she_needs_is_not_named() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1)
    rounds = (round_("R1", "P", "1 09-01"), round_("R2", "P", "2 09-08", seats=0))
    made = plan(problem(modules, *rounds, hire("anna", credits=credited("P:1"))))
    assert reasons(made) == {"R2": Rule.FULL}


def test_each_round_is_named_for_the_first_module_there_that_she_needs() -> None:
    modules = programme("P", modules=2, cohort=False, deadline_months=1)
    rounds = (round_("R1", "P", "1 09-08", "2 09-21"), round_("R2", "P", "1 09-21", "2 09-08"))
    made = plan(problem(modules, *rounds, hire("anna"), away("anna", "09-08")))
    assert requirement(made, "anna").state == "missing"
    assert reasons(made) == {"R1": Rule.ABSENCE, "R2": Rule.AFTER_DEADLINE}


def test_the_round_in_which_her_cohort_began_is_named_when_the_rest_of_it_is_closed() -> None:
    cohort = programme("P", modules=2, deadline_months=1)
    old = plan(problem(cohort, round_("R1", "P", "1 09-01", "2 09-08"), hire("anna")))
    half = round_("R1", "P", "1 09-01", at("2 09-08", cancelled=True))
    made = plan(problem(cohort, half, hire("anna")), "09-02", old)
    assert requirement(made, "anna").state == "missing"
    assert reasons(made) == {"R1": Rule.CLOSED}


def test_a_missed_module_is_explained_by_itself() -> None:
    cohort = programme("P", modules=2, deadline_months=1)
    rounds = (round_("R1", "P", "1 09-01", "2 09-08"), round_("R2", "P", "1 09-10", "2 09-15", seats=0))
    missed = (booked("anna", "R1-1"), booked("anna", "R1-2"), absent("anna", "R1-1"))
    made = plan(problem(cohort, *rounds, hire("anna"), *missed), "09-02")
    assert requirement(made, "anna").state == "missing"
    assert reasons(made) == {"R2": Rule.FULL}


@pytest.mark.parametrize(("ended", "explained"), [(False, ["anna", "bo", "cia"]), (True, ["anna"])])
def test_once_it_is_time_to_end_only_so_many_rounds_more_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, ended: bool, explained: list[str]
) -> None:
    monkeypatch.setattr("scheduler.answers.reasons.LAST_REASONS", 1)
    model = build(problem(P, round_("R1", "P", "1 09-08", seats=0), *map(hire, ("anna", "bo", "cia"))), EARLY, None)
    probe = Probe(model, model.start, list(model.objectives), 1, should_stop=lambda: ended)
    assert [name for name, _ in Explainer(probe).reasons()] == explained


def test_who_is_locked_to_a_round_by_hand_is_told_so_of_the_others() -> None:
    rounds = (R1, round_("R2", "P", "1 09-22"), round_("R3", "P", "1 09-09", status=RoundStatus.CANCELLED))
    made = plan(problem(P, *rounds, hire("anna"), hire("bo"), booked("anna", "R2-1")))
    assert [(r.round, r.locked) for r in requirement(made, "anna").reasons] == [("R1", "R2"), ("R3", None)]
    full = plan(
        problem(P, round_("R1", "P", "1 09-08", seats=1), rounds[1], hire("anna"), hire("bo"), booked("anna", "R2-1"))
    )
    assert [(r.round, r.rule, r.locked) for r in requirement(full, "anna").reasons] == [("R1", Rule.FULL, "R2")]


def test_a_lock_of_one_module_is_not_said_of_another() -> None:
    free = programme("P", modules=2, cohort=False, ordered=False, deadline_months=1)
    rounds = (
        round_("R1", "P", "1 09-08", seats=1),
        round_("R2", "P", "1 09-22"),
        round_("R3", "P", "2 09-09", seats=1),
        round_("R4", "P", "2 09-24"),
    )
    term = problem(free, *rounds, hire("anna"), hire("bo", priority=9), booked("anna", "R2-1"))
    assert [(r.round, r.locked) for r in requirement(plan(term), "anna").reasons] == [("R1", "R2"), ("R3", None)]
