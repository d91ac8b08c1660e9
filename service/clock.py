"""The day it is where the people are."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

HERE = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """Today in Sweden, wherever the server stands."""
    return timezone.now().astimezone(HERE).date()
