"""One VTODO as bytes (RFC 5545 3.6.2).

A task is due on its day. There is no DTSTART: DUE would have to be later (3.8.2.3), and readers would show the day after. One
without a day has neither.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import icalendar

from models.plan import NumberedTask
from outputs.tasks.event import TaskEvent
from outputs.vevent import folded


def vtodo(uid: str, event: TaskEvent, row: NumberedTask) -> bytes:
    """The component."""
    stamp = datetime.combine(row.changed_on, time(), UTC) + timedelta(seconds=row.changed_in)
    todo = icalendar.Todo()
    todo.add("uid", uid)
    if event.day is not None:
        todo.add("due", event.day)
    todo.add("dtstamp", stamp)
    todo.add("last-modified", stamp)
    todo.add("sequence", row.sequence)
    todo.add("status", "NEEDS-ACTION")
    todo.add("summary", icalendar.vText(event.summary))
    todo.add("description", icalendar.vText(event.description))
    first, *lines, last, _ = todo.content_lines()
    return b"".join(folded(line.encode()) for line in (first, *lines, last))
