"""The limits of a process that reads what somebody uploaded."""

from __future__ import annotations

import os
import sys

MOST_BYTES = 1 << 30
MOST_SECONDS = 60
EXIT_NO_ROOM = 28
"""How the process ends where the disk takes no more: no fault of the file."""


def confine() -> None:
    """No more memory and processor time than that; on Windows the parent's clock alone ends it."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
