"""Rule 7, ``varsel``, alone: new bookings (what is published is in ``test_replan.py``)."""

from models.ids import Rule
from scheduler.seat_rules.notice import forbids_anew
from scheduler.situation.settled import read_history
from tests.scheduler.build import booked, day, hire, problem, programme, refusal, round_

ROUNDS = (round_("R1", "P", "1 09-14", "1 09-28"), round_("R2", "P", "1 09-15", "1 09-28"))


def test_the_first_day_that_may_be_booked_is_planning_date_and_notice_days() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), notice_days=14)
    assert refusal(term, "anna", "R1", day("09-01")) is Rule.NOTICE
    assert refusal(term, "anna", "R2", day("09-01")) is None
    assert refusal(term, "anna", "R1", day("08-31")) is None


def test_without_notice_the_day_of_planning_itself_may_be_booked_and_yesterday_not() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), notice_days=0)
    assert refusal(term, "anna", "R1", day("09-14")) is None
    assert refusal(term, "anna", "R1", day("09-15")) is Rule.NOTICE


def test_a_given_booking_is_exempt_for_the_hire_who_has_it() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), hire("bo"), booked("anna", "R1-1"), notice_days=14)
    assert refusal(term, "anna", "R1", day("09-01")) is None
    assert refusal(term, "bo", "R1", day("09-01")) is Rule.NOTICE


def test_a_given_booking_of_one_meeting_exempts_no_other_meeting() -> None:
    both_near = round_("R1", "P", "1 09-14", "1 09-11")
    term = problem(programme(), both_near, hire("anna"), booked("anna", "R1-1"), notice_days=14)
    assert refusal(term, "anna", "R1", day("09-01")) is Rule.NOTICE


def test_a_meeting_put_in_later_can_be_booked_from_the_first_day_on_that_may_be_booked() -> None:
    term = problem(programme(), *ROUNDS, hire("anna"), notice_days=14)
    history, (anna,) = read_history(term, day("09-01"), None), term.hires
    near, in_time = (term.session_by_id[session] for session in ("R1-1", "R2-1"))
    assert forbids_anew(near, anna, history)
    assert not forbids_anew(in_time, anna, history)
