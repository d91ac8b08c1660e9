"""Rule 5 ``arbetsdag``: only on weekdays she works. Hard."""

from models.ids import Rule
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """She does not work that weekday."""
    return seat.session.day.isoweekday() not in seat.hire.weekdays


RULE = SeatRule(Rule.WEEKDAY, frozenset({"hire.weekdays", "session.day"}), always(forbids))
