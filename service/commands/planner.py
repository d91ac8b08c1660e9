"""The planner process; started by ``tjanst``."""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping
from typing import Any

from service.start import django_ready, when_parent_ends


def run(_values: Mapping[str, Any]) -> int:
    """Plan until told to stop."""
    config = django_ready()
    from service.jobs.planner import Planner  # noqa: PLC0415  # Django is set up just now

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    when_parent_ends(stop.set)
    Planner(config, stop).run()
    return 0
