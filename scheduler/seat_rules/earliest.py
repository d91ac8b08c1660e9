"""Rule 6 ``tidigast``: not before the start date + ``tidigast_dag`` days. Hard."""

from datetime import date, timedelta

from models.problem import Hire, Programme


def forbids(day: date, hire: Hire, programme: Programme) -> bool:
    """It is too early in her employment for this programme."""
    return day < hire.starts + timedelta(days=programme.earliest_day)
