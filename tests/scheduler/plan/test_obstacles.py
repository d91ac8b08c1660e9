"""Why a wish cannot be had: the rule that says no, and the seat that stands in the way."""

from __future__ import annotations

import pytest

from models.ids import Level, RoundStatus, Rule
from models.moving import BarWish, MoveOutcome, MovePrice, MoveWish, Obstacle, SeatMove, Wishes
from models.problem import Quota, TermProblem
from scheduler.answers.wishes import with_wishes
from scheduler.plan.moving import try_moves
from tests.scheduler.build import (
    EARLY,
    WITHOUT_SUGGESTIONS,
    Part,
    away,
    booked,
    hire,
    plan,
    problem,
    programme,
    round_,
)

P, Q = programme("P"), programme("Q")


def price(term: TermProblem, wish: str, today: str = "08-03") -> MovePrice:
    """``"anna P R2"``."""
    who, what, there = wish.split()
    wishes = Wishes(moves=(MoveWish(hire=who, programme=what, round=there),))
    first = plan(term)
    now = first if today == "08-03" else plan(term, today, first)
    return try_moves(with_wishes(term, now, wishes), options=WITHOUT_SUGGESTIONS).price


def after(outcome: MoveOutcome) -> dict[Level, int]:
    return {level.name: level.after for level in outcome.levels}


def test_a_full_round_has_the_others_seats_in_the_way_and_one_of_them_makes_room_at_best() -> None:
    full = round_("R1", "P", "1 09-01", seats=1)
    term = problem(P, full, round_("R2", "P", "1 09-08"), hire("anna", starts="08-18"), hire("bo"))
    found = price(term, "anna P R1")
    assert found.alone.obstacle == Obstacle(rule=Rule.SEATS, seats=(("bo", "R1-1"),), round="R1")
    assert found.best.possible
    assert found.best.own == (SeatMove(hire="anna", programme="P", module=1, before="R2", after="R1"),)
    assert [(move.hire, move.before, move.after) for move in found.best.others] == [("bo", "R1", "R2")]
    assert after(found.best)[Level.CHANGES] == 2


def test_her_own_seat_is_named_where_it_cannot_move() -> None:
    """Q has one round only, which lies on the day of the wish: with a seat decided there it stands in the way."""
    term = problem(
        P, Q, round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-08"), round_("Q1", "Q", "1 09-08"),
        hire("anna"), booked("anna", "Q1-1"),
    )  # fmt: skip
    found = price(term, "anna P R2")
    assert found.alone.obstacle is not None
    assert found.alone.obstacle.rule is Rule.CLASH
    assert not found.best.possible
    assert found.best.obstacle == found.alone.obstacle


def test_her_other_programme_gives_way_where_it_can() -> None:
    term = problem(
        P, Q, round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-08"), round_("Q1", "Q", "1 09-08"),
        round_("Q2", "Q", "1 09-15"), hire("anna"),
    )  # fmt: skip
    found = price(term, "anna P R2").alone
    assert [(move.programme, move.after) for move in found.own] == [("P", "R2"), ("Q", "Q2")]
    assert after(found)[Level.ON_TIME] == 0


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (Rule.CLOSED, (round_("R2", "P", "1 09-08", organisations=("B",)), hire("anna"))),
        (Rule.CLOSED, (round_("R2", "P", "1 09-08", status=RoundStatus.CANCELLED), hire("anna"))),
        (Rule.ABSENCE, (round_("R2", "P", "1 09-08"), hire("anna"), away("anna", "09-08"))),
        (Rule.QUOTA, (round_("R2", "P", "1 09-08"), hire("anna"), Quota(round="R2", organisation="A", at_most=0))),
        (
            Rule.MIN_PARTICIPANTS,
            (round_("R2", "P", "1 09-08", status=RoundStatus.PROPOSED, min_participants=3), hire("anna")),
        ),
    ],
)
def test_the_rule_that_closes_the_round_is_told_for_both_answers(rule: Rule, parts: tuple[Part, ...]) -> None:
    term = problem(P, round_("R1", "P", "1 09-01"), *parts, hire("eva"))
    found = price(term, "anna P R2")
    for outcome in (found.alone, found.best):
        assert not outcome.possible
        assert outcome.obstacle is not None
        assert outcome.obstacle.rule is rule
        assert outcome.levels == ()


def test_a_seat_within_the_notice_is_not_given_up() -> None:
    term = problem(P, round_("R1", "P", "1 09-01"), round_("R2", "P", "1 10-06"), hire("anna"), notice_days=14)
    found = price(term, "anna P R2", today="08-25")
    assert found.best.obstacle == Obstacle(rule=Rule.NOTICE, seats=(("anna", "R1-1"),))


def test_a_wish_may_be_for_a_seat_within_the_notice() -> None:
    term = problem(P, round_("R1", "P", "1 09-01"), round_("R2", "P", "1 08-31"), hire("anna"), booked("anna", "R1-1"))
    near = term.model_copy(update={"settings": term.settings.model_copy(update={"notice_days": 21}), "bookings": ()})
    first = plan(term)
    wishes = Wishes(moves=(MoveWish(hire="anna", programme="P", round="R2"),))
    assert try_moves(with_wishes(near, first, wishes), options=WITHOUT_SUGGESTIONS).price.best.possible
    assert first.planning_date == EARLY


def test_who_is_named_and_who_is_not_are_told_apart_with_what_it_is_for() -> None:
    """Bo is late in R2, so for level on_time he goes to R3 when anna takes his seat."""
    term = problem(
        programme("P", deadline_months=1), round_("R1", "P", "1 09-01", seats=1), round_("R2", "P", "1 09-10", seats=1),
        round_("R3", "P", "1 10-20"), hire("anna"), hire("bo"), hire("eva", programmes=()),
    )  # fmt: skip
    first = plan(term)
    mine, hers = (next(b.round for b in first.bookings if b.hire == h) for h in ("anna", "bo"))
    found = price(term, f"anna P {hers}")
    assert {move.hire for move in found.best.own} == {"anna"}
    assert [(move.hire, move.before, move.after) for move in found.best.others] == [("bo", hers, mine)]


def test_a_barred_seat_that_its_round_needs_is_no_answer_alone() -> None:
    """The proposal R2 needs two; with anna barred from it bo has to leave too, which he does not alone."""
    proposal = round_("R2", "P", "1 09-08", seats=2, status=RoundStatus.PROPOSED, min_participants=2)
    term = problem(P, round_("R1", "P", "1 09-15", seats=0), proposal, hire("anna"), hire("bo"))
    bar = Wishes(bars=(BarWish(hire="anna", round="R2"),))
    found = try_moves(with_wishes(term, plan(term), bar), options=WITHOUT_SUGGESTIONS).price
    assert found.alone.obstacle == Obstacle(rule=Rule.MIN_PARTICIPANTS, seats=(("bo", "R2-1"),), round="R2")
    assert [(move.hire, move.after) for move in found.best.others] == [("bo", None)]
    assert after(found.best)[Level.CHANGES] == 1, "bo's seat counts, anna's is impossible"
