"""SEQUENCE, the day of change and what is lost, over chains of plans that are all made on one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from pathlib import PurePosixPath
from typing import Any

import pytest

from models.plan import Booking, Plan
from models.problem import TermProblem
from outputs.events import number_events
from outputs.ics import calendars, changes, unsendable
from tests.outputs.factories import (
    ANNA,
    BO,
    CENTRAL,
    CIA,
    NORTH,
    PLANNED,
    SCHOOL,
    SESSIONS,
    SOUTH,
    bare_plan,
    planned,
    replaced,
    replanned,
    term,
)
from tests.outputs.rfc5545 import Component, checked, text

BOTH = {"p1": "CI-1-1 CI-1-2", "p3": "CI-1-1 CI-1-2"}
LATER = date(2026, 8, 10)


def sequences(bookings: Iterable[Booking]) -> dict[str, int]:
    return {f"{b.hire} {b.session}": b.sequence for b in bookings}


def shared(plan: Plan, owner: str) -> dict[str, tuple[int, bool]]:
    """Sequence and whether it is cancelled, of an administration's or a round's events, by session."""
    return {row.session: (row.sequence, row.last is not None) for row in plan.events if row.owner == owner}


def shown(problem: TermProblem, plan: Plan, path: str) -> Component:
    return checked(dict(calendars(problem, plan))[PurePosixPath(path)])


def states(calendar: Component) -> dict[str, str]:
    return {e.value("UID"): e.value("STATUS") + " " + e.value("SEQUENCE") for e in calendar.all("VEVENT")}


def event_bytes(problem: TermProblem, plan: Plan, path: str) -> set[bytes]:
    data = dict(calendars(problem, plan))[PurePosixPath(path)]
    return set(data.removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VEVENT\r\n")[1:])


def mailed(problem: TermProblem, plan: Plan, previous_problem: TermProblem, previous: Plan) -> dict[str, Component]:
    return {str(path): checked(data) for path, data in changes(problem, plan, previous_problem, previous)}


def test_in_a_first_plan_every_event_is_new() -> None:
    plan = planned(term(), BOTH)

    assert set(sequences(plan.bookings).values()) == {0}
    assert {b.changed_on for b in plan.bookings} == {PLANNED}
    assert {(row.sequence, row.changed_on, row.last) for row in plan.events} == {(0, PLANNED, None)}
    assert plan.cancelled == ()


def test_bookings_keep_their_order() -> None:
    bare = bare_plan(term(), BOTH)

    assert [b.session for b in planned(term(), BOTH).bookings] == [b.session for b in bare.bookings]


def test_when_nothing_changed_no_byte_of_any_event_changes() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, BOTH, problem, first, on=LATER)

    assert (second.bookings, second.cancelled, second.events) == (first.bookings, first.cancelled, first.events)
    assert list(calendars(problem, second)) == list(calendars(problem, first))
    assert mailed(problem, second, problem, first) == {}


def test_a_plan_read_from_its_file_is_the_same_plan() -> None:
    problem = term()
    first = planned(problem, BOTH)
    stored = Plan.model_validate_json(first.model_dump_json(by_alias=True))
    second = replanned(problem, BOTH, TermProblem.model_validate_json(problem.model_dump_json()), stored, on=LATER)

    assert list(calendars(problem, second)) == list(calendars(problem, first))
    assert list(calendars(problem, stored)) == list(calendars(problem, first))


def test_a_moved_seat_keeps_its_uid_and_rises_by_one_and_the_others_do_not() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, BOTH | {"p1": "CI-2-1 CI-1-2"}, problem, first, on=LATER)

    assert sequences(second.bookings) == {"p1 CI-2-1": 1, "p1 CI-1-2": 0, "p3 CI-1-1": 0, "p3 CI-1-2": 0}
    assert {b.session: b.changed_on for b in second.bookings if b.hire == "p1"} == {"CI-2-1": LATER, "CI-1-2": PLANNED}
    before, after = shown(problem, first, "person/p1.ics"), shown(problem, second, "person/p1.ics")
    assert states(before).keys() == states(after).keys()
    assert second.cancelled == ()
    assert len(event_bytes(problem, first, "person/p1.ics") & event_bytes(problem, second, "person/p1.ics")) == 1
    assert event_bytes(problem, first, "person/p3.ics") == event_bytes(problem, second, "person/p3.ics")


CHANGED = {
    "the day": {"sessions": replaced(SESSIONS, "CI-1-1", day=date(2026, 9, 16))},
    "the start": {"sessions": replaced(SESSIONS, "CI-1-1", start=time(8))},
    "the end": {"sessions": replaced(SESSIONS, "CI-1-1", end=time(15))},
    "the place": {"sessions": replaced(SESSIONS, "CI-1-1", place="Stadshuset")},
    "the room": {"sessions": replaced(SESSIONS, "CI-1-1", room=None)},
    "the trainers": {"sessions": replaced(SESSIONS, "CI-1-1", trainers=("Eva Alm", "Per Lo"))},
    "the programme's name": {"programmes": (CENTRAL.model_copy(update={"name": "Introduktion"}), SCHOOL)},
    "the sender": {"organizer": "ny@example.se"},
    "the zone": {"timezone": "Europe/Helsinki"},
}


@pytest.mark.parametrize("fields", CHANGED.values(), ids=CHANGED.keys())
def test_what_all_readers_see_raises_the_sequence_in_every_calendar(fields: dict[str, Any]) -> None:
    first = planned(term(), BOTH)
    second = replanned(term(**fields), BOTH, term(), first)

    assert sequences(second.bookings)["p1 CI-1-1"] == 1
    assert shared(second, "N")["CI-1-1"] == shared(second, "CI-1")["CI-1-1"] == (1, False)


NOWHERE = replaced(SESSIONS, "CI-1-1", place=None, room=None)
UNSEEN = {
    "seats": {"sessions": replaced(NOWHERE, "CI-1-1", seats=7)},
    "a blank place instead of none": {"sessions": replaced(NOWHERE, "CI-1-1", place="", room=" ")},
    "weights": {"sessions": NOWHERE, "programmes": (CENTRAL.model_copy(update={"weight": 5}), SCHOOL)},
}


@pytest.mark.parametrize("fields", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_no_reader_sees_raises_nothing(fields: dict[str, Any]) -> None:
    before, after = term(sessions=NOWHERE), term(**fields)
    first = planned(before, BOTH)
    second = replanned(after, BOTH, before, first, on=LATER)

    assert second.events == first.events
    assert sequences(second.bookings) == sequences(first.bookings)
    assert event_bytes(after, second, "person/p1.ics") == event_bytes(before, first, "person/p1.ics")


def test_a_new_participant_is_news_to_those_who_see_her_only() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, BOTH | {"p2": "CI-1-1"}, problem, first)

    assert set(sequences(second.bookings).values()) == {0}
    assert shared(second, "N") == {"CI-1-1": (1, False), "CI-1-2": (0, False)}
    assert shared(second, "S") == {"CI-1-1": (0, False), "CI-1-2": (0, False)}
    assert shared(second, "CI-1") == {"CI-1-1": (1, False), "CI-1-2": (0, False)}


def test_a_changed_name_is_news_in_the_lists_and_not_to_herself() -> None:
    first = planned(term(), BOTH)
    renamed = term(hires=(ANNA.model_copy(update={"name": "Anna Ek-Lo"}), BO, CIA))
    second = replanned(renamed, BOTH, term(), first)

    assert set(sequences(second.bookings).values()) == {0}
    assert shared(second, "N")["CI-1-1"] == shared(second, "CI-1")["CI-1-1"] == (1, False)
    assert shared(second, "S")["CI-1-1"] == (0, False)


def test_a_lost_seat_is_shown_as_cancelled_for_one_plan_and_remembered_for_ever() -> None:
    problem = term()
    first = planned(problem, BOTH)
    without = {"p3": BOTH["p3"]}
    second = replanned(problem, without, problem, first)
    third = replanned(problem, without, problem, second)

    for plan in (second, third):
        assert sequences(plan.cancelled) == {"p1 CI-1-1": 1, "p1 CI-1-2": 1}
    calendar = shown(problem, second, "person/p1.ics")
    assert set(states(calendar).values()) == {"CANCELLED 1"}
    assert text(calendar.all("VEVENT")[0].value("SUMMARY")) == "INSTÄLLT: Central introduktion: Staden"
    assert calendar.all("VEVENT")[0].value("TRANSP") == "TRANSPARENT"
    assert states(shown(problem, third, "person/p1.ics")) == {}


def test_a_seat_that_comes_back_takes_its_uid_back_with_a_higher_sequence() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, {"p3": BOTH["p3"]}, problem, first)
    third = replanned(problem, {"p3": BOTH["p3"]}, problem, second)
    fourth = replanned(problem, BOTH, problem, third)

    assert sequences(fourth.bookings) == {"p1 CI-1-1": 2, "p1 CI-1-2": 2, "p3 CI-1-1": 0, "p3 CI-1-2": 0}
    assert fourth.cancelled == ()
    before, after = shown(problem, first, "person/p1.ics"), shown(problem, fourth, "person/p1.ics")
    assert states(before).keys() == states(after).keys()


def test_a_chain_of_three_plans_on_three_days() -> None:
    problem = term()
    first = planned(problem, {"p1": "CI-1-1 CI-1-2 HS-1-1"})
    second = replanned(problem, {"p1": "CI-2-1 CI-1-2"}, problem, first, on=LATER)
    third = replanned(problem, {"p1": "CI-1-1 CI-1-2"}, problem, second, on=date(2026, 8, 17))

    assert sequences(second.bookings) == {"p1 CI-2-1": 1, "p1 CI-1-2": 0}
    assert sequences(second.cancelled) == {"p1 HS-1-1": 1}
    assert sequences(third.bookings) == {"p1 CI-1-1": 2, "p1 CI-1-2": 0}
    assert [b.changed_on for b in third.bookings] == [date(2026, 8, 17), PLANNED]
    assert [(b.sequence, b.changed_on) for b in third.cancelled] == [(1, LATER)]


def test_a_cancelled_session_is_shown_as_cancelled_where_it_was_seen_for_one_plan() -> None:
    first = planned(term(), BOTH)
    called_off = term(sessions=replaced(SESSIONS, "CI-1-1", cancelled=True))
    moved = {"p1": "CI-2-1 CI-1-2", "p3": "CI-2-1 CI-1-2"}
    second = replanned(called_off, moved, term(), first)
    third = replanned(called_off, moved, called_off, second)

    for owner, path in (("N", "forvaltning/N.ics"), ("S", "forvaltning/S.ics"), ("CI-1", "omgang/CI-1.ics")):
        assert shared(second, owner)["CI-1-1"] == shared(third, owner)["CI-1-1"] == (1, True)
        cancelled = [e for e in shown(called_off, second, path).all("VEVENT") if e.value("STATUS") == "CANCELLED"]
        assert [e.value("DTSTART") for e in cancelled] == ["20260915T090000"]
        assert text(cancelled[0].value("SUMMARY")) == "INSTÄLLT: Central introduktion: Staden"
        assert "Anna" not in cancelled[0].value("DESCRIPTION")
        assert "CANCELLED" not in str(states(shown(called_off, third, path)))


def test_a_session_that_left_the_input_is_cancelled_with_what_was_last_shown() -> None:
    first = planned(term(), BOTH)
    fewer = term(sessions=tuple(s for s in SESSIONS if s.id != "CI-1-1"))
    second = replanned(fewer, {"p1": "CI-1-2", "p3": "CI-1-2"}, term(), first)

    (cancelled,) = [e for e in shown(fewer, second, "omgang/CI-1.ics").all("VEVENT") if e.value("SEQUENCE") == "1"]
    assert cancelled.value("DTSTART") == "20260915T090000"
    assert text(cancelled.value("LOCATION")) == "Kungsgatan 1, Sal 3"


def test_a_session_that_comes_back_takes_its_uid_back() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, {"p3": BOTH["p3"]}, problem, first)
    third = replanned(problem, {"p3": BOTH["p3"]}, problem, second)
    fourth = replanned(problem, BOTH, problem, third)

    assert shared(second, "N")["CI-1-1"] == shared(third, "N")["CI-1-1"] == (1, True)
    assert shared(fourth, "N")["CI-1-1"] == (2, False)
    before, after = shown(problem, first, "forvaltning/N.ics"), shown(problem, fourth, "forvaltning/N.ics")
    assert states(before).keys() == states(after).keys()


def uid_by_start(problem: TermProblem, plan: Plan) -> dict[str, str]:
    return {e.value("DTSTART")[:8]: e.value("UID") for e in shown(problem, plan, "person/p1.ics").all("VEVENT")}


def retake_problem() -> TermProblem:
    """The school in two rounds, two meetings each: HS-1-1 and HS-1-1-2, HS-2-1 and HS-2-1-2."""
    school = [s for s in SESSIONS if s.round == "HS-1"]
    days = (date(2026, 12, 1), date(2026, 12, 8))
    second = [
        s.model_copy(update={"id": s.id.replace("HS-1", "HS-2"), "round": "HS-2", "day": day})
        for s, day in zip(school, days, strict=True)
    ]
    rounds = term().rounds
    return term(sessions=(*SESSIONS, *second), rounds=(*rounds, rounds[-1].model_copy(update={"id": "HS-2"})))


def test_a_module_taken_again_has_the_events_identity_and_what_was_held_goes_on_with_a_suffix() -> None:
    problem = retake_problem()
    first = planned(problem, {"p1": "HS-1-1 HS-1-1-2"})
    second = replanned(problem, {"p1": "HS-1-1 HS-2-1 HS-2-1-2"}, problem, first, on=date(2026, 11, 10))

    before, after = uid_by_start(problem, first), uid_by_start(problem, second)

    assert after["20261201"] == before["20260901"]
    assert after["20260901"] == before["20260901"] + "-2"
    assert after["20261208"] == before["20261103"]
    assert sequences(second.bookings) == {"p1 HS-1-1": 0, "p1 HS-2-1": 1, "p1 HS-2-1-2": 1}
    assert second.cancelled == ()


def test_a_retake_that_is_lost_is_cancelled_and_what_was_held_keeps_its_uid() -> None:
    problem = retake_problem()
    first = planned(problem, {"p1": "HS-1-1 HS-1-1-2"})
    second = replanned(problem, {"p1": "HS-1-1 HS-2-1 HS-2-1-2"}, problem, first)
    third = replanned(problem, {"p1": "HS-1-1"}, problem, second)
    fourth = replanned(problem, {"p1": "HS-1-1"}, problem, third)
    fifth = replanned(problem, {"p1": "HS-1-1 HS-2-1 HS-2-1-2"}, problem, fourth)

    held = uid_by_start(problem, second)["20260901"]
    for plan in (third, fourth):
        assert sequences(plan.cancelled) == {"p1 HS-2-1": 2, "p1 HS-2-1-2": 2}
        assert uid_by_start(problem, plan)["20260901"] == held
    assert sequences(fifth.bookings) == {"p1 HS-1-1": 0, "p1 HS-2-1": 3, "p1 HS-2-1-2": 3}
    assert uid_by_start(problem, fifth) == uid_by_start(problem, second)


def test_what_is_mailed_is_one_changed_seat_a_file_for_its_own_attendee() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, {"p1": "CI-2-1 CI-1-2", "p2": "HS-1-1", "p3": "CI-1-1"}, problem, first)

    found = mailed(problem, second, problem, first)

    assert {path: c.value("METHOD") for path, c in found.items()} == {
        "andringar/N/p1/CI_1-1.ics": "REQUEST",
        "andringar/N/p2/HS_1-1.ics": "REQUEST",
        "andringar/S/p3/CI_2-1.ics": "CANCEL",
    }
    for path, calendar in found.items():
        (event,) = calendar.all("VEVENT")
        (attendee,) = [line for line in event.lines if line.name == "ATTENDEE"]
        assert attendee.value == {"p1": "mailto:anna@example.se", "p2": "mailto:bo@example.se"}.get(
            path.split("/")[2], "mailto:cia@example.se"
        )
        assert attendee.parameters["RSVP"] == "FALSE"
        assert event.value("ORGANIZER") == "mailto:plan@example.se"
        assert (event.value("STATUS") == "CANCELLED") == (calendar.value("METHOD") == "CANCEL")
        assert not calendar.has("NAME")


def test_a_mailed_event_is_the_one_in_her_calendar() -> None:
    problem = term()
    first = planned(problem, BOTH)
    second = replanned(problem, {"p1": "CI-2-1 CI-1-2", "p3": "CI-1-1"}, problem, first)
    mails = mailed(problem, second, problem, first)

    for path, mail in mails.items():
        (event,) = mail.all("VEVENT")
        own = shown(problem, second, f"person/{path.split('/')[2]}.ics")
        (same,) = [e for e in own.all("VEVENT") if e.value("UID") == event.value("UID")]
        assert [line for line in event.lines if line.name != "ATTENDEE"] == same.lines


def test_nothing_is_mailed_about_a_session_already_held() -> None:
    first = planned(term(), BOTH)
    second = replanned(term(), {"p3": BOTH["p3"]}, term(), first, on=date(2026, 9, 16))

    assert list(mailed(term(), second, term(), first)) == ["andringar/N/p1/CI_2-1.ics"]


@pytest.mark.parametrize("on", [date(2026, 9, 15), date(2026, 9, 16)])
def test_a_new_address_raises_what_is_to_come_and_no_other_event(on: date) -> None:
    after = term(hires=(ANNA.model_copy(update={"email": "ny@example.se"}), BO, CIA))
    second = replanned(after, BOTH, term(), planned(term(), BOTH), on=on)
    held = on > date(2026, 9, 15)

    assert sequences(second.bookings) == {
        "p1 CI-1-1": 0 if held else 1, "p1 CI-1-2": 1, "p3 CI-1-1": 0, "p3 CI-1-2": 0
    }  # fmt: skip
    assert not any(row.sequence for row in second.events)


def test_a_blanked_address_is_recalled_and_named_since_nobody_else_is_told() -> None:
    after = term(hires=(ANNA.model_copy(update={"email": None}), BO, CIA))
    first = planned(term(), BOTH)
    second = replanned(after, BOTH, term(), first)

    assert list(mailed(after, second, term(), first)) == [
        "andringar/N/p1/CI_1-1-aterkallad.ics", "andringar/N/p1/CI_2-1-aterkallad.ics"
    ]  # fmt: skip
    assert unsendable(after, second, term(), first) == ("p1",)


def test_without_a_sender_a_change_of_administration_is_recalled_by_the_former_ones_address() -> None:
    organisations = (NORTH, SOUTH.model_copy(update={"email": "syd@example.se"}))
    before = term(organizer=None, organisations=organisations)
    after = term(
        organizer=None, organisations=organisations, hires=(ANNA.model_copy(update={"organisation": "S"}), BO, CIA)
    )
    first = planned(before, BOTH)
    found = mailed(after, replanned(after, {"p1": "CI-1-1", "p3": BOTH["p3"]}, before, first), before, first)

    assert {path: c.all("VEVENT")[0].value("ORGANIZER") for path, c in found.items()} == {
        "andringar/S/p1/CI_1-1.ics": "mailto:syd@example.se",
        "andringar/S/p1/CI_2-1.ics": "mailto:nordost@example.se",
    }


def test_a_session_held_without_an_administrations_people_is_withdrawn_there_and_not_called_off() -> None:
    problem = term()
    second = replanned(problem, {"p3": BOTH["p3"]}, problem, planned(problem, BOTH))

    (_, _) = events = shown(problem, second, "forvaltning/N.ics").all("VEVENT")
    for event in events:
        assert event.value("SUMMARY").startswith("AVBOKAT: Central introduktion")
        assert event.value("STATUS") == "CANCELLED"
        assert text(event.value("DESCRIPTION")).endswith("Tillfället hålls, men ingen av era deltar längre.")


def test_a_session_that_lost_everybody_is_cancelled_in_its_rounds_calendar_too() -> None:
    problem = term()
    second = replanned(problem, {}, problem, planned(problem, BOTH))

    for path in ("forvaltning/N.ics", "omgang/CI-1.ics"):
        summaries = [text(e.value("SUMMARY")) for e in shown(problem, second, path).all("VEVENT")]
        assert [s.startswith("INSTÄLLT: ") for s in summaries] == [True, True]


def test_a_chain_that_began_without_a_series_keeps_its_uids() -> None:
    problem = term()
    old = planned(problem, BOTH)
    bare = bare_plan(problem, BOTH, number=2)

    assert number_events(problem, bare, problem, old, "en-serie").series is None
    assert states(shown(problem, number_events(problem, bare, problem, old, "en-serie"), "person/p1.ics")).keys() == (
        states(shown(problem, old, "person/p1.ics")).keys()
    )


def test_a_plan_of_schema_1_says_in_which_plan_its_events_changed_by_its_own_number() -> None:
    problem = term()
    first = planned(problem, BOTH)
    unsaid = {"changed_in": None}
    old = first.model_copy(
        update={
            "schema_": 1,
            "plan_number": 3,
            "bookings": tuple(b.model_copy(update=unsaid) for b in first.bookings),
            "events": tuple(e.model_copy(update=unsaid) for e in first.events),
        }
    )
    second = replanned(problem, BOTH, problem, old)

    assert {row.changed_in for row in second.bookings} | {row.changed_in for row in second.events} == {3}
    assert event_bytes(problem, second, "person/p1.ics") == event_bytes(problem, old, "person/p1.ics")


def test_who_left_is_told_at_the_address_she_had() -> None:
    first = planned(term(), BOTH)
    without = term(hires=(BO, CIA))
    second = replanned(without, {"p3": BOTH["p3"]}, term(), first)

    found = mailed(without, second, term(), first)

    assert list(found) == ["andringar/N/p1/CI_1-1.ics", "andringar/N/p1/CI_2-1.ics"]
    assert {c.value("METHOD") for c in found.values()} == {"CANCEL"}


def test_changes_without_an_address_are_named_and_not_written() -> None:
    silent = (ANNA.model_copy(update={"email": None}), BO, CIA)
    problem = term(hires=silent)
    first = planned(problem, {})
    second = replanned(problem, BOTH, problem, first)

    assert {path.split("/")[2] for path in mailed(problem, second, problem, first)} == {"p3"}
    assert unsendable(problem, second, problem, first) == ("p1",)


def test_without_any_sender_nothing_can_be_mailed() -> None:
    problem = term(organizer=None, organisations=(NORTH.model_copy(update={"email": None}), SOUTH))
    first = planned(problem, {})
    second = replanned(problem, BOTH, problem, first)

    assert mailed(problem, second, problem, first) == {}
    assert unsendable(problem, second, problem, first) == ("p1", "p3")
    assert shown(problem, second, "person/p1.ics").all("VEVENT")


def test_mailing_every_change_of_a_chain_ends_in_the_calendar_of_the_last_plan() -> None:
    problem = term()
    steps = [
        {"p1": "CI-1-1 CI-1-2 HS-1-1"},
        {"p1": "CI-2-1 CI-1-2", "p2": "HS-1-1 HS-1-1-2"},
        {"p1": "CI-1-1 HS-1-1", "p2": "HS-1-1-2 CI-2-1", "p3": "CI-1-1"},
        {"p1": "CI-1-1 CI-2-2", "p3": "CI-1-1"},
    ]
    previous = planned(problem, {})
    had: dict[tuple[str, str], Component] = {}
    for seats in steps:
        plan = replanned(problem, seats, problem, previous)
        for path, mail in mailed(problem, plan, problem, previous).items():
            (event,) = mail.all("VEVENT")
            key = path.split("/")[2], event.value("UID")
            assert key not in had or int(had[key].value("SEQUENCE")) < int(event.value("SEQUENCE"))
            had[key] = event
        previous = plan
    for hire in ("p1", "p2", "p3"):
        kept = {
            uid: e.value("DTSTART") for (h, uid), e in had.items() if h == hire and e.value("STATUS") != "CANCELLED"
        }
        last = shown(problem, previous, f"person/{hire}.ics").all("VEVENT")
        assert kept == {e.value("UID"): e.value("DTSTART") for e in last if e.value("STATUS") != "CANCELLED"}


def test_no_uid_holds_a_name_an_address_or_an_id() -> None:
    problem = term(hires=(ANNA.model_copy(update={"id": "anna.ek@example.se"}),))
    plan = planned(problem, {"anna.ek@example.se": "CI-1-1"})

    for _, data in calendars(problem, plan):
        for event in checked(data).all("VEVENT"):
            assert event.value("UID").startswith("terminsplan-")
            assert all(c in "0123456789abcdef" for c in event.value("UID").removeprefix("terminsplan-"))


def test_ids_that_read_alike_when_put_together_have_uids_of_their_own() -> None:
    hires = tuple(ANNA.model_copy(update={"id": id_}) for id_ in ("a", 'a", "CI', "å", "a\u030a"))
    problem = term(hires=hires)
    plan = planned(problem, {hire.id: "CI-1-1 CI-1-2" for hire in hires})

    uids = [
        event.value("UID")
        for path, data in calendars(problem, plan)
        if path.parts[0] == "person"
        for event in checked(data).all("VEVENT")
    ]
    assert len(set(uids)) == len(uids) == 8
