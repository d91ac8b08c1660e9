"""The day it is where the people are."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """Today in Sweden, wherever the server stands."""
    return datetime.now(HERE).date()
