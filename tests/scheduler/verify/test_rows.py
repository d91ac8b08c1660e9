"""Rows of plan.json that do not say what its seats mean, and seats that are no whole requirement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from models.ids import RoundStatus, State
from models.plan import Booking, Plan, Previous
from models.problem import Credit, GivenBooking
from scheduler.verify import check
from tests.scheduler.verify.terms import Found, day, found, hire, plan, programme, running, term

CI, DAYS = programme("CI"), programme("D", 2, cohort=False)
R = running("R", "CI", "1 09-08 09-16", each={"place": "Stadshuset", "room": "Sal 1", "trainers": ("Eva", "Ivar")})
S = running("S", "CI", "1 09-15 09-16")
D1 = running("D1", "D", "1 09-10 09-16", "2 09-17 09-16")
D2 = running("D2", "D", "1 09-22 09-16", "2 09-24 09-16")
PROBLEM = term(hire("h1"), hire("h2"), CI, DAYS, R, S, D1, D2)
SEATS = ("h1: R-1 D1-1 D1-2", "h2: S-1")


def spoilt(made: Plan, table: str, which: Callable[[Any], bool], **fields: object) -> Plan:
    """The plan with other fields in some rows of a table."""
    rows = tuple(row.model_copy(update=fields) if which(row) else row for row in getattr(made, table))
    return made.model_copy(update={table: rows})


def test_a_plan_right_in_every_row_has_no_violation() -> None:
    made = plan(PROBLEM, *SEATS)
    assert check(PROBLEM, made).violations == ()
    in_utc = [
        b.model_copy(update={"start": b.start.astimezone(UTC), "end": b.end.astimezone(UTC)}) for b in made.bookings
    ]
    assert check(PROBLEM, made.model_copy(update={"bookings": tuple(in_utc)})).violations == ()


HOUR = timedelta(hours=1)
BOOKING = plan(PROBLEM, *SEATS).bookings[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"programme": "BI"},
        {"module": 0},
        {"meeting": 2},
        {"round": "S"},
        {"start": BOOKING.start + HOUR},
        {"start": BOOKING.start.replace(tzinfo=None)},
        {"end": BOOKING.end - HOUR},
        {"start": BOOKING.start - 24 * HOUR, "end": BOOKING.end - 24 * HOUR},
        {"place": None},
        {"room": "Sal 2"},
        {"trainers": ("Ivar", "Eva")},
    ],
    ids="+".join,
)
def test_a_booking_says_what_its_session_says(fields: dict[str, object]) -> None:
    made = spoilt(plan(PROBLEM, *SEATS), "bookings", lambda b: b.session == "R-1", **fields)
    assert set(found(PROBLEM, made)) == {(None, "h1", "R-1")}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"start": (BOOKING.start + HOUR).astimezone(UTC)},
            "starten är 2026-09-08 10:00, men ska vara 2026-09-08 09:00.",
        ),
        ({"place": None}, "platsen är tomt, men ska vara Stadshuset."),
        ({"trainers": ()}, "utbildarna är tomt, men ska vara Eva, Ivar."),
        ({"module": 0}, "momentet är 0, men ska vara 1."),
    ],
    ids=["start", "place", "trainers", "module"],
)
def test_what_is_wrong_with_a_seat_is_told_as_a_person_reads_it(wrong: dict[str, object], told: str) -> None:
    made = spoilt(plan(PROBLEM, *SEATS), "bookings", lambda b: b.session == "R-1", **wrong)
    assert f"h1 på R-1: {told}" in [violation.message for violation in check(PROBLEM, made).violations]


@pytest.mark.parametrize("fields", [{"hire": "a0"}, {"session": "R-0"}], ids=["hire", "session"])
def test_a_booking_of_somebody_or_something_unknown_seats_nobody(fields: dict[str, object]) -> None:
    made = plan(PROBLEM, *SEATS)
    stranger = made.bookings[0].model_copy(update=fields)
    spoilt_plan = made.model_copy(update={"bookings": tuple(sorted([*made.bookings, stranger], key=_key))})
    assert found(PROBLEM, spoilt_plan) == [(None, stranger.hire, stranger.session)]


def _key(booking: Booking) -> tuple[str, str, int, int]:
    return booking.hire, booking.programme, booking.module, booking.meeting


def test_a_booking_given_twice_is_told() -> None:
    made = plan(PROBLEM, *SEATS)
    twice = made.model_copy(update={"bookings": (made.bookings[0], *made.bookings)})
    assert found(PROBLEM, twice) == [(None, "h1", "R-1")]


@pytest.mark.parametrize("table", ["bookings", "requirements", "rounds"])
def test_rows_stand_in_order(table: str) -> None:
    made = plan(PROBLEM, *SEATS)
    turned = made.model_copy(update={table: tuple(reversed(getattr(made, table)))})
    (violation,) = check(PROBLEM, turned).violations
    assert violation.rule is None
    assert "ordning" in violation.message


STATES: Mapping[State, tuple[tuple[str, ...], Any]] = {
    State.ON_TIME: (("h1: R-1",), term(hire("h1"), CI, R)),
    State.LATE: (
        ("h1: R-1",),
        term(hire("h1"), programme("CI", deadline_months=1), running("R", "CI", "1 09-18 09-16")),
    ),
    State.MISSING: ((), term(hire("h1"), CI, R)),
    State.WAITING: ((), term(hire("h1"), CI, R, horizon_end=day("12-16"))),
    State.LEAVES: ((), term(hire("h1", ends=day("12-16")), CI, R)),
    State.DONE: ((), term(hire("h1", credits=(Credit(programme="CI"),)), CI, R)),
    State.ON_OWN: ((), term(hire("h1", starts=day("08-17")), programme("CI", own_time=True))),
    State.ON_OWN_LATE: ((), term(hire("h1", starts=date(2026, 2, 1)), programme("CI", own_time=True))),
}


@pytest.mark.parametrize("right", State)
@pytest.mark.parametrize("wrong", State)
def test_every_wrong_state_is_told(right: State, wrong: State) -> None:
    seats, problem = STATES[right]
    made = plan(problem, *seats)
    assert [row.state for row in made.requirements] == [right]
    expected: list[Found] = [] if wrong is right else [(None, "h1", None)]
    assert found(problem, spoilt(made, "requirements", lambda _: True, state=wrong)) == expected


@pytest.mark.parametrize("fields", [{"deadline": date(2026, 12, 18)}, {"deadline": None}, {"completed_on": None}])
def test_a_wrong_date_of_a_requirement_is_told(fields: dict[str, object]) -> None:
    made = plan(PROBLEM, *SEATS)
    wrong = spoilt(made, "requirements", lambda row: row.hire == "h1" and row.programme == "CI", **fields)
    assert found(PROBLEM, wrong) == [(None, "h1", None)]


@pytest.mark.parametrize(
    ("starts", "months", "deadline"),
    [
        ("2028-10-31", 4, "2029-02-28"),
        ("2027-10-31", 4, "2028-02-29"),
        ("2026-08-17", 12, "2027-08-17"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_a_deadline_is_calendar_months_clipped_to_the_month(starts: str, months: int, deadline: str) -> None:
    problem = term(hire("h1", starts=date.fromisoformat(starts)), programme("CI", deadline_months=months))
    (row,) = plan(problem).requirements
    assert row.deadline == date.fromisoformat(deadline)


def test_a_requirement_left_out_or_not_hers_or_twice_is_told() -> None:
    problem = term(hire("h1"), hire("h2", experienced=True), programme("CI", inexperienced_only=True), R)
    made = plan(problem, "h1: R-1")
    (row,) = made.requirements
    assert found(problem, made.model_copy(update={"requirements": ()})) == [(None, "h1", None)]
    not_hers = row.model_copy(update={"hire": "h2"})
    assert found(problem, made.model_copy(update={"requirements": (row, not_hers)})) == [(None, "h2", None)]
    assert found(problem, made.model_copy(update={"requirements": (row, row)})) == [(None, None, None)]


@pytest.mark.parametrize("fields", [{"runs": False}, {"participants": 0}, {"seats": 8}])
def test_a_round_row_says_what_its_seats_say(fields: dict[str, object]) -> None:
    made = spoilt(plan(PROBLEM, *SEATS), "rounds", lambda row: row.round == "R", **fields)
    assert found(PROBLEM, made) == [(None, None, "R")]


def test_a_proposal_without_participants_does_not_run_and_a_cancelled_round_has_no_row() -> None:
    empty = running("P", "CI", "1 09-15 09-16", status=RoundStatus.PROPOSED)
    gone = running("Q", "CI", "1 09-15 09-16", status=RoundStatus.CANCELLED)
    problem = term(hire("h1"), CI, R, empty, gone)
    made = plan(problem, "h1: R-1")
    assert [(row.round, row.runs) for row in made.rounds] == [("P", False), ("R", True)]
    assert found(problem, spoilt(made, "rounds", lambda row: row.round == "P", runs=True)) == [(None, None, "P")]
    assert found(problem, made.model_copy(update={"rounds": made.rounds[1:]})) == [(None, None, None)]


def test_the_participants_of_a_round_are_distinct_hires() -> None:
    made = plan(PROBLEM, *SEATS)
    assert {row.round: row.participants for row in made.rounds} == {"D1": 1, "D2": 0, "R": 1, "S": 1}


@pytest.mark.parametrize("fields", [{"term": "VT"}, {"horizon": (day("08-17"), day("12-18"))}])
def test_term_and_horizon_are_those_of_the_input(fields: dict[str, object]) -> None:
    assert found(PROBLEM, plan(PROBLEM, *SEATS).model_copy(update=fields)) == [(None, None, None)]


def test_a_replan_is_not_checked_without_the_plan_it_began_from() -> None:
    made = plan(PROBLEM, *SEATS).model_copy(update={"previous": Previous(plan_number=1, sha256="")})
    assert found(PROBLEM, made) == [(None, None, None)]


# --- in full, or not at all


@pytest.mark.parametrize(
    ("cohort", "seats", "where"),
    [
        (False, "D1-1", "D1-1"),
        (True, "D1-1", "D1-1"),
        (True, "D1-1 D2-2", "D1-1"),
        (False, "D1-1 D1-2 D2-2", "D1-1"),
    ],
    ids=["half", "half a cohort", "a cohort in two rounds", "a module in two rounds"],
)
def test_a_requirement_is_booked_in_full_or_not_at_all(cohort: bool, seats: str, where: str) -> None:
    problem = term(hire("h1"), hire("h2"), programme("D", 2, cohort=cohort), D1, D2)
    assert found(problem, plan(problem, f"h1: {seats}", "h2: D1-1 D1-2")) == [(None, "h1", where)]


def test_modules_of_another_programme_may_be_taken_in_two_rounds() -> None:
    assert found(PROBLEM, plan(PROBLEM, "h1: D1-1 D2-2")) == []


def test_every_meeting_of_a_module_is_attended() -> None:
    problem = term(hire("h1"), hire("h2"), CI, running("R", "CI", "1 09-08 09-16", "1 09-15 09-16"))
    assert found(problem, plan(problem, "h1: R-1", "h2: R-1 R-1-2")) == [(None, "h1", "R-1")]


@pytest.mark.parametrize(
    "fields", [{"credits": (Credit(programme="CI", module=1),)}, {"programmes": ("D",)}], ids=["credited", "not hers"]
)
def test_nobody_sits_where_she_needs_nothing(fields: dict[str, object]) -> None:
    problem = term(hire("h1", **fields), hire("h2"), CI, R, DAYS)
    assert found(problem, plan(problem, "h1: R-1", "h2: R-1")) == [(None, "h1", "R-1")]


def test_a_half_held_programme_need_not_be_booked_on() -> None:
    problem = term(hire("h1"), DAYS, D1, D2, GivenBooking(hire="h1", session="D1-1"))
    made = plan(problem, "h1: D1-1", today=day("09-11"))
    assert [(row.state, row.completed_on) for row in made.requirements] == [(State.MISSING, None)]
    assert found(problem, made) == []
    for second in ("D1-2", "D2-2"):
        assert found(problem, plan(problem, f"h1: D1-1 {second}", today=day("09-11"))) == []


def test_what_has_all_been_held_is_done_on_its_last_day() -> None:
    given = [GivenBooking(hire="h1", session=f"D1-{n}") for n in (1, 2)]
    made = plan(term(hire("h1"), DAYS, D1, D2, *given), "h1: D1-1 D1-2", today=day("09-18"))
    assert [(row.state, row.completed_on) for row in made.requirements] == [(State.DONE, day("09-17"))]


def test_only_credits_have_no_day_of_completion() -> None:
    made = plan(term(hire("h1", credits=(Credit(programme="D"),)), DAYS, D1))
    assert [(row.state, row.completed_on) for row in made.requirements] == [(State.DONE, None)]
