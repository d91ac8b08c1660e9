"""``make test-fast`` leaves out what there is, and nothing that was renamed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import SLOW, SLOW_FIXTURES

HERE = Path(__file__).parent


def test_every_name_in_the_list_is_a_test_or_a_fixture() -> None:
    defined = {name for path in HERE.rglob("*.py") for name in re.findall(r"def (\w+)\(", path.read_text("utf-8"))}
    assert SLOW - defined == set()
    assert SLOW_FIXTURES - defined == set()
