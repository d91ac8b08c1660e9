"""How the memory of a process that plans goes back to the system
while it still works (docs/adr/211-memory-of-large-terms.md).
"""

from __future__ import annotations

import ctypes
import gc
import sys

LARGE_BLOCK = 1 << 18
"""Bytes from which a block is the system's again as soon as it is freed."""
MANY_REQUIREMENTS = 5_000
"""The model of a plan with so many is worth looking for; in smaller ones the search takes longer than it is worth."""
_M_MMAP_THRESHOLD = -3
"""The number of the setting in glibc's malloc.h."""


def give_back_large_blocks() -> None:
    """Large arrays go back to the system when they are freed.

    Left alone, glibc keeps more and more of what solvers have had, in
    every thread's own heap. Elsewhere than on Linux this does nothing.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK)


def drop_model(requirements: int) -> None:
    """Free the model of a plan with so many requirements: it
    hangs together in circles, and they are seldom looked for.
    """
    if requirements >= MANY_REQUIREMENTS:
        gc.collect()
