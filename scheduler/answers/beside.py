"""Work on one thing in a thread of its own while the next is made: CP-SAT leaves the other core to Python.

What comes out hangs on nothing but the things and their order, so it is the same on one core and on two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


def worked_beside(things: Iterable[Thing], work: Callable[[Thing], Made]) -> Iterator[tuple[Thing, Made]]:
    """Each thing with what ``work`` makes of it, in their order.

    One thing more is made and begun than is taken: whoever ends early waits for it.
    """
    with ThreadPoolExecutor(1) as executor:
        before: tuple[Thing, Future[Made]] | None = None
        for thing in things:
            begun = executor.submit(work, thing)
            if before is not None:
                yield before[0], before[1].result()
            before = thing, begun
        if before is not None:
            yield before[0], before[1].result()
