"""Presence without a booking: the module is done on that session's date, which rule 10 goes by (INPUT.md, närvaro)."""

from __future__ import annotations

from datetime import date

from models.ids import State
from models.problem import TermProblem
from tests.scheduler.build import credited, hire, plan, present, problem, programme, round_

P = programme("P", cohort=False, min_gap_days=20, modules=2, deadline_months=4)
ROUNDS = (round_("A", "P", "1 08-25"), round_("B", "P", "2 09-10"), round_("C", "P", "2 09-15"))


def term(*hires: str) -> TermProblem:
    return problem(P, *ROUNDS, *(hire(name) for name in hires), present(hires[0], "A-1"))


def test_the_distance_counts_from_the_day_on_which_she_was_present() -> None:
    made = plan(term("anna"), "09-01")
    assert [(b.hire, b.session) for b in made.bookings] == [("anna", "C-2")]


def test_another_with_nothing_known_takes_the_earlier_one_only_if_its_distance_holds() -> None:
    both = problem(P, *ROUNDS, hire("anna"), hire("bo", credits=credited("P:1")), present("anna", "A-1"))
    made = plan(both, "09-01")
    assert [(b.hire, b.session) for b in made.bookings] == [("anna", "C-2"), ("bo", "B-2")]


def test_a_requirement_that_presence_made_done_was_completed_that_day() -> None:
    one = programme("P", cohort=False, modules=1, deadline_months=4)
    made = plan(problem(one, round_("A", "P", "1 08-25"), hire("anna"), present("anna", "A-1")), "09-01")
    (requirement,) = made.requirements
    assert (requirement.state, requirement.completed_on) == (State.DONE, date(2026, 8, 25))
