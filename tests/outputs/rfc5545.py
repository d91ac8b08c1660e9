"""What RFC 5545 asks of the bytes of a file, checked by hand and without any iCalendar library."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

_NAME = r"[A-Za-z0-9-]+"
_SAFE = r'[^\x00-\x1f\x7f";:,]*'
_QUOTED = r'"[^\x00-\x1f\x7f"]*"'
_PARAMETER = rf";({_NAME})=((?:{_QUOTED}|{_SAFE})(?:,(?:{_QUOTED}|{_SAFE}))*)"
_LINE = re.compile(rf"({_NAME})((?:{_PARAMETER})*):(.*)")
# 3.3.11: a backslash stands before one of four, and comma and semicolon never stand alone.
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_TEXT_PROPERTIES = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME"}
_EVENT_PROPERTIES = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY", "LAST-MODIFIED"}
_EVENT_PROPERTIES_ALLOWED = _EVENT_PROPERTIES | {"DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE", "TRANSP"}


class Line(NamedTuple):
    """A content line: name, parameters, value as written."""

    name: str
    parameters: dict[str, str]
    value: str


class Component(NamedTuple):
    """A component with its lines and what it holds."""

    name: str
    lines: list[Line]
    components: list[Component]

    def value(self, name: str) -> str:
        """The value of a property that occurs once."""
        (line,) = [line for line in self.lines if line.name == name]
        return line.value

    def has(self, name: str) -> bool:
        """Whether there is such a property."""
        return any(line.name == name for line in self.lines)

    def all(self, name: str) -> list[Component]:
        """The components of this name."""
        return [component for component in self.components if component.name == name]


def parsed(data: bytes) -> Component:
    """The one VCALENDAR of a file whose bytes are as section 3.1 wants them; AssertionError otherwise."""
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    physical = data.split(b"\r\n")[:-1]
    for raw in physical:
        assert len(raw) <= 75, f"{len(raw)} octets"
        text = raw.decode("utf-8")  # a fold inside a character would not decode
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]", text)
    for raw, following in itertools.pairwise(physical):  # Google Calendar drops an event with a fold inside an escape
        assert not (following.startswith(b" ") and (len(raw) - len(raw.rstrip(b"\\"))) % 2)
    unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    calendar, rest = _component([_line(text) for text in unfolded])
    assert not rest
    return calendar


def checked(data: bytes) -> Component:
    """The calendar of a file that is also right in what it must and must not hold (sections 3.6, 3.8)."""
    calendar = parsed(data)
    assert calendar.name == "VCALENDAR"
    assert calendar.value("VERSION") == "2.0"
    assert calendar.value("PRODID")
    assert calendar.components
    assert {c.name for c in calendar.components} <= {"VTIMEZONE", "VEVENT"}
    zones = [zone.value("TZID") for zone in calendar.all("VTIMEZONE")]
    assert len(set(zones)) == len(zones)
    events = calendar.all("VEVENT")
    assert len({event.value("UID") for event in events}) == len(events)
    for event in events:
        _check_event(event, set(zones))
    return calendar


def _check_event(event: Component, zones: set[str]) -> None:
    names = [line.name for line in event.lines]
    assert len(set(names)) == len(names)
    assert set(names) >= _EVENT_PROPERTIES
    assert set(names) <= _EVENT_PROPERTIES_ALLOWED
    assert not event.components
    for line in event.lines:
        assert "TZID" not in line.parameters or line.parameters["TZID"] in zones
        if line.name in _TEXT_PROPERTIES:
            assert _TEXT.fullmatch(line.value)
    assert re.fullmatch(r"\d{8}T00\d{4}Z", event.value("DTSTAMP"))
    assert event.value("LAST-MODIFIED") == event.value("DTSTAMP")
    assert re.fullmatch(r"\d{8}T\d{6}Z?", event.value("DTSTART"))
    assert event.value("DTEND") > event.value("DTSTART")
    assert event.value("STATUS") in {"CONFIRMED", "CANCELLED"}
    assert (event.value("STATUS") == "CANCELLED") == event.value("SUMMARY").startswith(("INSTÄLLT: ", "AVBOKAT: "))


def text(value: str) -> str:
    """A TEXT value as meant (3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _line(content: str) -> Line:
    found = _LINE.fullmatch(content)
    assert found, content
    parameters = {name.upper(): value.strip('"') for name, value in re.findall(_PARAMETER, found[2])}
    return Line(found[1].upper(), parameters, found[len(found.groups())])


def _component(lines: list[Line]) -> tuple[Component, list[Line]]:
    assert lines[0].name == "BEGIN"
    component, rest = Component(lines[0].value, [], []), lines[1:]
    while rest[0].name != "END":
        if rest[0].name == "BEGIN":
            inner, rest = _component(rest)
            component.components.append(inner)
        else:
            component.lines.append(rest[0])
            rest = rest[1:]
    assert rest[0].value == component.name
    return component, rest[1:]
