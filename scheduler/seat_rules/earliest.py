"""Rule 6 ``tidigast``: not before the start date + ``tidigast_dag`` days. Hard."""

from datetime import timedelta

from scheduler.situation.seat import Seat

READS = frozenset({"hire.starts", "programme.earliest_day", "session.day"})


def forbids(seat: Seat) -> bool:
    """It is too early in her employment for this programme."""
    return seat.session.day < seat.hire.starts + timedelta(days=seat.programme.earliest_day)
