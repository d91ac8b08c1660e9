"""Dates and times as Swedish calendars write them, whatever the locale of the machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from outputs.words.numbers import listed

WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def day(value: date) -> str:
    """``tis 15 sep 2026``."""
    return f"{WEEKDAYS[value.weekday()]} {short_day(value)} {value.year}"


def short_day(value: date) -> str:
    """``15 sep``."""
    return f"{value.day} {MONTHS[value.month - 1]}"


def span(first: date, last: date) -> str:
    """``26–30 okt 2026``, ``26 okt–3 nov 2026``: no more than a reader needs."""
    if first == last:
        return f"{short_day(first)} {first.year}"
    if first.year != last.year:
        return f"{short_day(first)} {first.year}–{short_day(last)} {last.year}"
    start = str(first.day) if first.month == last.month else short_day(first)
    return f"{start}–{short_day(last)} {last.year}"


def week(value: date) -> str:
    """``v. 47``, by ISO 8601 as Swedish calendars count."""
    return f"v. {value.isocalendar().week}"


def time_span(start: datetime, end: datetime) -> str:
    """``09:00–16:00``."""
    return f"{start.hour:02}:{start.minute:02}–{end.hour:02}:{end.minute:02}"


def weekday_list(numbers: Iterable[int]) -> str:
    """``mån, ons och tor`` for ISO weekday numbers."""
    return listed(WEEKDAYS[n - 1] for n in sorted(numbers))
