"""Rule 6 ``tidigast``: not before the start date + ``tidigast_dag`` days. Hard."""

from datetime import timedelta

from models.ids import Rule
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """It is too early in her employment for this programme."""
    return seat.session.day < seat.hire.starts + timedelta(days=seat.programme.earliest_day)


RULE = SeatRule(Rule.EARLIEST, frozenset({"hire.starts", "programme.earliest_day", "session.day"}), always(forbids))
