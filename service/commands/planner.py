"""The planner process; started by ``tjanst``."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Mapping
from typing import Any

from service.start import django_ready, when_parent_ends

_END_SECONDS = 3.5


def run(_values: Mapping[str, Any]) -> int:
    """Plan until told to stop."""
    config = django_ready()
    from service.jobs.planner import Planner  # noqa: PLC0415  # Django is set up just now

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    when_parent_ends(lambda: _end(stop))
    Planner(config, stop).run()
    return 0


def _end(stop: threading.Event) -> None:
    """In order where that is soon; the database may be away, and is not waited for."""
    stop.set()
    time.sleep(_END_SECONDS)
    os._exit(0)
