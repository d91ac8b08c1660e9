"""Names of files in a plan folder that commands read as well: for these they need not load what writes them."""

from __future__ import annotations

PLAN, INPUT, CHANGES = "plan.json", "indata.json", "andringar.json"
CALENDARS = "kalendrar"
"""The folder of the calendars."""
