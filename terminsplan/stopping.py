"""Ctrl-C: the first one asks the solver to stop and keeps the best plan so far, the second one ends the program."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

_Result = TypeVar("_Result")
_LOOK_SECONDS = 0.05


class Stop:
    """Whether the user has asked to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def asked(self) -> bool:
        """For ``should_stop`` of the solver."""
        return self._asked.is_set()

    def ask(self) -> None:
        """The first time a wish, the second time an end."""
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()


@contextmanager
def listening(on_first: Callable[[], None]) -> Iterator[Stop]:
    """Take Ctrl-C over while the solver runs and its plan is written; ``on_first`` tells the user that it was heard."""
    stop = Stop()

    def heard(_number: int, _frame: FrameType | None) -> None:
        stop.ask()
        on_first()

    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the main thread may listen to signals
        return
    before = signal.signal(signal.SIGINT, heard)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def aside(work: Callable[[], _Result]) -> _Result:
    """Run ``work`` in a thread of its own: Python hears Ctrl-C only while the main thread is not deep in the solver."""
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while not future.done():
        wait((future,), timeout=_LOOK_SECONDS)
    return future.result()
