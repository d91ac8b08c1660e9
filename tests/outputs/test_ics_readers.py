"""Independent readers understand every calendar alike, and as it was meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan import Plan
from models.problem import TermProblem, Trainer
from outputs.event_text import one_line
from outputs.ics import calendars, changes
from outputs.vtimezone import vtimezone
from tests.needed import absent
from tests.outputs.factories import (
    ANNA,
    BO,
    CENTRAL,
    CIA,
    NORTH,
    SCHOOL,
    SESSIONS,
    SOUTH,
    planned,
    replaced,
    replanned,
    session,
    term,
)
from tests.outputs.readers import READERS, MissingReaderError, ReadCalendar, Reader, installed, reader
from tests.outputs.rfc5545 import checked, parsed, text

NASTY = (
    "Åsa Öberg-Ärlig",
    "Flaggan 🇸🇪 och familjen 👩‍👩‍👧 ler 😀",
    "Lång " + "på namn " * 37 + "slut",
    "Ett, två; tre: fyra",
    r"Sista\ nästan\nej\, men\; ja\\",
    "Rad ett\r\nATTENDEE:mailto:evil@example.com\nX-EVIL:1",
    "Slut\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "Tysta\x00\x07\x08\x1b tecken\x7f\x85 och\u2028rader\u2029",
    "\u200fמימין לשמאל\u200e \u202eomvänt\u202c",
    'Kalle "Kula" Karlsson',
    "Potens 2^n och ^' citat^^",
    "a\u030angstro\u0308m isär",
    "\ud800halv",
    "=1+1",
    "   luft   ",
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest, scratch: Path) -> Reader:
    try:
        return reader(request.param, scratch)
    except MissingReaderError as missing:
        absent(str(missing))


def test_every_independent_reader_is_here_in_ci(scratch: Path) -> None:
    found, missing = installed(scratch)
    if missing:
        absent("; ".join(missing))
    assert tuple(found) == READERS


def written(folder: Path, files: Iterable[tuple[PurePosixPath, bytes]]) -> dict[str, Path]:
    paths = {}
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        paths[str(name)] = path
    return paths


def understood(read: Reader, paths: Mapping[str, Path]) -> dict[str, ReadCalendar]:
    return dict(zip(paths, read(list(paths.values())), strict=True))


def nasty_term(name: str) -> TermProblem:
    """A term in which every text is this one."""
    return term(
        term=name,
        organisations=(NORTH.model_copy(update={"name": name}), SOUTH.model_copy(update={"name": name})),
        programmes=(
            CENTRAL.model_copy(
                update={"name": name, "modules": tuple(m.model_copy(update={"name": name}) for m in CENTRAL.modules)}
            ),
            SCHOOL,
        ),
        hires=tuple(
            hire.model_copy(update={"name": name, "unit": name or "E", "manager": name or "C"})
            for hire in (ANNA, BO, CIA)
        ),
        trainers=(Trainer(id="u1", name=name),),
        sessions=tuple(s.model_copy(update={"place": name, "room": name, "trainers": (name, name)}) for s in SESSIONS),
    )


def chain(problem: TermProblem) -> list[tuple[PurePosixPath, bytes]]:
    """The calendars of the last of three plans, with moved, new,
    lost and returned seats, and all that was mailed before.
    """
    first = planned(problem, {"p1": "CI-1-1 CI-1-2 HS-1-1", "p3": "CI-1-1 CI-1-2"})
    second = replanned(problem, {"p1": "CI-2-1 CI-1-2", "p2": "CI-1-1", "p3": "CI-1-1"}, problem, first)
    third = replanned(problem, {"p1": "CI-2-1 CI-2-2 HS-1-1", "p2": "CI-1-1"}, problem, second)
    mails = [(PurePosixPath("2") / path, data) for path, data in changes(problem, second, problem, first)]
    return [*mails, *changes(problem, third, problem, second), *calendars(problem, third)]


def as_written(data: bytes, zone: ZoneInfo) -> list[tuple[object, ...]]:
    """What the bytes say, read by hand and with the zone database instead of the VTIMEZONE."""
    return [
        (
            event.value("UID"),
            _instant(event.value("DTSTART"), zone),
            _instant(event.value("DTEND"), zone),
            int(event.value("SEQUENCE")),
            event.value("STATUS"),
            text(event.value("SUMMARY")),
            text(event.value("LOCATION")) if event.has("LOCATION") else "",
            text(event.value("DESCRIPTION")),
            event.value("ORGANIZER") if event.has("ORGANIZER") else "",
            event.value("ATTENDEE") if event.has("ATTENDEE") else "",
        )
        for event in parsed(data).all("VEVENT")
    ]


def _instant(value: str, zone: ZoneInfo) -> datetime:
    return datetime.strptime(value[:15], "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)


def test_every_reader_takes_every_text_of_a_chain_of_plans_as_written(read: Reader, tmp_path: Path) -> None:
    given = {
        f"{number}/{path}": (name, data) for number, name in enumerate(NASTY) for path, data in chain(nasty_term(name))
    }
    found = understood(read, written(tmp_path, ((PurePosixPath(path), data) for path, (_, data) in given.items())))

    for path, (name, data) in given.items():
        calendar, seen = checked(data), found[path]
        assert [tuple(event[:10]) for event in seen.events] == as_written(data, ZoneInfo("Europe/Stockholm")), path
        assert seen.method == calendar.value("METHOD")
        assert seen.properties == len(calendar.lines)
        assert {e.attendee_name for e in seen.events if e.attendee} <= {in_a_parameter(name)}, path


def in_a_parameter(name: str) -> str:
    return one_line(name).translate(str.maketrans('"^\\', "''/"))


def by_booking(plan: Plan, hire: str) -> list[tuple[datetime, datetime]]:
    return sorted((b.start.astimezone(UTC), b.end.astimezone(UTC)) for b in plan.bookings if b.hire == hire)


ZONES = {
    "Europe/Stockholm": "two observances with a rule",
    "Europe/Helsinki": "the same rule, another hour",
    "Europe/London": "no offset in winter",
    "Europe/Dublin": "negative summer time in the zone database",
    "America/New_York": "other weekends than Europe",
    "Asia/Tokyo": "no changes",
    "Asia/Kolkata": "a half hour",
    "Asia/Kathmandu": "three quarters of an hour",
    "America/St_Johns": "a half hour with changes",
    "Australia/Lord_Howe": "half an hour's change, on the southern half",
    "Pacific/Chatham": "changes at 02:45 and 03:45",
    "America/Santiago": "changes the day after a Saturday of a month",
    "Africa/Casablanca": "no rule: Ramadan",
    "Africa/Cairo": "changes after the last Thursday, in either month",
    "Asia/Jerusalem": "the Friday before the last Sunday",
    "America/Nuuk": "changes the evening before",
    "UTC": "no offset at all",
    "Etc/GMT+5": "a sign in the name",
    "Pacific/Kiritimati": "fourteen hours ahead",
}


BY_ZONES_NAME = {"khal"}
"""Readers that take a zone from a database of their own, whatever VTIMEZONE says."""
OF_OWN_OPINION = {"Africa/Casablanca"}
"""Zones whose coming changes are not the same in all databases."""


def around_every_change(zone: str) -> tuple[tuple[date, time], ...]:
    """Mornings and evenings on the days around every change of the clocks in two years, and in the middle of months."""
    tz, day, last = ZoneInfo(zone), date(2026, 7, 15), date(2028, 7, 15)
    found: list[date] = []
    while day <= last:
        noon = datetime.combine(day, time(12), tz)
        if day.day == 15 or noon.utcoffset() != (noon + timedelta(days=1)).utcoffset():
            found += [day + timedelta(days=n) for n in range(-1, 3)]
        day += timedelta(days=1)
    return tuple((day, hour) for day in sorted(set(found)) for hour in (time(7, 30), time(21)))


@pytest.fixture(scope="module")
def zone_plans() -> dict[str, tuple[TermProblem, Plan]]:
    """For each zone a plan with sessions around every change."""
    made = {}
    for zone in ZONES:
        sessions = tuple(
            session(f"HS-1-1-{n}", day, start, time(start.hour + 2))
            for n, (day, start) in enumerate(around_every_change(zone), start=1)
        )
        problem = term(timezone=zone, horizon_end=date(2028, 12, 31), sessions=sessions)
        made[zone] = problem, planned(problem, {"p1": " ".join(s.id for s in sessions)})
    return made


def test_every_reader_finds_the_planned_instants_in_any_zone_over_every_change(
    zone_plans: dict[str, tuple[TermProblem, Plan]], read: Reader, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    by_name = request.node.callspec.params["read"] in BY_ZONES_NAME
    paths = {}
    for number, (zone, (problem, plan)) in enumerate(zone_plans.items()):
        if by_name and zone in OF_OWN_OPINION:
            continue
        files = calendars(problem, plan)
        paths[zone] = written(tmp_path / str(number), files)["person/p1.ics"]

    for zone, calendar in understood(read, paths).items():
        assert len(calendar.events) >= 150
        expected = by_booking(zone_plans[zone][1], "p1")
        assert sorted((e.start, e.end) for e in calendar.events) == expected, f"{zone}: {ZONES[zone]}"


@pytest.mark.parametrize("zone", ZONES)
def test_a_reader_that_goes_by_the_zones_name_finds_the_same_instants(zone: str) -> None:
    problem = term(timezone=zone)
    plan = planned(problem, {"p1": "CI-1-1 CI-1-2 CI-2-1 CI-2-2"})
    data = dict(calendars(problem, plan))[PurePosixPath("person/p1.ics")]

    events = icalendar.Calendar.from_ical(data).walk("VEVENT")

    assert [(e.start.astimezone(UTC), e.end.astimezone(UTC)) for e in events] == by_booking(plan, "p1")


def test_the_weekend_of_a_change_is_right_to_the_hour() -> None:
    """25 October 2026: 09:00 is 07:00 UTC on the Saturday, 08:00 UTC on the Sunday."""
    sessions = (session("HS-1-1", date(2026, 10, 24)), session("HS-1-1-2", date(2026, 10, 25)))
    problem = term(sessions=sessions)
    plan = planned(problem, {"p1": "HS-1-1 HS-1-1-2"})

    assert [start.hour for start, _ in by_booking(plan, "p1")] == [7, 8]


def test_a_time_that_comes_twice_is_written_so_that_it_can_be_read_in_one_way_only(
    read: Reader, tmp_path: Path
) -> None:
    problem = term(sessions=(session("HS-1-1", date(2026, 10, 25), time(2, 30), time(4)),))
    plan = planned(problem, {"p1": "HS-1-1"})
    (booking,) = plan.bookings
    second = booking.model_copy(update={"start": booking.start.replace(fold=1)})
    plan = plan.model_copy(update={"bookings": (second,)})

    found = understood(read, written(tmp_path, calendars(problem, plan)))

    assert found["person/p1.ics"].events[0].start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_regular_zone_is_two_observances_with_a_rule_and_no_list_of_dates() -> None:
    zone = vtimezone("Europe/Stockholm", 2026, 2027)

    assert zone.count(b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=") == 2
    assert zone.count(b"BEGIN:STANDARD") == zone.count(b"BEGIN:DAYLIGHT") == 1
    assert b"RDATE" not in zone
    assert zone == vtimezone("Europe/Stockholm", 2031, 2036)


def test_a_zone_without_changes_is_one_observance() -> None:
    zone = vtimezone("Asia/Tokyo", 2026, 2027)

    assert zone.count(b"BEGIN:STANDARD") == 1
    assert b"DAYLIGHT" not in zone


SILENT = NORTH.model_copy(update={"email": None})
ANY_TEXT = st.text(st.characters(), max_size=120)
HOSTILE = st.lists(
    ANY_TEXT
    | st.sampled_from(["\r\n", "\n", "\r", "\u2028", "\x0b", "BEGIN:VEVENT", "END:VEVENT", "X-A:1", "\\", ";", ","]),
    max_size=8,
).map("".join)


@settings(max_examples=40)
@given(HOSTILE)
def test_no_text_starts_a_property_or_a_component(hostile: str) -> None:
    ordinary, problem = chain(nasty_term("Vanlig")), nasty_term(hostile)

    for (path, data), (_, expected) in zip(chain(problem), ordinary, strict=True):
        found, shape = checked(data), checked(expected)
        assert len(found.lines) == len(shape.lines), path
        assert len(found.components) == len(shape.components)
        for event, like in zip(found.all("VEVENT"), shape.all("VEVENT"), strict=True):
            names = [line.name for line in event.lines]
            assert names == [line.name for line in like.lines if line.name != "LOCATION" or "LOCATION" in names]


@pytest.mark.parametrize("before", range(4))
def test_no_line_is_folded_inside_an_escaped_backslash(before: int) -> None:
    for _, data in chain(nasty_term("a" * before + "\\" * 80)):
        checked(data)


@settings(max_examples=100)
@given(HOSTILE)
def test_no_address_starts_a_property_or_a_parameter(hostile: str) -> None:
    email = f"a{hostile}@example.se"
    problem = term(organizer=email, hires=(ANNA.model_copy(update={"email": email}),), organisations=(SILENT,))
    first = planned(problem, {})
    second = replanned(problem, {"p1": "CI-1-1"}, problem, first)

    for _, data in [*calendars(problem, second), *changes(problem, second, problem, first)]:
        for event in checked(data).all("VEVENT"):
            assert all(
                line.value.isascii() and line.value.startswith("mailto:a")
                for line in event.lines
                if line.name in {"ORGANIZER", "ATTENDEE"}
            )


def test_many_hostile_texts_at_once_are_read_alike_by_all(scratch: Path, tmp_path: Path) -> None:
    """The readers are programs of their own, so one run reads a few hundred generated calendars."""
    found, missing = installed(scratch)
    if not found:
        absent("; ".join(missing))
    texts = _examples(HOSTILE, 100)
    files = []
    for number, hostile in enumerate(texts):
        problem = term(sessions=replaced(SESSIONS, "CI-1-1", place=hostile), programmes=(
            CENTRAL.model_copy(update={"name": hostile or "x"}), SCHOOL))  # fmt: skip
        files += [
            (PurePosixPath(str(number)) / path, data)
            for path, data in calendars(problem, planned(problem, {"p1": "CI-1-1"}))
            if path.name in {"p1.ics", "N.ics"}
        ]
    paths = written(tmp_path, files)
    for read in found.values():
        seen = understood(read, paths)
        for name, data in files:
            assert [tuple(e[:10]) for e in seen[str(name)].events] == as_written(data, ZoneInfo("Europe/Stockholm"))


def _examples(strategy: st.SearchStrategy[str], count: int) -> list[str]:
    """Generated texts that are equal in every run."""
    collected: list[str] = []

    @settings(max_examples=count, database=None, derandomize=True)
    @given(strategy)
    def collect(value: str) -> None:
        collected.append(value)

    collect()
    return collected
