"""The sender's process; started by ``tjanst`` where mail is set up."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from typing import Any

from service.start import django_ready, when_parent_ends

_END_SECONDS = 3.0


def run(_values: Mapping[str, Any]) -> int:
    """Send until told to stop."""
    config = django_ready()
    from service.sender import Sender  # noqa: PLC0415  # Django is set up just now
    from service.smtp import server_of  # noqa: PLC0415

    server = server_of(config)
    if server is None:
        return 0
    stop = threading.Event()

    def end() -> None:
        """A server that takes its time is not waited for: its mail is uncertain then."""
        stop.set()
        last = threading.Timer(_END_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    when_parent_ends(end)
    Sender(config, server, stop).run()
    return 0
