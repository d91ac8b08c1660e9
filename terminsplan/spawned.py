"""What every process that is started here needs: Ctrl-C is its parent's, and it ends with it.

A module of its own, for a process loads all that the modules name
from which its work comes: 45 MB less for one that only solves MIPs.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """A process begun here never hears Ctrl-C, not even before
    it has got to ``_begin``; Windows knows no such inheritance.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin_as_child() -> None:
    """For a process as it begins: it never hears Ctrl-C, and ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """For a thread of a process that shall not outlive its parent."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
