"""Hires who are offered the same: what is worked out once for all of them."""

from scheduler.linear.model import Linear, LinearModel
from scheduler.seats.variables import Variables
from tests.scheduler.build import booked, hire, problem, programme, round_, variables_of

P, Q = programme("P"), programme("Q")
ROUNDS = (round_("P1", "P", "1 09-01"), round_("P2", "P", "1 09-08"), round_("Q1", "Q", "1 09-01"))


def kinds_of(variables: Variables) -> list[set[str]]:
    """Who is of one kind with whom."""
    return [{member.id for member, _ in kind.members} for kind in variables.kinds]


def test_who_is_offered_the_same_is_of_one_kind() -> None:
    later = hire("cia", starts="09-02")
    variables = variables_of(problem(P, Q, *ROUNDS, hire("anna"), hire("bo"), later))
    assert kinds_of(variables) == [{"anna", "bo"}, {"cia"}]


def test_whoever_has_a_seat_is_a_kind_of_her_own() -> None:
    variables = variables_of(problem(P, Q, *ROUNDS, hire("anna"), hire("bo"), hire("cia"), booked("bo", "P1-1")))
    assert kinds_of(variables) == [{"anna", "cia"}, {"bo"}]


def test_seats_of_one_moment_need_no_helper_to_count_a_day() -> None:
    (kind,) = variables_of(problem(P, Q, *ROUNDS, hire("anna"))).kinds
    assert [len(groups) for groups in kind.groups_on.values()] == [1, 1]


def test_modules_in_order_exclude_each_other_on_one_day() -> None:
    rounds = (round_("R1", "P", "1 09-01 9-12"), round_("R2", "P", "2 09-01 13-16"))
    for ordered in (True, False):
        modules = programme("P", modules=2, cohort=False, ordered=ordered)
        (kind,) = variables_of(problem(modules, *rounds, hire("anna"))).kinds
        assert [len(groups) for groups in kind.groups_on.values()] == [1 if ordered else 2]


def test_a_change_is_followed_through_sums_and_what_hangs_on_them() -> None:
    linear_model = LinearModel()
    one, two = linear_model.numbers[linear_model.binaries(2) :]
    number = linear_model.sum_of(Linear([one, two], [1, 3], 5), 0, 9)
    twice = linear_model.sum_of(Linear([number], [2]), 0, 18)
    values = linear_model.complete([one])
    assert linear_model.follow(values, {one: 0, two: 1}) == {one: 1, two: 0, number: 6, twice: 12}
    assert values == linear_model.complete([two])
