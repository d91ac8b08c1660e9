"""Rule 4 ``lov``: no meeting on a day closed to her administration:
a weekday that is not open, a public holiday, a break. Hard.
"""

from collections.abc import Sequence

from models.ids import Rule
from models.problem import Break, TermProblem
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule


class ClosedDays:
    """Which days are closed to whom."""

    def __init__(self, problem: TermProblem) -> None:
        self._open_weekdays = frozenset(problem.settings.open_weekdays)
        self._holidays = frozenset(holiday.day for holiday in problem.holidays)
        self._breaks: dict[str, Sequence[Break]] = {
            o.id: [row for row in problem.breaks if not row.organisations or o.id in row.organisations]
            for o in problem.organisations
        }

    def forbids(self, seat: Seat) -> bool:
        """Nobody of her administration attends that day."""
        day = seat.session.day
        if day.isoweekday() not in self._open_weekdays or day in self._holidays:
            return True
        return any(row.first <= day <= row.last for row in self._breaks[seat.hire.organisation])


RULE = SeatRule(
    Rule.BREAK, frozenset({"hire.organisation", "session.day"}), lambda problem, _: ClosedDays(problem).forbids
)
