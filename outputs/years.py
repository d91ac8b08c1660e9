"""The years that calendars can count with, as for the tables (INPUT.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from columns.kinds import FIRST_YEAR, LAST_YEAR


def faraway(days: Iterable[date | None]) -> Iterator[str]:
    """A Swedish sentence, without a full stop, of each day that lies in another year."""
    for day in days:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield f"året {day.year} ligger inte mellan {FIRST_YEAR} och {LAST_YEAR}"
