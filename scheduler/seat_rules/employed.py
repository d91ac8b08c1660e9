"""Rule 5 ``anställd``: from the start date to the last day of employment. Hard."""

from models.ids import Rule
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """She is not employed that day."""
    day, hire = seat.session.day, seat.hire
    return day < hire.starts or (hire.ends is not None and day > hire.ends)


RULE = SeatRule(Rule.EMPLOYED, frozenset({"hire.starts", "hire.ends", "session.day"}), always(forbids))
