"""Who hangs together with whom: what links hires, what does not, and what each group is told of the term."""

from __future__ import annotations

import pytest

from models.ids import RoundStatus
from models.plan import Plan
from models.problem import Quota, TermProblem
from scheduler.plan.groups import Group, groups_of, narrowed, narrowed_plan
from scheduler.solvers.clock import TimeIsUpError
from tests.scheduler.build import EARLY, absent, at, away, booked, credited, hire, plan, problem, programme, round_

P = programme("P")
ROUNDS = (round_("A1", "P", "1 09-01", organisations=("A",)), round_("B1", "P", "1 09-02", organisations=("B",)))
ANNA, BO = hire("anna", "A"), hire("bo", "B")


def hires(of: TermProblem, previous: Plan | None = None) -> list[tuple[str, ...]]:
    return [group.hires for group in groups_of(of, EARLY, previous)]


def test_administrations_without_a_round_in_common_fall_apart() -> None:
    assert hires(problem(P, *ROUNDS, ANNA, BO)) == [("anna",), ("bo",)]


def test_a_round_open_to_both_links_them() -> None:
    assert hires(problem(P, *ROUNDS, round_("C1", "P", "1 09-03"), ANNA, BO)) == [("anna", "bo")]


def test_a_round_of_a_programme_that_only_one_still_needs_links_nobody() -> None:
    done = hire("bo", "B", credits=credited("Q"))
    both = round_("Q1", "Q", "1 09-03")
    assert hires(problem(P, programme("Q"), *ROUNDS, both, ANNA, done)) == [("anna",), ("bo",)]


def test_a_cancelled_round_links_nobody() -> None:
    cancelled = round_("C1", "P", "1 09-03", status=RoundStatus.CANCELLED)
    assert hires(problem(P, *ROUNDS, cancelled, ANNA, BO)) == [("anna",), ("bo",)]


def test_one_administration_hangs_together_for_its_share_of_late_requirements_is_one() -> None:
    apart = problem(
        P,
        programme("Q"),
        *ROUNDS,
        round_("Q1", "Q", "1 09-03", organisations=("A",)),
        hire("anna", "A", programmes=("P",)),
        hire("ann", "A", programmes=("Q",)),
    )
    assert hires(apart) == [("ann", "anna")]


def test_a_given_seat_links_with_the_round_it_is_in() -> None:
    assert hires(problem(P, *ROUNDS, ANNA, BO, booked("bo", "A1-1"))) == [("anna", "bo")]


def test_a_published_seat_links_with_the_round_it_is_in() -> None:
    previous = plan(problem(P, round_("A1", "P", "1 09-01"), BO))
    assert hires(problem(P, *ROUNDS, ANNA, BO), previous) == [("anna", "bo")]


def test_proposals_that_share_a_trainer_link_their_hires_and_a_fixed_round_does_not() -> None:
    def sharing(status: RoundStatus) -> TermProblem:
        eva = at("1 09-01", trainers=("Eva",))
        one = round_("A1", "P", eva, organisations=("A",), status=RoundStatus.PROPOSED)
        return problem(P, one, round_("B1", "P", eva, organisations=("B",), status=status), ANNA, BO)

    assert hires(sharing(RoundStatus.PROPOSED)) == [("anna", "bo")]
    assert hires(sharing(RoundStatus.FIXED)) == [("anna",), ("bo",)]


def test_who_has_no_choice_and_who_has_left_go_with_the_first() -> None:
    previous = plan(problem(P, *ROUNDS, hire("cecilia", "A")))
    assert hires(problem(P, *ROUNDS, BO, hire("david", "D")), previous) == [("bo", "cecilia", "david")]
    assert hires(problem(P, hire("david", "D"), hire("eva", "E"))) == [("david", "eva")]
    assert hires(problem(P)) == [()]


def test_the_size_is_the_number_of_bookings_to_choose_among() -> None:
    more = round_("A2", "P", "1 09-08", organisations=("A",))
    assert [group.size for group in groups_of(problem(P, *ROUNDS, more, ANNA, BO), EARLY, None)] == [2, 1]


def test_a_group_keeps_all_rounds_and_what_concerns_its_own_hires() -> None:
    term = problem(
        P,
        *ROUNDS,
        ANNA,
        BO,
        Quota(round="B1", organisation="B", at_most=1),
        away("anna", "09-10"),
        away("bo", "09-11"),
        booked("anna", "A1-1"),
        booked("bo", "B1-1"),
        absent("anna", "A1-1"),
    )
    own = narrowed(term, Group(("bo",), 1))
    assert (own.hires, own.absences, own.bookings) == ((BO,), (away("bo", "09-11"),), (booked("bo", "B1-1"),))
    assert own.attendance == ()
    assert (own.rounds, own.sessions, own.quotas) == (term.rounds, term.sessions, term.quotas)
    assert own.organisations == term.organisations


def test_a_group_knows_its_own_seats_of_the_earlier_plan() -> None:
    previous = plan(problem(P, *ROUNDS, ANNA, BO))
    own = narrowed_plan(previous, Group(("bo",), 1))
    assert [row.hire for row in own.bookings] == ["bo"]
    assert (own.plan_number, own.planning_date) == (previous.plan_number, EARLY)


def test_a_term_is_divided_only_as_long_as_nobody_ends_it() -> None:
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            raise TimeIsUpError

    with pytest.raises(TimeIsUpError):
        groups_of(problem(P, *ROUNDS, ANNA, BO), EARLY, None, look)
    assert looks == 2  # one for each hire
