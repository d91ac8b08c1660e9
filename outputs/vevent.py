"""One VEVENT as bytes (RFC 5545 3.6.1 and 3.8, RFC 5546 3.2).

No clock: DTSTAMP and LAST-MODIFIED are midnight UTC of the planning date of the plan that last changed the event, and
as many seconds later as that plan has for a number, so that two plans of one day differ.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import icalendar

from outputs.event_text import mailto
from outputs.events.content import Event

_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_MAX_OCTETS = 75
# RFC 6868 can carry quotes and carets in a parameter, but not every reader knows it; libical loses an ATTENDEE whose
# name ends in a backslash, and ical.js reads "\n" in it as a line break.
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
    changed_in: int

    @property
    def stamp(self) -> datetime:
        """When the event last changed: later in every plan of a chain."""
        return datetime.combine(self.changed_on, time(), UTC) + timedelta(seconds=self.changed_in)


def vevent(numbered: Numbered, attendee: Attendee | None = None) -> bytes:
    """The component.

    A term has hundreds of thousands of events with few different times and titles, so that what they share is written
    once; only UID and DESCRIPTION are nearly always their own.
    """
    event = numbered.event
    parts = [
        _BEGIN,
        f"UID:{numbered.uid}\r\n".encode("ascii"),
        _when(event.start, event.end, event.zone),
        _revision(numbered.sequence, numbered.stamp, cancelled=event.cancelled, busy=event.busy),
        _title(event.summary, event.location, event.organizer),
        folded(b"DESCRIPTION:" + icalendar.vText(event.description).to_ical()),
        _addressed(attendee) if attendee else b"",
        _END,
    ]
    return b"".join(parts)


@lru_cache(maxsize=8192)
def _when(start: datetime, end: datetime, zone: str) -> bytes:
    component = icalendar.Event()
    first, last = _times(start, end, ZoneInfo(zone))
    component.add("dtstart", first)
    component.add("dtend", last)
    return _properties(component)


@lru_cache(maxsize=1024)
def _revision(sequence: int, stamp: datetime, *, cancelled: bool, busy: bool) -> bytes:
    component = icalendar.Event()
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", sequence)
    component.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    component.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return _properties(component)


def _title(summary: str, location: str, organizer: str | None) -> bytes:
    """Each cached by itself: a nation has few titles and
    senders, and some thousand places, but many of them together.
    """
    parts = [_summary(summary), _location(location) if location else b"", _organizer(organizer) if organizer else b""]
    return b"".join(parts)


@lru_cache(maxsize=8192)
def _summary(text: str) -> bytes:
    component = icalendar.Event()
    component.add("summary", icalendar.vText(text))
    return _properties(component)


@lru_cache(maxsize=32768)
def _location(text: str) -> bytes:
    component = icalendar.Event()
    component.add("location", icalendar.vText(text))
    return _properties(component)


@lru_cache(maxsize=8192)
def _organizer(email: str) -> bytes:
    component = icalendar.Event()
    component.add("organizer", icalendar.vCalAddress(mailto(email)))
    return _properties(component)


def _addressed(attendee: Attendee) -> bytes:
    component = icalendar.Event()
    component.add("attendee", _attendee(attendee))
    return _properties(component)


def _properties(component: icalendar.Event) -> bytes:
    """The lines between BEGIN and END, folded here: icalendar folds inside an escaped backslash."""
    _, *lines, _, _ = component.content_lines()
    return b"".join(folded(line.encode()) for line in lines)


def folded(line: bytes) -> bytes:
    """A content line in pieces of 75 octets, never cut inside a
    character (RFC 5545 3.1) nor inside an escape like ``\\n``.

    The RFC allows the latter, but Google Calendar then drops the event and Outlook misreads the text.
    """
    pieces, start, room = [], 0, _MAX_OCTETS
    while len(line) - start > room:
        end = start + room
        while line[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        if _escapes_next(line, start, end):
            end -= 1
        pieces.append(line[start:end])
        start, room = end, _MAX_OCTETS - 1
    return b"\r\n ".join([*pieces, line[start:]]) + b"\r\n"


def _escapes_next(line: bytes, start: int, end: int) -> bool:
    """The octet before ``end`` is a backslash that begins an escape; one that is itself escaped does not."""
    piece = line[start:end]
    return (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1


def _times(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end as local time of the zone; both in UTC where the clocks change at one of them.

    A local time that comes twice means the first of the two (RFC 5545 3.3.5), but ical.js and libical read the second.
    """
    local = start.astimezone(zone), end.astimezone(zone)
    return local if all(_comes_once(moment) for moment in local) else (start, end)


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
