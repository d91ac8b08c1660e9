"""How often Python looks for reference cycles in a process that plans."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Almost all that is made stays to the end, and little of it hangs together in circles.

    A large model is built in two thirds of the time (docs/adr/103).
    """
    gc.set_threshold(200_000, 20, 100)
