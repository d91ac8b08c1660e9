"""How the memory of a process that plans goes back to the system
while it still works (docs/adr/211-memory-of-large-terms.md).
"""

from __future__ import annotations

import ctypes
import gc
import sys

LARGE_BLOCK = 1 << 22
"""Bytes from which a block is the system's again as soon as it is freed.

Above what a solver needs for a vector over all columns or rows: it
makes and frees some in every step, and each would be pages to be cleared anew (docs/adr/211-memory-of-large-terms.md).
"""
LARGE_END = 8 * LARGE_BLOCK
"""Bytes that must be free at the end of the heap before they are the system's again."""
MANY_REQUIREMENTS = 5_000
"""The model of a plan with so many is worth looking for; in smaller ones the search takes longer than it is worth."""
_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -3, -1
"""The numbers of the settings in glibc's malloc.h."""


def give_back_large_blocks() -> None:
    """Large arrays go back to the system when they are freed.

    Left alone, glibc keeps more and more of what solvers have had, in
    every thread's own heap. Elsewhere than on Linux this does nothing.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, LARGE_BLOCK)
            mallopt(_M_TRIM_THRESHOLD, LARGE_END)


def drop_model(requirements: int) -> None:
    """Free the model of a plan with so many requirements: it
    hangs together in circles, and they are seldom looked for.
    """
    if requirements >= MANY_REQUIREMENTS:
        gc.collect()
