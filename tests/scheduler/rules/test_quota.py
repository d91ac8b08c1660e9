"""Rule 2, ``kvot``, alone."""

from models.problem import Quota
from scheduler.rules import quota
from tests.scheduler.build import allows, at, credited, hire, problem, programme, round_

A, A2, B, B2, C = hire("a"), hire("a2"), hire("b", "B"), hire("b2", "B"), hire("c", "C")
EVERYBODY = (A, A2, B, B2, C)


def test_at_most_so_many_of_one_administration_and_any_number_of_others() -> None:
    quotas = Quota(round="R1", organisation="A", at_most=1)
    term = problem(programme(), round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-02"), *EVERYBODY, quotas)
    assert allows(term, quota.post, "a R1", "b R1", "b2 R1")
    assert not allows(term, quota.post, "a R1", "a2 R1")
    assert allows(term, quota.post, "a R1", "a2 R2")


def test_at_most_none_of_one_administration() -> None:
    quotas = Quota(round="R1", organisation="A", at_most=0)
    term = problem(programme(), round_("R1", "P", "1 09-01"), *EVERYBODY, quotas)
    assert allows(term, quota.post, "b R1")
    assert not allows(term, quota.post, "a R1", "b R1")


def test_seats_kept_for_one_administration_are_taken_by_nobody_else() -> None:
    quotas = Quota(round="R1", organisation="A", at_least=1)
    term = problem(programme(), round_("R1", "P", "1 09-01", seats=2), *EVERYBODY, quotas)
    assert allows(term, quota.post, "b R1")
    assert not allows(term, quota.post, "b R1", "b2 R1")
    assert allows(term, quota.post, "a R1", "b R1")
    assert allows(term, quota.post, "a R1", "a2 R1")


def test_seats_kept_for_an_administration_without_candidates_stay_empty() -> None:
    quotas = Quota(round="R1", organisation="D", at_least=2)
    term = problem(programme(), round_("R1", "P", "1 09-01", seats=3), *EVERYBODY, quotas)
    assert allows(term, quota.post, "b R1")
    assert not allows(term, quota.post, "b R1", "b2 R1")


def test_seats_kept_for_two_administrations_add_up() -> None:
    quotas = (Quota(round="R1", organisation="A", at_least=1), Quota(round="R1", organisation="B", at_least=1))
    two = problem(programme(), round_("R1", "P", "1 09-01", seats=2), *EVERYBODY, *quotas)
    three = problem(programme(), round_("R1", "P", "1 09-01", seats=3), *EVERYBODY, *quotas)
    assert not allows(two, quota.post, "c R1")
    assert allows(three, quota.post, "c R1")
    assert allows(three, quota.post, "a R1", "a2 R1", "b R1")
    assert not allows(three, quota.post, "a R1", "a2 R1", "c R1")


def test_a_quota_holds_in_every_session_with_the_seats_of_that_session() -> None:
    quotas = Quota(round="R1", organisation="A", at_least=1)
    meetings = ("1 09-01", at("2 09-08", seats=2))
    term = problem(programme(modules=2), round_("R1", "P", *meetings, seats=3), *EVERYBODY, quotas)
    assert allows(term, quota.post, "b R1", "a R1")
    assert not allows(term, quota.post, "b R1", "b2 R1")


def test_at_most_counts_those_in_the_same_session_only() -> None:
    quotas = Quota(round="R1", organisation="A", at_most=1)
    first, second = hire("a", credits=credited("P:2")), hire("a2", credits=credited("P:1"))
    term = problem(programme(modules=2), round_("R1", "P", "1 09-01", "2 09-08"), first, second, hire("a3"), quotas)
    assert allows(term, quota.post, "a R1", "a2 R1")
    assert not allows(term, quota.post, "a R1", "a3 R1")


def test_a_quota_of_another_round_is_no_concern() -> None:
    quotas = Quota(round="R2", organisation="A", at_most=0)
    term = problem(programme(), round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-02"), *EVERYBODY, quotas)
    assert allows(term, quota.post, "a R1", "a2 R1", "b R2")
