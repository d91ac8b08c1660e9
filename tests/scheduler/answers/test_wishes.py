"""Wishes as rows of the input: what they ask for, what they replace, and what makes no sense."""

from __future__ import annotations

import pytest

from models.moving import BarWish, MoveWish, Wishes
from models.problem import Barred, TermProblem
from scheduler.answers.wishes import Fault, WishedProblem, WishError, with_wishes
from tests.scheduler.build import Part, absent, booked, credited, hire, plan, problem, programme, round_

COHORT = programme("P", 2, cohort=True)
LOOSE = programme("L", 2, cohort=False)
ROUNDS = (
    round_("P1", "P", "1 09-01", "2 09-08"),
    round_("P2", "P", "1 10-06", "2 10-13"),
    round_("L1", "L", "1 09-02", "2 09-09"),
    round_("L2", "L", "2 10-07"),
)
TERM = problem(COHORT, LOOSE, *ROUNDS, hire("anna"), hire("eva", programmes=("L",), credits=credited("L:1")))


def move(hire_: str, programme_: str, there: str, module: int | None = None) -> Wishes:
    return Wishes(moves=(MoveWish(hire=hire_, programme=programme_, module=module, round=there),))


def bar(hire_: str, there: str) -> Wishes:
    return Wishes(bars=(BarWish(hire=hire_, round=there),))


def together(*wishes: Wishes) -> Wishes:
    return Wishes(moves=tuple(m for w in wishes for m in w.moves), bars=tuple(b for w in wishes for b in w.bars))


def wished(wishes: Wishes, term: TermProblem = TERM, today: str = "08-03") -> WishedProblem:
    first = plan(term)
    return with_wishes(term, plan(term, today, first) if today != "08-03" else first, wishes)


def decided(found: WishedProblem) -> str:
    return " ".join(f"{row.hire}:{row.session}" for row in found.problem.bookings)


def test_a_cohort_is_wished_with_all_its_modules_and_other_programmes_with_what_the_round_holds() -> None:
    assert decided(wished(move("anna", "P", "P2"))) == "anna:P2-1 anna:P2-2"
    assert decided(wished(move("anna", "L", "L2"))) == "anna:L2-2"
    assert decided(wished(move("anna", "L", "L1", 1))) == "anna:L1-1"


def test_what_is_credited_is_not_booked_again() -> None:
    assert decided(wished(move("eva", "L", "L1"))) == "eva:L1-2"


def test_what_was_held_is_not_booked_again_and_what_was_missed_is() -> None:
    term = problem(LOOSE, *ROUNDS[2:], round_("L3", "L", "1 11-02", "2 11-09"), hire("anna", programmes=("L",)))
    assert decided(wished(move("anna", "L", "L3"), term, "09-05")) == "anna:L3-2"
    missed = problem(*_parts_of(term), absent("anna", "L1-1"))
    first = plan(term)
    again = plan(missed, "09-05", first)
    assert decided(with_wishes(missed, again, move("anna", "L", "L3"))) == "anna:L3-1 anna:L3-2"


def _parts_of(term: TermProblem) -> tuple[Part, ...]:
    return (LOOSE, *ROUNDS[2:], round_("L3", "L", "1 11-02", "2 11-09"), *term.hires)


def test_an_earlier_opposite_wish_is_replaced_and_no_other() -> None:
    rows = (booked("anna", "P1-1"), booked("anna", "P1-2"), booked("anna", "L1-1"))
    term = problem(COHORT, LOOSE, *ROUNDS, hire("anna"), *rows)
    found = wished(move("anna", "P", "P2"), term)
    assert decided(found) == "anna:L1-1 anna:P2-1 anna:P2-2"
    assert not found.only_tighter, "a plan without the earlier wish may be better"


def test_a_bar_replaces_the_wish_for_that_round_and_a_wish_the_bar() -> None:
    first = wished(move("anna", "P", "P2"))
    barred = with_wishes(first.problem, plan(first.problem), bar("anna", "P2"))
    assert decided(barred) == ""
    assert barred.problem.barred == (Barred(hire="anna", round="P2"),)
    back = with_wishes(barred.problem, barred.plan, move("anna", "P", "P2"))
    assert back.problem.barred == ()
    assert decided(back) == "anna:P2-1 anna:P2-2"
    assert not back.only_tighter


def test_what_is_so_already_is_told() -> None:
    assert wished(move("anna", "P", "P1")).already == move("anna", "P", "P1")
    assert wished(move("anna", "P", "P2")).already == Wishes()
    barred = wished(bar("anna", "P2"))
    assert barred.already == Wishes()
    assert with_wishes(barred.problem, barred.plan, bar("anna", "P2")).already == bar("anna", "P2")


def test_a_seat_within_the_notice_opens_what_was_closed() -> None:
    near = problem(COHORT, LOOSE, *ROUNDS, hire("anna"), notice_days=80)
    assert not with_wishes(near, plan(near), move("anna", "P", "P2")).only_tighter
    far = problem(COHORT, LOOSE, *ROUNDS, hire("anna"), notice_days=50)
    assert with_wishes(far, plan(far), move("anna", "P", "P2")).only_tighter


def test_a_meeting_that_was_held_without_her_is_named() -> None:
    term = problem(COHORT, *ROUNDS[:2], hire("anna", starts="09-02", programmes=("P",)))
    found = with_wishes(term, plan(term, "09-03"), move("anna", "P", "P1"))
    assert found.past == (("anna", "P1-1"),)


@pytest.mark.parametrize(
    ("wishes", "fault"),
    [
        (move("eva", "P", "P1"), Fault.NOT_REQUIRED),
        (bar("eva", "P1"), Fault.NOT_REQUIRED),
        (move("eva", "L", "L1", 1), Fault.DONE),
        (move("anna", "P", "L1"), Fault.OTHER_PROGRAMME),
        (move("anna", "L", "L1", 3), Fault.NO_MODULE),
        (move("anna", "L", "L2", 1), Fault.NOT_HELD_THERE),
        (move("anna", "P", "P2", 1), Fault.ONLY_TOGETHER),
        (together(move("anna", "P", "P1"), move("anna", "P", "P2")), Fault.CONTRADICTED),
        (together(move("anna", "P", "P1"), bar("anna", "P1")), Fault.CONTRADICTED),
    ],
)
def test_a_wish_that_makes_no_sense_says_why(wishes: Wishes, fault: Fault) -> None:
    with pytest.raises(WishError) as raised:
        wished(wishes)
    assert raised.value.fault is fault
