"""Rule 3, ``stängd``, alone."""

from models.ids import RoundStatus, Rule
from tests.scheduler.build import at, booked, day, hire, offered, problem, programme, refusal, round_

OPEN = round_("R2", "P", "1 09-02", "2 09-09")


def test_a_round_is_open_to_its_administrations_only() -> None:
    round_of_b = round_("R1", "P", "1 09-01", organisations=("B", "C"))
    term = problem(programme(), round_of_b, hire("anna"), hire("bo", "B"))
    assert refusal(term, "anna", "R1") is Rule.CLOSED
    assert refusal(term, "bo", "R1") is None


def test_a_round_without_administrations_is_open_to_all() -> None:
    term = problem(programme(), round_("R1", "P", "1 09-01"), hire("anna"), hire("bo", "B"))
    assert refusal(term, "anna", "R1") is refusal(term, "bo", "R1") is None


def test_a_cancelled_round_is_closed() -> None:
    cancelled = round_("R1", "P", "1 09-01", "2 09-08", status=RoundStatus.CANCELLED)
    term = problem(programme(modules=2), cancelled, OPEN, hire("anna"))
    assert refusal(term, "anna", "R1") is Rule.CLOSED
    assert refusal(term, "anna", "R2") is None


def test_a_cancelled_meeting_closes_its_module_there_and_no_other() -> None:
    half = round_("R1", "P", at("1 09-01", cancelled=True), "1 09-02", "2 09-08")
    term = problem(programme(modules=2, cohort=False), half, OPEN, hire("anna"))
    assert refusal(term, "anna", "R1") is Rule.CLOSED
    assert refusal(term, "anna", "R2") is None
    alone = problem(programme(modules=2, cohort=False), half, round_("R3", "P", "1 09-01"), hire("anna"))
    assert offered(alone, "anna") == "R1 R3"


def test_a_cancelled_meeting_of_any_module_closes_the_whole_round_to_a_cohort() -> None:
    half = round_("R1", "P", "1 09-01", "2 09-08", at("2 09-09", cancelled=True))
    term = problem(programme(modules=2), half, OPEN, hire("anna"))
    assert refusal(term, "anna", "R1") is Rule.CLOSED
    assert refusal(term, "anna", "R2") is None


def test_a_meeting_cancelled_after_it_was_held_closes_what_is_left_of_its_module_there() -> None:
    half = round_("R1", "P", at("1 09-01", cancelled=True), "1 09-08")
    term = problem(programme(), half, round_("R2", "P", "1 09-02"), hire("anna"), booked("anna", "R1-1"))
    assert refusal(term, "anna", "R1", day("09-02")) is Rule.CLOSED
    assert refusal(term, "anna", "R2", day("09-02")) is None


def test_the_horizon_includes_both_its_days() -> None:
    rounds = (
        round_("R1", "P", "1 08-31"),
        round_("R2", "P", "1 09-01"),
        round_("R3", "P", "1 09-15"),
        round_("R4", "P", "1 09-16"),
    )
    horizon = {"horizon_start": "2026-09-01", "horizon_end": "2026-09-15"}
    term = problem(programme(), *rounds, hire("anna"), **horizon)
    assert [refusal(term, "anna", f"R{n}") for n in (1, 2, 3, 4)] == [Rule.CLOSED, None, None, Rule.CLOSED]
