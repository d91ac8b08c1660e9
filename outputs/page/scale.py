"""The time axis that timeline and unit strips share: days as percentages of the width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from models.problem import Break, TermProblem
from outputs import words

# Of the strip at its narrowest; decides when two labels would run into each other.
NARROWEST_PIXELS = 640
LETTER_PIXELS = 6.5
LONGEST_LABEL = 26
MOST_WEEK_LABELS = 30


@dataclass(frozen=True)
class Band:
    """A stretch of closed days."""

    left: float
    width: float
    name: str


@dataclass(frozen=True)
class Tick:
    """A label on the axis; ``row`` is where it finds room."""

    at: float
    label: str
    row: int = 0


class Scale:
    """The axis from the first to the last day, both inclusive."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self.days = max(1, (last - first).days + 1)

    def at(self, day: date) -> float:
        """Where a day begins, in percent."""
        return round(100 * (day - self.first).days / self.days, 3)

    @property
    def day_width(self) -> float:
        """The width of a day, in percent."""
        return round(100 / self.days, 3)

    def holds(self, day: date) -> bool:
        """Whether the day is on the axis."""
        return self.first <= day <= self.last

    def months(self) -> list[Tick]:
        """Ticks at the first day and at the first of each month; a month too narrow for its name has none."""
        starts = [self.first]
        while (following := _next_month(starts[-1])) <= self.last:
            starts.append(following)
        ends = [*starts[1:], self.last + timedelta(days=1)]
        return [Tick(self.at(a), _month(a)) for a, b in zip(starts, ends, strict=True) if (b - a).days >= 8]

    def weeks(self) -> list[Tick]:
        """Ticks at Mondays with their ISO week number; fewer on a long axis."""
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        mondays = [monday + timedelta(weeks=n) for n in range((self.last - monday).days // 7 + 1)]
        step = 1 + len(mondays) // MOST_WEEK_LABELS
        return [Tick(self.at(m), str(m.isocalendar().week)) for m in mondays[::step]]

    def band(self, name: str, first: date, last: date) -> Band | None:
        """The part of a break that is on the axis."""
        start, end = max(first, self.first), min(last, self.last)
        if start > end:
            return None
        return Band(self.at(start), round(100 * ((end - start).days + 1) / self.days, 3), name)

    def bands(self, breaks: tuple[Break, ...]) -> list[Band]:
        """The bands of several breaks."""
        return [band for b in breaks if (band := self.band(b.name, b.first, b.last)) is not None]

    def closed(self, problem: TermProblem, organisations: tuple[str, ...]) -> list[Band]:
        """Holidays, and the breaks that close a day for all of these organisations or for everybody."""
        breaks = tuple(b for b in problem.breaks if not b.organisations or set(organisations) & set(b.organisations))
        holidays = tuple(
            Break(name=h.name, first=h.day, last=h.day)
            for h in problem.holidays
            if h.day.weekday() < 5 and not any(b.first <= h.day <= b.last for b in breaks)
        )
        return self.bands(breaks + holidays)

    def break_labels(self, problem: TermProblem) -> list[Tick]:
        """Names of the breaks for all, over their middle, on as many lines as keeps them apart."""
        ends: list[float] = []
        labels = []
        for band in sorted(self.bands(tuple(b for b in problem.breaks if not b.organisations)), key=lambda b: b.left):
            text = band.name if len(band.name) <= LONGEST_LABEL else band.name[: LONGEST_LABEL - 1] + "…"
            half = 50 * LETTER_PIXELS * len(text) / NARROWEST_PIXELS
            middle = min(max(band.left + band.width / 2, half), 100 - half)
            row = next((n for n, end in enumerate(ends) if end < middle - half), len(ends))
            ends[row : row + 1] = [middle + half + 1]
            labels.append(Tick(round(middle, 3), text, row))
        return labels


def _next_month(day: date) -> date:
    following: date = day.replace(day=1) + relativedelta(months=1)
    return following


def _month(day: date) -> str:
    return words.MONTHS[day.month - 1] + (f" {day.year}" if day.month == 1 else "")
