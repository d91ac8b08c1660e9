"""Ctrl-C: the first one asks the solver to stop and keeps the best plan so far, the second one ends the program."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from typing import TypeVar

from terminsplan.interrupts import ensured

_Result = TypeVar("_Result")
_LOOK_SECONDS = 0.05
_BEGUN_SECONDS = 0.5


class Stop:
    """Whether the user has asked to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def asked(self) -> bool:
        """For ``should_stop`` of the solver."""
        return self._asked.is_set()

    def ask(self) -> None:
        """The user has had enough: the best plan so far will do."""
        self._asked.set()


@contextmanager
def listening(on_first: Callable[[], None]) -> Iterator[Stop]:
    """Take Ctrl-C over while the solver runs and its plan is written; ``on_first`` tells the user that it was heard."""
    stop = Stop()

    def heard() -> bool:
        if stop.asked():
            return False
        stop.ask()
        on_first()
        return True

    with ensured() as interrupts:
        if interrupts is None:
            yield stop
            return
        with interrupts.asking(heard):
            yield stop


def aside(work: Callable[[], _Result], meanwhile: Callable[[], None] | None = None) -> _Result:
    """Run ``work`` in a thread of its own: Python hears Ctrl-C only while the main thread is not deep in the solver.

    ``meanwhile`` is done here once it has been at work for so long that solvers in other processes have their tasks.
    """
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    if meanwhile is not None:
        wait((future,), timeout=_BEGUN_SECONDS)
        meanwhile()
    while not future.done():
        wait((future,), timeout=_LOOK_SECONDS)
    return future.result()
