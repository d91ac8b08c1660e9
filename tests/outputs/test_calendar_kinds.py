"""Calendars of units and other receivers of their own people: who is in them, what they are called, how they change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

import pytest

from models.plan import Plan
from models.problem import Organisation, TermProblem
from outputs.events.identity import UNIT
from outputs.events.kinds import KINDS, parted, within
from outputs.ics import calendars
from tests.outputs.factories import ANNA, BO, CIA, planned, replanned, term
from tests.outputs.rfc5545 import Component, checked, text

SEATS = {"p1": "CI-1-1 CI-1-2", "p2": "CI-1-1", "p3": "CI-1-1 CI-1-2"}
IN_UNITS = (
    ANNA,
    BO.model_copy(update={"unit": "Mottag"}),
    CIA.model_copy(update={"unit": "Mottag"}),
)


def files(problem: TermProblem, plan: Plan) -> dict[str, Component]:
    return {str(path): checked(data) for path, data in calendars(problem, plan)}


def raw(problem: TermProblem, plan: Plan) -> dict[PurePosixPath, bytes]:
    return dict(calendars(problem, plan))


def summaries(events: Iterable[Component]) -> list[str]:
    return [text(event.value("SUMMARY")) for event in events]


def test_a_unit_reads_of_its_own_people_and_no_others_of_its_administration() -> None:
    problem = term(hires=IN_UNITS)
    found = files(problem, planned(problem, SEATS))

    north, south = found["enhet/N-Mottag.ics"], found["enhet/S-Mottag.ics"]
    first, second = (text(event.value("DESCRIPTION")) for event in north.all("VEVENT"))
    assert first.endswith("Deltagare: 2\n- Anna Ek\n- Bo Åhl")
    assert second.endswith("Deltagare: 1\n- Anna Ek")
    assert all("Anna" not in event.value("DESCRIPTION") for event in south.all("VEVENT"))
    assert text(north.value("NAME")) == "Introduktion Mottag, Nordost HT 2026"


def test_who_has_no_unit_makes_no_calendar() -> None:
    found = files(term(), planned(term(), SEATS))
    assert [path for path in found if path.startswith("enhet/")] == ["enhet/N-Mottag.ics"]


def test_a_unit_that_everybody_left_is_told_that_the_session_is_held_without_them() -> None:
    problem = term(hires=IN_UNITS)
    first = planned(problem, {"p1": "CI-1-1", "p3": "CI-1-1"})
    moved = term(hires=(ANNA.model_copy(update={"unit": "Vuxna"}), *IN_UNITS[1:]))
    second = replanned(moved, {"p1": "CI-1-1", "p3": "CI-1-1"}, problem, first)
    third = replanned(moved, {"p1": "CI-1-1", "p3": "CI-1-1"}, moved, second)

    (withdrawn,) = files(moved, second)["enhet/N-Mottag.ics"].all("VEVENT")
    assert summaries([withdrawn]) == ["AVBOKAT: Central introduktion: Staden"]
    assert text(withdrawn.value("DESCRIPTION")).endswith("Tillfället hålls, men ingen av era deltar längre.")
    assert (withdrawn.value("STATUS"), withdrawn.value("SEQUENCE")) == ("CANCELLED", "1")
    assert files(moved, third)["enhet/N-Mottag.ics"].all("VEVENT") == []
    (new,) = files(moved, second)["enhet/N-Vuxna.ics"].all("VEVENT")
    assert (new.value("STATUS"), new.value("SEQUENCE")) == ("CONFIRMED", "0")


def test_a_unit_that_left_the_tables_keeps_its_calendar_for_as_long_as_it_has_a_cancellation_to_show() -> None:
    problem = term(hires=IN_UNITS)
    alone = term(hires=IN_UNITS[2:])
    first = planned(problem, SEATS)
    second = replanned(alone, {"p3": SEATS["p3"]}, problem, first)
    third = replanned(alone, {"p3": SEATS["p3"]}, alone, second)

    gone = files(alone, second)["enhet/N-Mottag.ics"].all("VEVENT")
    assert summaries(gone) == ["AVBOKAT: Central introduktion: Staden", "AVBOKAT: Central introduktion: Uppdraget"]
    assert "enhet/N-Mottag.ics" not in files(alone, third)


def test_when_nothing_changed_no_byte_of_any_calendar_changes() -> None:
    problem = term(hires=IN_UNITS)
    first = planned(problem, SEATS)
    assert raw(problem, replanned(problem, SEATS, problem, first)) == raw(problem, first)


def test_the_same_session_has_another_uid_in_every_calendar() -> None:
    problem = term(hires=IN_UNITS)
    found = files(problem, planned(problem, SEATS))
    uids = [event.value("UID") for calendar in found.values() for event in calendar.all("VEVENT")]
    assert len(uids) == len(set(uids))


def test_two_units_whose_names_read_alike_have_files_and_uids_of_their_own() -> None:
    """Administration A-B with unit C, and A with unit B-C; one that differs in case alone."""
    problem = term(
        organisations=(Organisation(id="A-B", name="Ett"), Organisation(id="A", name="Två")),
        hires=(
            ANNA.model_copy(update={"organisation": "A-B", "unit": "C"}),
            BO.model_copy(update={"organisation": "A", "unit": "B-C"}),
            CIA.model_copy(update={"organisation": "A", "unit": "b-c"}),
        ),
    )
    found = files(problem, planned(problem, {"p1": "CI-1-1", "p2": "CI-1-1", "p3": "CI-1-1"}))
    units = {path: calendar for path, calendar in found.items() if path.startswith("enhet/")}
    assert len({path.casefold() for path in units}) == 3
    assert len({event.value("UID") for calendar in units.values() for event in calendar.all("VEVENT")}) == 3


def test_a_units_file_keeps_its_name_when_one_that_reads_alike_arrives() -> None:
    both = (Organisation(id="A-B", name="Ett"), Organisation(id="A", name="Två"))
    anna = ANNA.model_copy(update={"organisation": "A-B", "unit": "C"})
    bo = BO.model_copy(update={"organisation": "A", "unit": "B-C"})
    before = term(organisations=both, hires=(anna,))
    after = term(organisations=both, hires=(anna, bo))
    first = planned(before, {"p1": "CI-1-1"})
    second = replanned(after, {"p1": "CI-1-1", "p2": "CI-1-1"}, before, first)
    third = replanned(after, {"p1": "CI-1-1", "p2": "CI-1-1"}, after, second)

    names = [path for path in files(after, second) if path.startswith("enhet/")]
    assert "enhet/A-B-C.ics" in names
    assert len(names) == 2
    assert summaries(files(after, second)["enhet/A-B-C.ics"].all("VEVENT")) == ["Central introduktion: Staden"]
    assert "Anna" in text(files(after, second)["enhet/A-B-C.ics"].all("VEVENT")[0].value("DESCRIPTION"))
    assert [path for path in files(after, third) if path.startswith("enhet/")] == names


@pytest.mark.parametrize("pair", [("N", "Mottag"), ("A-B", "C"), ("A", "B-C"), ("%2D", "-"), ("%", "%2D"), ("", "-")])
def test_an_owner_that_is_put_together_comes_apart_again(pair: tuple[str, str]) -> None:
    assert parted(within(*pair)) == pair


def test_a_plan_made_before_a_kind_of_calendar_existed_shows_it_as_a_plan_of_today_would() -> None:
    problem = term(hires=IN_UNITS)
    today = planned(problem, SEATS)
    old = today.model_copy(update={"events": tuple(row for row in today.events if row.calendar != UNIT)})

    assert raw(problem, old) == raw(problem, today)
    assert replanned(problem, {"p3": "CI-1-1"}, problem, old) == replanned(problem, {"p3": "CI-1-1"}, problem, today)


def test_rows_of_a_kind_that_a_later_program_writes_are_no_obstacle() -> None:
    problem = term()
    plan = planned(problem, SEATS)
    stranger = plan.events[0].model_copy(update={"calendar": "rymden"})
    assert raw(problem, plan.model_copy(update={"events": (*plan.events, stranger)})) == raw(problem, plan)


def test_every_kind_is_written_for_somebody_of_the_small_term() -> None:
    problem = term(hires=IN_UNITS)
    folders = {path.parts[0] for path in raw(problem, planned(problem, SEATS))}
    assert folders == {"person", *(kind.id for kind in KINDS)}
