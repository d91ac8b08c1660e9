"""Reads the iCalendar files named on standard input with khal and writes what it understood (format: readers.py)."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import khal.icalendar
from khal.khalendar.event import Event
from pytz import timezone

ZONE = timezone("Europe/Stockholm")
FORMATS = dict.fromkeys(("datetimeformat", "longdatetimeformat"), "%Y-%m-%d %H:%M")
LOCALE: Any = {
    "default_timezone": ZONE,
    "local_timezone": ZONE,
    "dateformat": "%Y-%m-%d",
    "timeformat": "%H:%M",
    **FORMATS,
}


def hexed(value: object) -> str:
    return str(value or "").encode().hex()


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def event_line(component: icalendar.Event) -> str:
    """Times and texts as khal shows them; what it does not show as it stands in the component that it keeps."""
    event = Event.fromVEvents([component], locale=LOCALE)
    attendee = component.get("attendee")
    fields = [hexed(event.uid), utc(event.start), utc(event.end), str(component["sequence"]), str(component["status"])]
    fields += [hexed(text) for text in (event.summary, event.location, event.description)]
    fields += [hexed(component.get("organizer")), hexed(attendee)]
    return "\t".join([*fields, hexed(attendee.params["CN"] if attendee is not None else "")])


def lines(path: str) -> Iterator[str]:
    calendar = khal.icalendar.cal_from_ics(Path(path).read_bytes().decode())
    title = calendar.get("x-wr-calname")
    properties = sum(1 for _ in calendar.property_items(recursive=False)) - 2
    yield "\t".join(["calendar", hexed(calendar["method"]), hexed(title), str(properties)])
    yield from (event_line(component) for component in calendar.walk("VEVENT"))


if __name__ == "__main__":
    for given in sys.stdin.read().splitlines():
        sys.stdout.writelines(f"{line}\n" for line in lines(given))
