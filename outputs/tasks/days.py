"""On which days something of an introduction can be done (INPUT.md, ``uppgifter``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from models.problem import Hire, TermProblem

MOST_DAYS = 1_100
"""How far a day is looked for: longer than any absence; somebody whose weekdays are never open has none."""
_DAY = timedelta(days=1)


class Days:
    """Which days are open, and on which somebody works."""

    def __init__(self, problem: TermProblem) -> None:
        self._open_weekdays = frozenset(problem.settings.open_weekdays)
        self._holidays = frozenset(holiday.day for holiday in problem.holidays)
        self._breaks = problem.breaks
        self._absences: dict[str | None, list[tuple[date, date]]] = defaultdict(list)
        for row in problem.absences:
            self._absences[row.hire].append((row.first, row.last))

    def last_open(self, organisation: str, day: date) -> date | None:
        """That day or the nearest before it that is open to the administration."""
        return _search(day, -_DAY, lambda one: self._is_open(organisation, one))

    def next_working(self, hire: Hire, day: date) -> date | None:
        """That day or the nearest after it on which she works and is not away."""
        return _search(day, _DAY, lambda one: self._works(hire, one))

    def _is_open(self, organisation: str, day: date) -> bool:
        """As for sessions (MODEL.md, rule ``lov``)."""
        if day.isoweekday() not in self._open_weekdays or day in self._holidays:
            return False
        return not any(
            row.first <= day <= row.last and (not row.organisations or organisation in row.organisations)
            for row in self._breaks
        )

    def _works(self, hire: Hire, day: date) -> bool:
        if day.isoweekday() not in hire.weekdays or not self._is_open(hire.organisation, day):
            return False
        return not any(first <= day <= last for first, last in self._absences.get(hire.id, ()))


def _search(day: date, step: timedelta, fits: Callable[[date], bool]) -> date | None:
    for _ in range(MOST_DAYS):
        if fits(day):
            return day
        day += step
    return None
