"""What a test needs beside Python: a developer's machine may lack it, and skips; the gate must have it, and fails."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def in_ci() -> bool:
    """Whether this is the gate (``.ci/run`` sets it)."""
    return os.environ.get("CI") == "true"


def absent(what: str) -> NoReturn:
    """End the test that needs what is not here: skipped, in CI failed."""
    if in_ci():
        pytest.fail(f"CI kräver det som saknas: {what}", pytrace=False)
    pytest.skip(what)
