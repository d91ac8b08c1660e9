"""Rule 5 ``anställd``: from the start date to the last day of employment. Hard."""

from datetime import date

from models.problem import Hire


def forbids(day: date, hire: Hire) -> bool:
    """She is not employed that day."""
    return day < hire.starts or (hire.ends is not None and day > hire.ends)
