"""Every calendar of the example and of its October re-plan, as independent readers take it, against plan.json."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.needed import absent
from tests.outputs.readers import READERS, MissingReaderError, ReadCalendar, Reader, reader

Times = tuple[datetime, datetime]


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    try:
        return reader(request.param, tmp_path)
    except MissingReaderError as missing:
        absent(str(missing))


def calendars_of(read: Reader, plan: Path, kind: str) -> dict[str, ReadCalendar]:
    """What the reader understood of each calendar, by file stem (ids of the example need no other file name)."""
    paths = sorted((plan / "kalendrar" / kind).rglob("*.ics"))
    assert paths
    return {
        str(path.relative_to(plan / "kalendrar" / kind).with_suffix("")): c
        for path, c in zip(paths, read(paths), strict=True)
    }


def seats_of(plan: Path) -> dict[str, set[Times]]:
    """The times of each hire's seats in plan.json, in UTC."""
    seats: dict[str, set[Times]] = defaultdict(set)
    for row in json.loads((plan / "plan.json").read_text("utf-8"))["bookings"]:
        start, end = (datetime.fromisoformat(row[key]).astimezone(UTC) for key in ("start", "end"))
        seats[row["hire"]].add((start, end))
    return seats


def times_of(calendar: ReadCalendar) -> set[Times]:
    """Start and end of what still stands in a calendar."""
    return {(event.start, event.end) for event in calendar.events if event.status != "CANCELLED"}


@pytest.mark.parametrize("which", ["first", "october"])
def test_every_person_sees_her_own_seats_at_their_times(
    read: Reader, which: str, example_plan: Path, october: Path
) -> None:
    plan = example_plan if which == "first" else october / "plan"
    found, seats = calendars_of(read, plan, "person"), seats_of(plan)
    assert seats.keys() <= found.keys()
    assert {hire: times_of(calendar) for hire, calendar in found.items() if hire in seats} == dict(seats)


@pytest.mark.parametrize("kind", ["forvaltning", "omgang", "enhet"])
def test_the_shared_calendars_hold_every_seat_and_nothing_else(read: Reader, kind: str, october: Path) -> None:
    found, seats = calendars_of(read, october / "plan", kind), seats_of(october / "plan")
    shown = {times for calendar in found.values() for times in times_of(calendar)}
    taken = {times for own in seats.values() for times in own}
    assert taken <= shown
    assert kind == "omgang" or shown == taken


def test_every_mail_of_the_re_plan_is_one_event_with_a_method(read: Reader, october: Path) -> None:
    for path, calendar in calendars_of(read, october / "plan", "andringar").items():
        assert len(calendar.events) == 1, path
        assert calendar.method in {"REQUEST", "CANCEL"}, path
        assert (calendar.method == "CANCEL") == (calendar.events[0].status == "CANCELLED"), path
