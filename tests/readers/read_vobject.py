"""Reads the iCalendar files named on standard input with vobject and writes what it understood (format: readers.py)."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vobject


def hexed(value: object) -> str:
    return str(value or "").encode().hex()


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def first(component: Any, name: str) -> Any:
    found = component.contents.get(name)
    return found[0] if found else None


def value(component: Any, name: str) -> Any:
    found = first(component, name)
    return found.value if found else None


def line(event: Any) -> str:
    attendee = first(event, "attendee")
    return "\t".join(
        [
            hexed(value(event, "uid")),
            utc(value(event, "dtstart")),
            utc(value(event, "dtend")),
            value(event, "sequence"),
            value(event, "status"),
            *(hexed(value(event, name)) for name in ("summary", "location", "description", "organizer", "attendee")),
            hexed(attendee.params["CN"][0] if attendee else ""),
        ]
    )


for path in sys.stdin.read().splitlines():
    calendar = vobject.readOne(Path(path).read_bytes().decode())
    components = list(calendar.components())
    properties = sum(len(rows) for rows in calendar.contents.values()) - len(components)
    print("calendar", hexed(value(calendar, "method")), hexed(value(calendar, "x-wr-calname")), properties, sep="\t")
    for component in components:
        if component.name == "VEVENT":
            print(line(component))
