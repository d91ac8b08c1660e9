"""Rule 5 ``arbetsdag``: only on weekdays she works. Hard."""

from datetime import date

from models.problem import Hire


def forbids(day: date, hire: Hire) -> bool:
    """She does not work that weekday."""
    return day.isoweekday() not in hire.weekdays
