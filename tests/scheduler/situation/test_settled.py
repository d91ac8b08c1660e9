"""What is settled on the planning date: facts, credits, missed modules, given and published seats."""

from models.plan import Plan
from models.problem import TermProblem
from scheduler.situation.settled import History, read_history
from tests.scheduler.build import absent, at, booked, day, hire, plan, present, problem, programme, round_

TWO = programme("P", modules=2)
R1 = round_("R1", "P", "1 09-01", "2 09-08")
ANNA, BO = hire("anna"), hire("bo")


def history(term: TermProblem, today: str, previous: Plan | None = None) -> History:
    return read_history(term, day(today), previous)


def facts(found: History) -> dict[str, str]:
    return {hire_: " ".join(s.id for s in sessions) for hire_, sessions in found.facts.items()}


def published(found: History) -> str:
    return " ".join(seat.booking.session for seats in found.published.values() for seat in seats)


def test_given_seats_before_the_planning_date_are_facts_and_the_others_are_given() -> None:
    term = problem(TWO, R1, ANNA, BO, booked("anna", "R1-1"), booked("anna", "R1-2"))
    on_that_day, after_it = history(term, "09-01"), history(term, "09-02")
    assert (facts(on_that_day), on_that_day.given) == ({}, frozenset({("anna", "R1-1"), ("anna", "R1-2")}))
    assert (facts(after_it), after_it.given) == ({"anna": "R1-1"}, frozenset({("anna", "R1-2")}))


def test_published_seats_before_the_planning_date_are_facts_and_the_others_are_published() -> None:
    term = problem(TWO, R1, ANNA)
    found = history(term, "09-02", plan(term))
    assert facts(found) == {"anna": "R1-1"}
    assert published(found) == "R1-2"


def test_a_seat_marked_absent_is_no_fact_and_its_module_is_missed() -> None:
    term = problem(TWO, R1, ANNA, BO, booked("anna", "R1-1"), booked("bo", "R1-1"), absent("anna", "R1-1"))
    found = history(term, "09-02")
    assert facts(found) == {"bo": "R1-1"}
    assert found.missed == {("anna", "P", 1): day("09-01")}


def test_presence_at_a_booked_seat_is_a_fact_and_without_a_seat_a_credit() -> None:
    term = problem(TWO, R1, ANNA, BO, booked("anna", "R1-1"), present("anna", "R1-1"), present("bo", "R1-1"))
    found = history(term, "09-02")
    assert facts(found) == {"anna": "R1-1"}
    assert found.credited == {("bo", "P", 1)}


def test_presence_at_a_published_seat_is_a_fact() -> None:
    before = problem(TWO, R1, ANNA)
    found = history(problem(TWO, R1, ANNA, present("anna", "R1-1")), "09-02", plan(before))
    assert facts(found) == {"anna": "R1-1"}
    assert found.credited == frozenset()


def test_seats_of_leavers_and_of_sessions_no_longer_listed_are_no_facts() -> None:
    old = plan(problem(TWO, R1, ANNA, BO))
    assert facts(history(problem(TWO, R1, ANNA), "09-02", old)) == {"anna": "R1-1"}
    without_first = round_("R1", "P", at("2 09-08", id="R1-2"))
    assert facts(history(problem(TWO, without_first, ANNA), "09-02", old)) == {}


def test_the_date_of_a_session_in_the_input_decides_whether_it_was_held() -> None:
    old = plan(problem(TWO, R1, ANNA))
    brought_forward = round_("R1", "P", "1 09-01", "2 09-01")
    assert facts(history(problem(TWO, brought_forward, ANNA), "09-02", old)) == {"anna": "R1-1 R1-2"}
    put_off = round_("R1", "P", "1 09-03", "2 09-08")
    found = history(problem(TWO, put_off, ANNA), "09-02", old)
    assert facts(found) == {}
    assert published(found) == "R1-1 R1-2"


def test_a_published_seat_knows_whether_its_session_changed_its_date_or_time() -> None:
    old = plan(problem(TWO, R1, ANNA))
    for changed, expected in (
        (round_("R1", "P", "1 09-01", "2 09-08"), [False, False]),
        (round_("R1", "P", "1 09-02", "2 09-08 9-15"), [True, True]),
        (round_("R1", "P", at("1 09-01", room="Annan", trainers=("Ny",)), "2 09-08"), [False, False]),
    ):
        found = history(problem(TWO, changed, ANNA), "08-31", old)
        assert [seat.rescheduled for seat in found.published["anna"]] == expected


def test_a_row_whose_session_now_holds_another_module_stands_for_nothing() -> None:
    old = plan(problem(TWO, R1, ANNA))
    swapped = round_("R1", "P", at("2 09-01", id="R1-1"), at("1 09-08", id="R1-2"))
    found = history(problem(TWO, swapped, ANNA), "08-31", old)
    assert [seat.session for seat in found.published["anna"]] == [None, None]


def test_the_notice_window_ends_notice_days_after_the_planning_date() -> None:
    term = problem(TWO, R1, ANNA, notice_days=14)
    assert history(term, "08-31").notice_end == day("09-14")
