"""One VEVENT as bytes (RFC 5545 3.6.1 and 3.8, RFC 5546 3.2).

No clock: DTSTAMP and LAST-MODIFIED are midnight of the planning date of the plan that last changed the event.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from outputs.event_text import mailto
from outputs.events.content import Event

_BEGIN = b"BEGIN:VEVENT\r\n"
# RFC 6868 can carry quotes and carets in a parameter, but not every reader knows it; libical loses an ATTENDEE whose name
# ends in a backslash, and ical.js reads "\n" in it as a line break.
_MISREAD_IN_PARAMETERS = str.maketrans({'"': "'", "^": "'", "\\": "/"})


class Attendee(NamedTuple):
    """Whom a mailed event is for."""

    name: str
    email: str


class Numbered(NamedTuple):
    """An event with what tells readers that it is the one they know, and how new it is."""

    uid: str
    event: Event
    sequence: int
    changed_on: date


def vevent(numbered: Numbered, attendee: Attendee | None = None) -> bytes:
    """The component; its UID comes first, so that events alike but for that share the work."""
    rest = _without_uid(numbered.event, numbered.sequence, numbered.changed_on, attendee)
    return _BEGIN + f"UID:{numbered.uid}\r\n".encode("ascii") + rest


@lru_cache(maxsize=16384)
def _without_uid(event: Event, sequence: int, changed_on: date, attendee: Attendee | None) -> bytes:
    component = icalendar.Event()
    start, end = _times(event)
    stamp = datetime.combine(changed_on, time(), UTC)
    component.add("dtstart", start)
    component.add("dtend", end)
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", sequence)
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    component.add("transp", "OPAQUE" if event.busy else "TRANSPARENT")
    component.add("summary", icalendar.vText(event.summary))
    component.add("description", icalendar.vText(event.description))
    if event.location:
        component.add("location", icalendar.vText(event.location))
    if event.organizer:
        component.add("organizer", icalendar.vCalAddress(mailto(event.organizer)))
    if attendee:
        component.add("attendee", _attendee(attendee))
    return bytes(component.to_ical()).removeprefix(_BEGIN)


def _times(event: Event) -> tuple[datetime, datetime]:
    """Start and end as local time of the zone; both in UTC where the clocks change at one of them.

    A local time that comes twice means the first of the two (RFC 5545 3.3.5), but ical.js and libical read the second.
    """
    zone = ZoneInfo(event.zone)
    moments = event.start.astimezone(UTC), event.end.astimezone(UTC)
    local = moments[0].astimezone(zone), moments[1].astimezone(zone)
    return local if all(_comes_once(moment) for moment in local) else moments


def _comes_once(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def _attendee(attendee: Attendee) -> icalendar.vCalAddress:
    """RFC 5545 3.8.4.1. No answer is asked for: the seat is decided, and absence is told as the description says."""
    address = icalendar.vCalAddress(mailto(attendee.email))
    address.params["CN"] = attendee.name.translate(_MISREAD_IN_PARAMETERS)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "NEEDS-ACTION"
    address.params["RSVP"] = "FALSE"
    return address
