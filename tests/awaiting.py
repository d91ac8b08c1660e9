"""Waiting for what other processes and threads do: tests await conditions, and assert no seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_SECONDS = 240.0
"""How long a test waits for what must come: so long only where it is broken, however busy the machine is."""
_LOOK_SECONDS = 0.05


def until(
    there: Callable[[], bool], missing: Callable[[], str] = lambda: "it never came", seconds: float = PATIENCE_SECONDS
) -> None:
    """Return as soon as something is there; what is ``missing`` is told where it never comes."""
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, missing()
        time.sleep(_LOOK_SECONDS)
