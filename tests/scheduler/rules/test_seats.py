"""Rule 1, ``platser``, alone."""

from models.ids import RoundStatus
from scheduler.rules import seats
from tests.scheduler.build import allows, at, credited, hire, problem, programme, round_, variables_of

THREE = (hire("anna"), hire("bo"), hire("cia"))


def test_a_session_takes_as_many_as_it_has_seats_and_no_more() -> None:
    term = problem(programme(), round_("R1", "P", "1 09-01", seats=2), round_("R2", "P", "1 09-02", seats=1), *THREE)
    assert allows(term, seats.post, "anna R1", "bo R1", "cia R2")
    assert not allows(term, seats.post, "anna R1", "bo R1", "cia R1")


def test_the_seats_of_a_session_override_those_of_its_round() -> None:
    term = problem(programme(modules=2), round_("R1", "P", "1 09-01", at("2 09-08", seats=1), seats=2), *THREE)
    assert allows(term, seats.post, "anna R1")
    assert not allows(term, seats.post, "anna R1", "bo R1")


def test_seats_are_counted_by_session_not_by_round() -> None:
    first, second = hire("anna", credits=credited("P:2")), hire("bo", credits=credited("P:1"))
    term = problem(programme(modules=2), round_("R1", "P", "1 09-01", "2 09-08", seats=1), first, second, hire("cia"))
    assert allows(term, seats.post, "anna R1", "bo R1")
    assert not allows(term, seats.post, "anna R1", "cia R1")


def test_nobody_sits_in_a_session_without_seats() -> None:
    term = problem(programme(), round_("R1", "P", "1 09-01", seats=0), round_("R2", "P", "1 09-02"), *THREE)
    assert allows(term, seats.post, "anna R2", "bo R2")
    assert not allows(term, seats.post, "anna R1", "bo R2")


def test_a_part_of_a_proposal_has_that_part_of_its_seats() -> None:
    """Told to the LP only: a plan runs a proposal or not."""
    rounds = (round_("R1", "P", "1 09-01", seats=2, status=RoundStatus.PROPOSED), round_("R2", "P", "1 09-02", seats=2))
    variables = variables_of(problem(programme(), *rounds, *THREE))
    seats.post(variables)
    runs = variables.runs(next(variables.proposals()))
    assert [row.coefs for row in variables.linear_model.rows if row.rule and runs in row.variables] == [(1, 1, 1, -2)]
