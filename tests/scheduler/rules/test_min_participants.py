"""Rule 13, ``minst_deltagare``, alone."""

from models.ids import RoundStatus, Stability
from models.problem import Quota, TermProblem
from scheduler.plan.outcome import Options
from scheduler.rules import min_participants
from scheduler.seats.attendance import can_have_enough
from tests.scheduler.build import (
    allows,
    booked,
    credited,
    day,
    hire,
    plan,
    problem,
    programme,
    round_,
    seats_of,
    variables_of,
)

PROPOSED = RoundStatus.PROPOSED
THREE = (hire("anna"), hire("bo"), hire("cia"))


def test_a_proposal_runs_with_enough_participants_or_not_at_all() -> None:
    rounds = (round_("R1", "P", "1 09-01", status=PROPOSED, min_participants=2), round_("R2", "P", "1 09-02"))
    term = problem(programme(), *rounds, *THREE)
    assert allows(term, min_participants.post, "cia R2")
    assert not allows(term, min_participants.post, "anna R1", "cia R2")
    assert allows(term, min_participants.post, "anna R1", "bo R1", "cia R2")


def test_a_fixed_round_may_have_few() -> None:
    term = problem(programme(), round_("R1", "P", "1 09-01", min_participants=2), *THREE)
    assert allows(term, min_participants.post, "anna R1")


def test_a_proposal_that_asks_for_none_or_one_may_have_one() -> None:
    rounds = (
        round_("R1", "P", "1 09-01", status=PROPOSED),
        round_("R2", "P", "1 09-01", status=PROPOSED, min_participants=1),
    )
    term = problem(programme(), *rounds, *THREE)
    assert allows(term, min_participants.post, "anna R1", "bo R2")


def test_a_participant_counts_once_whatever_number_of_modules_she_takes_there() -> None:
    modules = programme("P", modules=2, cohort=False)
    round_of_two = round_("R1", "P", "1 09-01", "2 09-08", status=PROPOSED, min_participants=2)
    term = problem(modules, round_of_two, round_("R2", "P", "1 09-02", "2 09-09"), *THREE)
    assert not allows(term, min_participants.post, "anna R1-1", "anna R1-2")
    assert allows(term, min_participants.post, "anna R1-1", "anna R2-2", "bo R2-1", "bo R1-2")


def test_a_proposal_with_a_seat_already_held_has_run() -> None:
    proposal = round_("R1", "P", "1 09-01", "1 09-08", status=PROPOSED, min_participants=3)
    untouched = round_("R2", "P", "1 09-10", status=PROPOSED, min_participants=3)
    term = problem(programme(), proposal, untouched, *THREE, booked("anna", "R1-1"))
    assert allows(term, min_participants.post, "anna R1", today=day("09-02"))
    assert not allows(term, min_participants.post, "anna R1", "bo R2", today=day("09-02"))


def test_a_proposal_that_has_run_may_take_one_more() -> None:
    modules = programme("P", modules=2, cohort=False, ordered=False)
    begun = round_("R1", "P", "1 09-01", "2 09-08", status=PROPOSED, min_participants=4)
    elsewhere = round_("R2", "P", "1 09-10", "2 09-15")
    term = problem(modules, begun, elsewhere, *THREE, booked("anna", "R1-1"))
    assert allows(term, min_participants.post, "bo R1-2", "bo R2-1", today=day("09-02"))
    not_begun = problem(modules, begun, elsewhere, *THREE)
    assert not allows(not_begun, min_participants.post, "bo R1-2", "bo R2-1", today=day("09-02"))


def test_who_is_kept_inside_the_window_makes_a_proposal_run_and_others_may_leave_it() -> None:
    parts = (
        programme(modules=2, cohort=False),
        round_("R1", "P", "1 09-03", "2 10-05", status=RoundStatus.PROPOSED, min_participants=2),
        hire("anna", credits=credited("P:2")),
        hire("bo", credits=credited("P:1")),
    )
    before = plan(problem(*parts, notice_days=14), "08-10")
    assert seats_of(before) == "anna R1-1, bo R1-2"
    free = Options(stability=Stability.FREE, suggestions=False)
    after = plan(problem(*parts, round_("R2", "P", "2 10-01"), notice_days=14), "08-25", before, free)
    assert seats_of(after) == "anna R1-1, bo R2-2"


def test_a_proposal_whose_quotas_leave_too_few_of_those_who_must_begin_there_never_runs() -> None:
    """Of both administrations one may be in each module, and nobody comes to a later module there but by the first."""
    modules = programme("P", modules=2, cohort=False)
    first = round_("R1", "P", "1 09-01", "2 09-08", status=PROPOSED, min_participants=3)
    others = (hire("dan", "B"), hire("eva", "B"))
    quotas = tuple(Quota(round="R1", organisation=one, at_most=1) for one in ("A", "B"))
    later = round_("R2", "P", "1 09-09", "2 09-16")
    assert never_run(problem(modules, first, later, *THREE, *others, *quotas)) == {"R1"}
    # With the first module elsewhere before, a third hire can come in at the second.
    earlier = round_("R0", "P", "1 09-01", "2 09-16")
    assert never_run(problem(modules, first, earlier, later, *THREE, *others, *quotas)) == set()
    # Who began after the first module cannot have it anywhere, and so not the second either.
    late = hire("gun", starts="09-02")
    assert never_run(problem(modules, first, later, *THREE, *others, late, *quotas)) == {"R1"}
    # One who has the first module already comes in at the second.
    credited_one = hire("fia", credits=credited("P:1"))
    assert never_run(problem(modules, first, later, *THREE, *others, credited_one, *quotas)) == set()


def test_a_proposal_in_which_a_seat_was_promised_is_not_closed() -> None:
    modules = programme("P", modules=2, cohort=False)
    first = round_("R1", "P", "1 09-01", "2 09-08", status=PROPOSED, min_participants=2)
    one = Quota(round="R1", organisation="A", at_most=1)
    later = round_("R2", "P", "1 09-09", "2 09-16")
    assert never_run(problem(modules, first, later, *THREE, one)) == {"R1"}
    assert never_run(problem(modules, first, later, *THREE, one, booked("anna", "R1-1"))) == set()


def never_run(term: TermProblem) -> set[str]:
    """The proposals that cannot have enough participants."""
    variables = variables_of(term)
    return {one.id for one in variables.proposals() if not can_have_enough(variables, one)}
