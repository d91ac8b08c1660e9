"""What a re-plan changed, and why: forced by a rule, or given up for a level (OUTPUT.md, sheet ``Ändringar``)."""

from __future__ import annotations

import pytest

from models.change import Change, ChangeKind, PlanDiff, Unneeded
from models.ids import Level, RoundStatus, Rule
from models.problem import Quota, TermProblem
from scheduler.answers.differences import diff
from tests.scheduler.build import (
    Part,
    at,
    away,
    credited,
    hire,
    outcome_of,
    plan,
    present,
    problem,
    programme,
    round_,
)

P = programme("P", deadline_months=2)
ANNA, BO = hire("anna"), hire("bo")


def term(*parts: Part) -> TermProblem:
    return problem(*parts)


def changed(before: TermProblem, after: TermProblem) -> PlanDiff:
    former = plan(before)
    outcome = outcome_of(after, "09-01", former)
    assert outcome.plan is not None
    left = [one for one in before.hires if one.id not in after.hire_by_id]
    return diff(former, outcome.plan, outcome.causes, left)


def only(changes: PlanDiff) -> Change:
    (change,) = changes.changes
    return change


def test_an_absence_moves_her_alone_and_says_so() -> None:
    rounds = (round_("P1", "P", "1 09-22"), round_("P2", "P", "1 09-29"))
    found = changed(term(P, *rounds, ANNA, BO), term(P, *rounds, ANNA, BO, away("anna", "09-22")))
    change = only(found)
    assert (change.kind, change.hire, change.forced_by) == (ChangeKind.MOVED, "anna", Rule.ABSENCE)
    assert change.after is not None
    assert change.after.session == "P2-1"
    assert found.unchanged == 1


def test_one_day_of_a_cohort_forces_all_its_days() -> None:
    rounds = (round_("P1", "P", "1 09-22", "2 09-29"), round_("P2", "P", "1 09-23", "2 09-30"))
    two = programme("P", modules=2, deadline_months=2)
    found = changed(term(two, *rounds, ANNA), term(two, *rounds, ANNA, away("anna", "09-29")))
    assert [(c.before and c.before.session, c.forced_by) for c in found.changes] == [
        ("P1-1", Rule.ABSENCE),
        ("P1-2", Rule.ABSENCE),
    ]


def test_a_seat_given_up_names_the_level_and_who_sits_there_now() -> None:
    rounds = (round_("P1", "P", "1 09-22", seats=1), round_("P2", "P", "1 10-13"))
    late = hire("cia", starts="07-24")  # her deadline, 24 September, leaves her the first round only
    found = changed(term(P, *rounds, ANNA), term(P, *rounds, ANNA, late))
    given_up = next(c for c in found.changes if c.hire == "anna")
    assert (given_up.kind, given_up.forced_by) == (ChangeKind.MOVED, None)
    assert (given_up.given_up_for, given_up.in_favour_of) == (Level.ON_TIME, ("cia",))


def test_a_session_moved_onto_another_of_hers_is_told_as_a_clash() -> None:
    q = programme("Q", deadline_months=2, weight=9)
    p1, other = round_("P1", "P", "1 09-22"), round_("Q1", "Q", "1 09-23")
    moved = round_("Q1", "Q", "1 09-22")
    found = changed(term(P, q, p1, other, ANNA), term(P, q, p1, moved, ANNA))
    lost = next(c for c in found.changes if c.programme == "P")
    assert (lost.kind, lost.forced_by) == (ChangeKind.CANCELLED, Rule.CLASH)


def test_another_room_is_a_change_of_details_and_nothing_else() -> None:
    before, after = round_("P1", "P", at("1 09-22", room="A")), round_("P1", "P", at("1 09-22", room="B"))
    change = only(changed(term(P, before, ANNA), term(P, after, ANNA)))
    assert (change.kind, change.forced_by, change.given_up_for) == (ChangeKind.DETAILS, None, None)


def test_whoever_has_left_loses_her_seats_to_the_end_of_employment() -> None:
    rounds = round_("P1", "P", "1 09-22")
    found = changed(term(P, rounds, ANNA, BO), term(P, rounds, BO))
    assert (only(found).kind, only(found).hire, only(found).forced_by) == (ChangeKind.CANCELLED, "anna", Rule.EMPLOYED)
    assert [(one.hire, one.name) for one in found.former] == [("anna", term(P, rounds, ANNA).hire_by_id["anna"].name)]


def causes(changes: PlanDiff) -> list[tuple[str, Rule | None, Level | None]]:
    """Who lost a seat, and why."""
    lost = (c for c in changes.changes if c.before is not None and c.kind is not ChangeKind.DETAILS)
    return [(c.hire, c.forced_by, c.given_up_for) for c in lost]


FOUR = tuple(hire(name) for name in ("anna", "bo", "cia", "dan"))


