"""Reads the iCalendar files named on standard input with vobject and writes what it understood (format: readers.py)."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import vobject
from vobject.base import Component


def hexed(value: object) -> str:
    return str(value or "").encode().hex()


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def event_line(event: Component) -> str:
    def value(name: str) -> str:
        return event.contents[name][0].value if name in event.contents else ""

    names = ("summary", "location", "description", "organizer", "attendee")
    attendees = event.contents.get("attendee", [])
    fields = [hexed(value("uid")), utc(event.dtstart.value), utc(event.dtend.value), value("sequence"), value("status")]
    fields += [hexed(value(name)) for name in names]
    return "\t".join([*fields, hexed(attendees[0].params["CN"][0] if attendees else "")])


def lines(path: str) -> Iterator[str]:
    calendar = vobject.readOne(Path(path).read_bytes().decode())
    components = list(calendar.components())
    properties = sum(len(rows) for rows in calendar.contents.values()) - len(components)
    title = calendar.contents["x-wr-calname"][0].value if "x-wr-calname" in calendar.contents else ""
    yield "\t".join(["calendar", hexed(calendar.method.value), hexed(title), str(properties)])
    yield from (event_line(event) for event in components if event.name == "VEVENT")


if __name__ == "__main__":
    for given in sys.stdin.read().splitlines():
        sys.stdout.writelines(f"{line}\n" for line in lines(given))
