"""Rule 3, ``spärr``, alone."""

from models.ids import Level, Rule, State
from tests.scheduler.build import (
    barred,
    booked,
    day,
    hire,
    offered,
    plan,
    present,
    problem,
    programme,
    refusal,
    requirement,
    round_,
    seats_of,
)

FIRST, SECOND = round_("R1", "P", "1 09-08", "2 09-15"), round_("R2", "P", "1 10-06", "2 10-13")


def test_a_barred_round_is_closed_to_her_and_to_nobody_else() -> None:
    term = problem(programme(modules=2), FIRST, SECOND, hire("anna"), hire("bo"), barred("anna", "R1"))
    assert (refusal(term, "anna", "R1"), refusal(term, "anna", "R2")) == (Rule.BARRED, None)
    assert refusal(term, "bo", "R1") is None
    assert (offered(term, "anna"), offered(term, "bo")) == ("R2", "R1 R2")


def test_it_is_told_before_all_other_reasons_and_of_her_alone() -> None:
    closed_to_all = round_("R3", "P", "1 09-08", "2 09-15", organisations=("B",))
    term = problem(
        programme(modules=2), FIRST, closed_to_all, hire("anna"), hire("bo"), barred("anna", "R1"), barred("anna", "R3")
    )
    made = plan(term)
    assert [(r.round, r.rule) for r in requirement(made, "anna").reasons] == [
        ("R1", Rule.BARRED),
        ("R3", Rule.BARRED),
    ]
    assert requirement(made, "bo").state is State.ON_TIME


def test_a_published_seat_that_is_barred_now_goes_even_inside_the_window_and_counts_no_change() -> None:
    people = (programme(modules=2), FIRST, SECOND, hire("anna"), hire("bo"))
    before = plan(problem(*people, notice_days=14), "08-03")
    assert seats_of(before) == "anna R1-1, anna R1-2, bo R1-1, bo R1-2"
    after = plan(problem(*people, barred("anna", "R1"), notice_days=14), "09-01", before)
    assert seats_of(after) == "anna R2-1, anna R2-2, bo R1-1, bo R1-2"
    assert next(level.value for level in after.levels if level.name is Level.CHANGES) == 0


def test_what_was_held_before_the_bar_stays_and_the_rest_is_taken_elsewhere() -> None:
    parts = (
        programme(modules=2),
        FIRST,
        SECOND,
        hire("anna"),
        hire("bo"),
        booked("anna", "R1-1"),
        booked("bo", "R1-1"),
    )
    told = (present("anna", "R1-1"), present("bo", "R1-1"))
    made = plan(problem(*parts, *told, barred("anna", "R1")), day("09-10"))
    assert seats_of(made) == "anna R1-1, anna R2-2, bo R1-1, bo R1-2"
