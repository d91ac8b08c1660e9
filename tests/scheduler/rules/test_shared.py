"""Rule 14, ``delad``, alone."""

from models.ids import RoundStatus
from scheduler.rules import shared
from scheduler.seat_rules.shared import conflicts
from tests.scheduler.build import Meeting, allows, at, booked, day, hire, offered, problem, programme, round_

PROPOSED = RoundStatus.PROPOSED
ANNA, BO = hire("anna", programmes=("P",)), hire("bo", programmes=("Q",))
EVA = {"trainers": ("Eva", "Per")}
HALL = {"place": "Huset", "room": "Salen"}


def both_run(one: Meeting, other: Meeting, other_status: RoundStatus = PROPOSED) -> bool:
    """Whether two proposals with these meetings may both have participants."""
    rounds = (round_("P1", "P", one, status=PROPOSED), round_("Q1", "Q", other, status=other_status))
    return allows(problem(programme("P"), programme("Q"), *rounds, ANNA, BO), shared.post, "anna P1", "bo Q1")


def test_two_proposals_with_one_trainer_at_overlapping_times_do_not_both_run() -> None:
    one = at("1 09-01 9-12", **EVA)
    assert not both_run(one, at("1 09-01 11:59-15", trainers=("Per",)))
    assert both_run(one, at("1 09-01 12-15", trainers=("Per",)))
    assert both_run(one, at("1 09-02 9-12", trainers=("Per",)))
    assert both_run(one, at("1 09-01 9-12", trainers=("Ola",)))


def test_two_that_share_trainers_and_room_conflict_once_whichever_comes_first() -> None:
    everything = EVA | HALL
    rounds = (
        round_("R2", "P", at("1 09-01 9-12", **everything), at("2 09-02 9-12", **everything), status=PROPOSED),
        round_("R1", "Q", at("1 09-01 10-13", **everything), at("2 09-02 8-10", **everything), status=PROPOSED),
    )
    term = problem(programme("P", modules=2), programme("Q", modules=2), *rounds, ANNA, BO)
    assert list(conflicts(term)) == [("R1", "R2")]


def test_either_of_the_two_may_run_alone() -> None:
    rounds = (
        round_("P1", "P", at("1 09-01", **EVA), status=PROPOSED),
        round_("Q1", "Q", at("1 09-01", **EVA), status=PROPOSED),
    )
    term = problem(programme("P"), programme("Q"), *rounds, ANNA, BO)
    assert allows(term, shared.post, "anna P1")
    assert allows(term, shared.post, "bo Q1")


def test_a_room_is_a_place_and_a_room_together() -> None:
    one = at("1 09-01", **HALL)
    assert not both_run(one, at("1 09-01", **HALL))
    assert both_run(one, at("1 09-01", place="Borgen", room="Salen"))
    assert both_run(one, at("1 09-01", place="Huset", room="Lilla salen"))
    assert both_run(at("1 09-01", place="Huset"), at("1 09-01", place="Huset"))


def test_a_cancelled_session_needs_nothing() -> None:
    cancelled = at("1 09-01", cancelled=True, **EVA)
    proposal = round_("P1", "P", at("1 09-01", **EVA), status=PROPOSED)
    other = round_("Q1", "Q", cancelled, at("2 09-08"), status=PROPOSED)
    credited_first = programme("Q", modules=2, cohort=False, ordered=False)
    term = problem(programme("P"), credited_first, proposal, other, round_("Q2", "Q", "1 09-15"), ANNA, BO)
    assert allows(term, shared.post, "anna P1", "bo Q1", "bo Q2")


def test_a_proposal_beside_a_fixed_round_that_needs_the_same_is_offered_to_nobody() -> None:
    rounds = (
        round_("P1", "P", at("1 09-01 9-12", **HALL), status=PROPOSED),
        round_("P2", "P", at("1 09-01 12-15", **HALL), status=PROPOSED),
        round_("Q1", "Q", at("1 09-01 9-12", **HALL)),
    )
    term = problem(programme("P"), programme("Q"), *rounds, ANNA, BO)
    assert offered(term, "anna") == "P2"
    assert offered(term, "bo") == "Q1"


def test_a_cancelled_fixed_session_or_round_blocks_no_proposal() -> None:
    for fixed in (
        round_("Q1", "Q", at("1 09-01", cancelled=True, **EVA)),
        round_("Q1", "Q", at("1 09-01", **EVA), status=RoundStatus.CANCELLED),
    ):
        proposal = round_("P1", "P", at("1 09-01", **EVA), status=PROPOSED)
        assert offered(problem(programme("P"), programme("Q"), proposal, fixed, ANNA, BO), "anna") == "P1"


def test_two_fixed_rounds_that_share_may_both_run() -> None:
    rounds = (round_("P1", "P", at("1 09-01", **EVA)), round_("Q1", "Q", at("1 09-01", **EVA)))
    term = problem(programme("P"), programme("Q"), *rounds, ANNA, BO)
    assert allows(term, shared.post, "anna P1", "bo Q1")


def test_a_proposal_does_not_run_beside_one_that_has_run() -> None:
    begun = round_("P1", "P", "1 09-01", at("1 09-08", **EVA), status=PROPOSED)
    beside = round_("Q1", "Q", at("1 09-08", **EVA), status=PROPOSED)
    term = problem(programme("P"), programme("Q"), begun, beside, ANNA, BO, booked("anna", "P1-1"))
    assert allows(term, shared.post, "anna P1", today=day("09-02"))
    assert offered(term, "bo", today=day("09-02")) == ""
