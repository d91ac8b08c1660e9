"""Who goes on to the next term, and what she has done by then."""

from datetime import date

import pytest

from models.ids import State
from models.problem import TermProblem
from scheduler.answers.next_term import carried, carry_over
from tests.scheduler.build import (
    EARLY,
    absent,
    away,
    booked,
    closed,
    credited,
    day,
    hire,
    plan,
    present,
    problem,
    programme,
    requirement,
    round_,
)

LATER = day("10-05")


def next_term(term: TermProblem, today: date = EARLY) -> TermProblem:
    return carry_over(term, plan(term, today))


def credits_of(term: TermProblem, hire_: str) -> set[str]:
    credits_ = term.hire_by_id[hire_].credits
    return {c.programme if c.module is None else f"{c.programme}:{c.module}" for c in credits_}


def test_who_missed_or_waits_goes_on_and_who_has_a_seat_does_not() -> None:
    one_seat = problem(
        programme(),
        round_("R1", "P", "1 09-01", seats=1),
        hire("anna", priority=2),
        hire("bo"),
        hire("cecilia", starts="12-01"),
        horizon_end=day("12-31"),
    )
    made = plan(one_seat)
    states = {h: requirement(made, h).state for h in ("anna", "bo", "cecilia")}
    assert states == {"anna": State.ON_TIME, "bo": State.MISSING, "cecilia": State.WAITING}
    assert carried(one_seat, made) == {("bo", "P"), ("cecilia", "P")}
    assert [h.id for h in carry_over(one_seat, made).hires] == ["bo", "cecilia"]


def test_who_is_late_but_booked_will_be_done() -> None:
    term = problem(programme(deadline_months=1), round_("R1", "P", "1 10-20"), hire("anna"))
    assert requirement(plan(term), "anna").state is State.LATE
    assert next_term(term).hires == ()


@pytest.mark.parametrize(("last_day", "goes_on"), [("12-31", False), ("2027-01-01", True)])
def test_who_leaves_with_the_term_does_not_go_on(last_day: str, goes_on: bool) -> None:
    term = problem(programme(), round_("R1", "P", "1 08-20"), hire("bo", ends=day(last_day)), horizon_end=day("12-31"))
    assert bool(next_term(term, LATER).hires) is goes_on


def test_a_booked_programme_is_credited_beside_the_one_that_remains() -> None:
    term = problem(
        programme("P"),
        programme("Q"),
        round_("R1", "P", "1 09-01"),
        hire("anna"),
    )
    assert credits_of(next_term(term), "anna") == {"P"}


def test_what_was_credited_before_is_kept_module_by_module() -> None:
    term = problem(programme(modules=3), round_("R1", "P", "1 09-01", "2 09-08"), hire("anna", credits=credited("P:1")))
    assert credits_of(next_term(term), "anna") == {"P:1"}


def test_a_module_that_was_held_is_done_and_the_missed_one_remains() -> None:
    term = problem(
        programme(modules=2),
        round_("R1", "P", "1 09-01", "2 09-08"),
        hire("anna"),
        booked("anna", "R1-1"),
        booked("anna", "R1-2"),
        absent("anna", "R1-2"),
    )
    assert credits_of(next_term(term, LATER), "anna") == {"P:1"}


def test_a_module_with_two_meetings_is_done_when_both_were_attended() -> None:
    term = problem(
        programme(modules=2),
        round_("R1", "P", "1 09-01", "1 09-02", "2 09-08", "2 09-09"),
        hire("anna"),
        *(booked("anna", session) for session in ("R1-1", "R1-1-2", "R1-2", "R1-2-2")),
        absent("anna", "R1-2-2"),
    )
    assert credits_of(next_term(term, LATER), "anna") == {"P:1"}


def test_who_came_without_a_seat_has_the_module_credited() -> None:
    term = problem(programme(modules=2), round_("R1", "P", "1 09-01", "2 09-08"), hire("anna"), present("anna", "R1-1"))
    assert credits_of(next_term(term, LATER), "anna") == {"P:1"}


def test_rounds_go_and_what_lasts_beyond_the_term_stays() -> None:
    term = problem(
        programme(),
        round_("R1", "P", "1 08-20"),
        hire("anna"),
        hire("bo", credits=credited("P")),
        away("anna", "12-20", "2027-01-10"),
        away("anna", "10-01", "10-02"),
        away("bo", "12-20", "2027-01-10"),
        closed("12-21", "2027-01-06"),
        closed("10-26", "10-30"),
        horizon_end=day("12-31"),
    )
    after = next_term(term, LATER)
    assert (after.rounds, after.sessions, after.quotas, after.bookings, after.attendance) == ((), (), (), (), ())
    assert [(a.hire, a.last) for a in after.absences] == [("anna", day("2027-01-10"))]
    assert [b.last for b in after.breaks] == [day("2027-01-06")]
    assert after.programmes == term.programmes
    assert after.hire_by_id["anna"] == term.hire_by_id["anna"]
