"""Rule 8, ``krock``, alone."""

from collections.abc import Sequence

from models.problem import TermProblem
from scheduler.linear.rows import Row
from scheduler.rules import clash, order
from tests.scheduler.build import allows, hire, offered, problem, programme, round_, variables_of

P, Q, S = programme("P"), programme("Q"), programme("S")


def rows_of(term: TermProblem) -> Sequence[Row]:
    """The rows of this rule."""
    variables = variables_of(term)
    before = len(variables.linear_model.rows)
    clash.post(variables)
    return variables.linear_model.rows[before:]


def test_one_meeting_may_start_when_another_ends_and_not_before() -> None:
    rounds = (
        round_("P1", "P", "1 09-01 9-12"),
        round_("Q1", "Q", "1 09-01 12-15"),
        round_("Q2", "Q", "1 09-01 11:59-15"),
    )
    term = problem(P, Q, *rounds, hire("anna"), hire("bo"))
    assert allows(term, clash.post, "anna P1", "anna Q1", "bo P1")
    assert not allows(term, clash.post, "anna P1", "anna Q2", "bo P1")
    assert allows(term, clash.post, "anna P1", "bo Q2")


def test_the_same_hours_on_different_days_do_not_clash() -> None:
    rounds = (round_("P1", "P", "1 09-01"), round_("Q1", "Q", "1 09-02"), round_("Q2", "Q", "1 09-01"))
    term = problem(P, Q, *rounds, hire("anna"))
    assert allows(term, clash.post, "anna P1", "anna Q1")
    assert not allows(term, clash.post, "anna P1", "anna Q2")


def test_a_long_meeting_clashes_with_each_short_one_inside_it_and_they_not_with_each_other() -> None:
    rounds = (
        round_("P1", "P", "1 09-01 8-17"),
        round_("Q1", "Q", "1 09-01 9-10"),
        round_("S1", "S", "1 09-01 15-16"),
    )
    term = problem(P, Q, S, *rounds, hire("anna"))
    assert allows(term, clash.post, "anna Q1", "anna S1")
    assert not allows(term, clash.post, "anna P1", "anna Q1")
    assert not allows(term, clash.post, "anna P1", "anna S1")


def test_any_meeting_of_a_round_may_clash() -> None:
    rounds = (round_("P1", "P", "1 09-01", "1 09-08"), round_("Q1", "Q", "1 09-07", "1 09-08"))
    term = problem(P, Q, *rounds, hire("anna"), hire("bo"))
    assert not allows(term, clash.post, "anna P1", "anna Q1")
    assert allows(term, clash.post, "anna P1", "bo Q1")


def test_modules_of_one_programme_may_clash_too() -> None:
    modules = programme("P", modules=2, cohort=False, ordered=False)
    rounds = (round_("R1", "P", "1 09-01 9-12", "2 09-01 13-16"), round_("R2", "P", "1 09-01 13-16", "2 09-02"))
    term = problem(modules, *rounds, hire("anna"))
    assert allows(term, clash.post, "anna R1-1", "anna R1-2")
    assert not allows(term, clash.post, "anna R2-1", "anna R1-2")


def test_what_the_order_of_modules_forbids_anyway_is_left_to_it() -> None:
    rounds = (round_("R1", "P", "1 09-01"), round_("R2", "P", "2 09-01"), round_("R3", "P", "2 09-02"))
    loose = problem(programme("P", modules=2, cohort=False, ordered=False), *rounds, hire("anna"))
    in_order = problem(programme("P", modules=2, cohort=False), *rounds, hire("anna"))
    assert len(rows_of(loose)) == 1
    assert not rows_of(in_order)
    assert not allows(in_order, order.post, "anna R1", "anna R2")


def test_a_row_holds_all_that_exclude_each_other() -> None:
    rounds = (
        round_("P1", "P", "1 09-01"),
        round_("P2", "P", "1 09-08"),
        round_("Q1", "Q", "1 09-01", "1 09-08"),
        round_("Q2", "Q", "1 09-09"),
    )
    term = problem(P, Q, *rounds, hire("anna"), hire("bo", programmes=("Q",)))
    (row,) = rows_of(term)
    assert len(row.variables) == 3


def test_a_round_that_overlaps_itself_is_offered_to_nobody() -> None:
    rounds = (round_("R1", "P", "1 09-01 9-12", "1 09-01 11-14"), round_("R2", "P", "1 09-01 9-12", "1 09-01 12-14"))
    assert offered(problem(P, *rounds, hire("anna")), "anna") == "R2"
