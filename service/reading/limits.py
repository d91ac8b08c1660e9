"""The limits of a process that reads what somebody uploaded."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 1 << 30
MOST_SECONDS = 60
_GIVES_WAY = 10
EXIT_NO_ROOM = 28
"""How the process ends where the disk takes no more: no fault of the file."""


def confine() -> None:
    """No more memory and processor time than that; on Windows the parent's clock alone ends it."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def give_way() -> None:
    """Calendars and pages come before what computes for long; Linux
    may hold each session against the others, and is told so too.
    """
    if sys.platform != "win32":
        os.nice(_GIVES_WAY)
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(_GIVES_WAY), "ascii")
