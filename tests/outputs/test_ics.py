"""Whole calendars: who gets which, what they hold, and what they must not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

import pytest

from models.problem import TermProblem
from outputs.events.shown import unattended
from outputs.ics import calendars
from tests.outputs.factories import ANNA, BO, CIA, NORTH, SESSIONS, SOUTH, planned, replaced, replanned, term
from tests.outputs.rfc5545 import Component, checked, text

SEATS = {"p1": "CI-1-1 CI-1-2 HS-1-1 HS-1-1-2", "p2": "CI-1-1 CI-2-2", "p3": "CI-1-1 CI-1-2"}


def files(problem: TermProblem | None = None, seats: Mapping[str, str] = SEATS) -> dict[str, bytes]:
    problem = problem or term()
    return {str(path): data for path, data in calendars(problem, planned(problem, seats))}


def calendar(path: str, problem: TermProblem | None = None, seats: Mapping[str, str] = SEATS) -> Component:
    return checked(files(problem, seats)[path])


def descriptions(calendar_: Component) -> str:
    return "\n".join(text(event.value("DESCRIPTION")) for event in calendar_.all("VEVENT"))


def test_everyone_gets_a_calendar_by_kind_and_id() -> None:
    assert list(files()) == [
        *(f"person/{id_}.ics" for id_ in ("p1", "p2", "p3")),
        *(f"forvaltning/{id_}.ics" for id_ in ("N", "S")),
        *(f"omgang/{id_}.ics" for id_ in ("CI-1", "CI-2", "HS-1")),
        "enhet/N-Mottag.ics",
    ]


def test_every_file_is_a_right_calendar() -> None:
    for path, data in files().items():
        assert checked(data).value("METHOD") == "PUBLISH", path


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert files() == files()


def test_a_calendar_names_itself_and_says_how_often_it_is_worth_fetching() -> None:
    found = calendar("person/p1.ics")

    assert text(found.value("NAME")) == text(found.value("X-WR-CALNAME")) == "Introduktion Anna Ek HT 2026"
    assert found.value("REFRESH-INTERVAL") == found.value("X-PUBLISHED-TTL") == "PT12H"
    assert [line.parameters for line in found.lines if line.name == "REFRESH-INTERVAL"] == [{"VALUE": "DURATION"}]
    assert found.value("COLOR") == "steelblue"


def test_an_event_says_what_one_needs_in_the_room() -> None:
    (event, *_) = calendar("person/p1.ics").all("VEVENT")

    assert text(event.value("SUMMARY")) == "Handläggarskola: Samtal"
    assert text(event.value("LOCATION")) == "Kungsgatan 1, Sal 3"
    assert text(event.value("DESCRIPTION")).split("\n") == [
        "Utbildning: Handläggarskola",
        "Moment 1: Samtal",
        "Omgång: HS-1",
        "Plats: Kungsgatan 1, Sal 3",
        "Utbildare: Eva Alm",
        "Förhinder meddelas Nordost, nordost@example.se",
    ]
    assert event.value("DTSTAMP") == "20260803T000001Z"
    assert event.value("SEQUENCE") == "0"
    assert event.value("TRANSP") == "OPAQUE"


def test_whole_calendars_have_an_organizer_and_no_attendee() -> None:
    for data in files().values():
        for event in checked(data).all("VEVENT"):
            assert event.value("ORGANIZER") == "mailto:plan@example.se"
            assert not event.has("ATTENDEE")


def test_without_sender_the_administration_stands_as_organizer_and_else_nobody() -> None:
    problem = term(organizer=None)

    assert calendar("person/p1.ics", problem).all("VEVENT")[0].value("ORGANIZER") == "mailto:nordost@example.se"
    assert not calendar("person/p3.ics", problem).all("VEVENT")[0].has("ORGANIZER")
    assert not calendar("omgang/CI-1.ics", problem).all("VEVENT")[0].has("ORGANIZER")


@pytest.mark.parametrize(
    ("hire", "organizer", "note"),
    [
        ("p1", "plan@example.se", "Förhinder meddelas Nordost, nordost@example.se"),
        ("p3", "plan@example.se", "Förhinder meddelas utbildningskoordinatorn, plan@example.se"),
        ("p3", None, "Förhinder meddelas närmaste chef."),
    ],
)
def test_the_description_says_whom_to_tell(hire: str, organizer: str | None, note: str) -> None:
    assert note in descriptions(calendar(f"person/{hire}.ics", term(organizer=organizer)))


def test_an_address_that_no_mail_program_takes_is_left_out() -> None:
    problem = term(
        organizer="inte en adress\r\nX-EVIL:1", organisations=(NORTH.model_copy(update={"email": "?"}), SOUTH)
    )

    (event, *_) = calendar("person/p1.ics", problem).all("VEVENT")

    assert not event.has("ORGANIZER")
    assert "närmaste chef" in event.value("DESCRIPTION")


def test_an_administration_sees_one_event_a_session_with_its_own_people_only() -> None:
    found = calendar("forvaltning/N.ics")

    assert [e.value("DTSTART")[:8] for e in found.all("VEVENT")] == [
        "20260901", "20260915", "20261023", "20261103", "20270401",
    ]  # fmt: skip
    assert text(found.all("VEVENT")[1].value("DESCRIPTION")).endswith("Deltagare: 2\n- Anna Ek, Mottag\n- Bo Åhl")
    assert found.all("VEVENT")[1].value("TRANSP") == "TRANSPARENT"


def test_no_name_of_another_administration_gets_into_an_administrations_calendar() -> None:
    everything = files()

    for own, others in (("N", [CIA]), ("S", [ANNA, BO])):
        content = everything[f"forvaltning/{own}.ics"].replace(b"\r\n ", b"").decode()
        for hire in others:
            assert hire.name not in content
            assert hire.email not in content


def test_a_round_names_all_participants_without_addresses() -> None:
    content = descriptions(calendar("omgang/CI-1.ics"))

    assert "Deltagare: 3\n- Anna Ek, Nordost\n- Bo Åhl, Nordost\n- Cia Öst, Sydväst" in content
    assert "@" not in content


def test_participants_are_listed_in_swedish_order() -> None:
    hires = [
        BO.model_copy(update={"id": f"x{n}", "name": name}) for n, name in enumerate(["Öst", "Zorn", "Ärn", "Åhl"])
    ]
    problem = term(hires=tuple(hires))
    found = calendar("forvaltning/N.ics", problem, {hire.id: "CI-1-1" for hire in hires})

    assert descriptions(found).endswith("- Zorn\n- Åhl\n- Ärn\n- Öst")


def test_a_list_of_participants_ends_after_two_hundred_names_with_a_count_of_the_others() -> None:
    hires = [ANNA.model_copy(update={"id": f"h{n:03}", "name": f"Namn {n:03}"}) for n in range(203)]
    problem = term(hires=tuple(hires))
    lines = text(descriptions(calendar("omgang/CI-1.ics", problem, {h.id: "CI-1-1" for h in hires}))).split("\n")
    names = [line for line in lines if line.startswith("- ")]

    assert (names[0], names[-1], len(names)) == ("- Namn 000, Nordost", "- Namn 199, Nordost", 200)
    assert "Deltagare: 203" in lines
    assert lines[-1] == "… och 3 till"


def test_a_session_that_nobody_attends_has_no_event_and_is_named() -> None:
    problem = term()
    plan = planned(problem, {"p1": "CI-1-1"})
    found = dict(calendars(problem, plan))

    assert [e.value("DTSTART") for e in checked(found[PurePosixPath("omgang/CI-1.ics")]).all("VEVENT")] == [
        "20260915T090000"
    ]
    assert not checked(found[PurePosixPath("omgang/CI-2.ics")]).all("VEVENT")
    assert [s.id for s in unattended(problem, plan)] == ["CI-1-2", "CI-2-1", "CI-2-2", "HS-1-1", "HS-1-1-2"]


def test_nobody_is_missed_at_a_session_that_is_cancelled_or_outside_the_horizon_or_in_a_round_that_does_not_run() -> (
    None
):
    sessions = replaced(replaced(SESSIONS, "CI-2-1", cancelled=True), "CI-2-2", day=date(2027, 7, 1))
    problem = term(sessions=sessions)
    plan = planned(problem, {"p1": "CI-1-1"})
    runs = tuple(r.model_copy(update={"runs": r.round != "HS-1"}) for r in plan.rounds)

    assert [s.id for s in unattended(problem, plan.model_copy(update={"rounds": runs}))] == ["CI-1-2"]


def test_somebody_without_a_seat_gets_a_calendar_with_its_time_zone_only() -> None:
    found = calendar("person/p2.ics", seats={})

    assert [component.name for component in found.components] == ["VTIMEZONE"]


def test_ids_that_differ_by_case_alone_get_files_of_their_own() -> None:
    hires = (ANNA, BO.model_copy(update={"id": "P1"}))

    paths = [path.casefold() for path in files(term(hires=hires), {}) if path.startswith("person/")]

    assert len(set(paths)) == 2


def test_of_someone_who_left_the_calendar_shows_the_lost_seats_for_one_plan() -> None:
    first = planned(term(), SEATS)
    without = term(hires=(BO, CIA))
    second = replanned(without, {k: v for k, v in SEATS.items() if k != "p1"}, term(), first)
    third = replanned(without, {k: v for k, v in SEATS.items() if k != "p1"}, without, second)

    shown = checked(dict(calendars(without, second))[PurePosixPath("person/p1.ics")])

    assert {event.value("STATUS") for event in shown.all("VEVENT")} == {"CANCELLED"}
    assert PurePosixPath("person/p1.ics") not in dict(calendars(without, third))
