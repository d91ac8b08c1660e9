"""Marks ``slow`` what ``slow.txt`` names: what takes over 0.4 seconds on an idle machine.

And what shares a plan that takes seconds to make.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SLOW = frozenset(Path(__file__).with_name("slow.txt").read_text("utf-8").split())
SLOW_FIXTURES = frozenset({"example_plan", "october", "chain", "zone_plans"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For ``-m "not slow"``."""
    for item in items:
        name = getattr(item, "originalname", None) or item.name
        if name in SLOW or not SLOW_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
