"""One VTODO as bytes (RFC 5545 3.6.2).

A task is due on its day. There is no DTSTART: DUE would have to be later (3.8.2.3), and readers would show the day
after. One without a day has neither.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import icalendar

from models.plan import NumberedTask
from outputs.tasks.event import TaskEvent
from outputs.vevent import folded


def vtodo(uid: str, event: TaskEvent, row: NumberedTask) -> bytes:
    """The component."""
    stamp = f"{datetime.combine(row.changed_on, time()) + timedelta(seconds=row.changed_in):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VTODO",
        f"UID:{uid}",
        *([f"DUE;VALUE=DATE:{event.day:%Y%m%d}"] if event.day is not None else []),
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{row.sequence}",
        "STATUS:NEEDS-ACTION",
    ]
    texts = {b"SUMMARY:": event.summary, b"DESCRIPTION:": event.description}
    written = [folded(name + icalendar.vText(text).to_ical()) for name, text in texts.items()]
    return b"".join([*(f"{line}\r\n".encode("ascii") for line in lines), *written, b"END:VTODO\r\n"])
