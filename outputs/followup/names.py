"""The names of a follow-up's files, apart from what makes them: whoever writes plans needs to know them."""

from __future__ import annotations

REPORT, WORKBOOK, DATA = "rapport.html", "uppfoljning.xlsx", "uppfoljning.json"
NAMES = frozenset({REPORT, WORKBOOK, DATA})
