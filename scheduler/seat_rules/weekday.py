"""Rule 5 ``arbetsdag``: only on weekdays she works. Hard."""

from scheduler.situation.seat import Seat

READS = frozenset({"hire.weekdays", "session.day"})


def forbids(seat: Seat) -> bool:
    """She does not work that weekday."""
    return seat.session.day.isoweekday() not in seat.hire.weekdays
