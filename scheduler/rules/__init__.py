"""The hard rules of MODEL.md that need rows, one module each, and
``POSTED``: they are posted in the order of their numbers there.

Each module has a function ``post``; models/ids.py lists them.
Rules that say no to a single seat lie in ``scheduler.seat_rules``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from models.ids import Rule
from scheduler.seats.variables import Variables

Post = Callable[[Variables], None]
PACKAGE = "rules"


def _posted() -> tuple[tuple[Rule, Post], ...]:
    found = [
        (rule.number, rule, rule.file)
        for rule in Rule
        if rule.number is not None and rule.file and rule.file.startswith(f"{PACKAGE}/")
    ]
    by_number = sorted(found, key=lambda row: row[0])
    return tuple((rule, import_module(f"scheduler.{file.replace('/', '.')}").post) for _, rule, file in by_number)


POSTED = _posted()