def test_of_a_round_with_fewer_seats_only_as_many_as_have_to_go_were_forced() -> None:
    def cut(seats: int, least: int) -> PlanDiff:
        other = round_("P2", "P", "1 09-29", status=RoundStatus.PROPOSED, min_participants=least)
        full, fewer = (round_("P1", "P", "1 09-22", seats=number) for number in (4, seats))
        return changed(term(P, full, other, *FOUR), term(P, fewer, other, *FOUR))

    assert [cause for _, *cause in causes(cut(3, 1))] == [[Rule.SEATS, None]]
    # The other round opens for three or not at all: two more give up their seats so that the one who has to go is on
    # time.
    opened = causes(cut(3, 3))
    assert [cause for _, *cause in opened] == [[Rule.SEATS, None], [None, Level.ON_TIME], [None, Level.ON_TIME]]
    assert [cause for _, *cause in causes(cut(2, 2))] == [[Rule.SEATS, None]] * 2


def test_a_seat_that_somebody_more_urgent_took_is_not_said_to_be_missing() -> None:
    full, fewer = (round_("P1", "P", "1 09-22", seats=number) for number in (4, 3))
    urgent = hire("eva", starts="07-24")
    later = round_("P2", "P", "1 10-13")
    found = changed(term(P, full, later, *FOUR), term(P, fewer, later, *FOUR, urgent))
    assert [cause for _, *cause in causes(found)] == [[Rule.SEATS, None], [None, Level.ON_TIME]]
    assert {c.in_favour_of for c in found.changes if c.given_up_for} == {("eva",)}


def test_a_seat_that_a_new_quota_leaves_no_room_for_is_forced_by_the_quota() -> None:
    rounds = (round_("P1", "P", "1 09-22", seats=4), round_("P2", "P", "1 09-29"))
    kept = Quota(round="P1", organisation="B", at_least=2)
    found = changed(term(P, *rounds, *FOUR), term(P, *rounds, *FOUR, kept))
    assert [cause for _, *cause in causes(found)] == [[Rule.QUOTA, None]] * 2


def test_a_rule_that_closed_one_module_is_not_said_of_another_that_went_for_another_reason() -> None:
    two = programme("P", modules=2, cohort=False, deadline_months=2)
    rounds = (
        round_("P1", "P", "1 09-15"),
        round_("P2", "P", "2 09-22"),
        round_("P3", "P", "1 09-24"),
        round_("P4", "P", "2 09-30"),
    )
    found = changed(term(two, *rounds, ANNA), term(two, *rounds, ANNA, away("anna", "09-15")))
    assert causes(found) == [("anna", Rule.ABSENCE, None), ("anna", Rule.ORDER, None)]


NOT_REQUIRED, DONE, ON_OWN = Unneeded.NOT_REQUIRED, Unneeded.DONE, Unneeded.ON_OWN
ONE = round_("P1", "P", "1 09-22")
CHILDREN = programme("P", deadline_months=2, target_groups=("barn",))
NOVICES = programme("P", deadline_months=2, inexperienced_only=True)


def unneeded(before: TermProblem, after: TermProblem) -> list[tuple[str, Unneeded | None, Rule | None]]:
    return [(c.hire, c.unneeded, c.forced_by) for c in changed(before, after).changes]


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        (term(CHILDREN, ONE, hire("anna", target_groups=("barn",))), term(CHILDREN, ONE, ANNA), NOT_REQUIRED),
        (term(NOVICES, ONE, ANNA), term(NOVICES, ONE, hire("anna", experienced=True)), NOT_REQUIRED),
        (term(P, ONE, ANNA), term(P, ONE, hire("anna", programmes=())), NOT_REQUIRED),
        (term(P, ONE, ANNA), term(ANNA), NOT_REQUIRED),
        (term(P, ONE, ANNA), term(P, ONE, hire("anna", credits=credited("P"))), DONE),
        (term(P, ONE, ANNA), term(P, ONE, round_("P0", "P", "1 08-25"), ANNA, present("anna", "P0-1")), DONE),
        (term(P, ONE, ANNA), term(programme("P", own_time=True), ANNA), ON_OWN),
    ],
    ids=["target group", "experience", "own list", "programme gone", "credited", "attended elsewhere", "on own"],
)
def test_a_seat_that_nobody_asks_for_any_more_says_why(was: TermProblem, now: TermProblem, why: Unneeded) -> None:
    assert unneeded(was, now) == [("anna", why, None)]


def test_what_is_not_needed_is_no_fault_of_what_would_have_closed_it_besides() -> None:
    now = term(CHILDREN, ONE, ANNA, away("anna", "09-22"))
    assert unneeded(term(CHILDREN, ONE, hire("anna", target_groups=("barn",))), now) == [("anna", NOT_REQUIRED, None)]


def test_of_a_module_that_is_left_out_the_others_stay() -> None:
    two = programme("P", modules=2, deadline_months=2)
    rounds = round_("P1", "P", "1 09-22", "2 09-29")
    found = changed(term(two, rounds, ANNA, BO), term(P, round_("P1", "P", "1 09-22"), ANNA, BO))
    assert [(c.hire, c.module, c.unneeded) for c in found.changes] == [
        ("anna", 2, NOT_REQUIRED),
        ("bo", 2, NOT_REQUIRED),
    ]
