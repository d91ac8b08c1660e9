"""What ends the program from outside: Ctrl-C, a closed window,
the system's wish. It ends with one true sentence at any moment.

An ``Interrupts`` is itself the handler of the signals. What is being written is told to it: which folder to clear away,
when nothing may stop the program because files change places, and what has been written since. So there is one per
process, and whoever needs it asks the system for the handler that stands (``the_interrupts``).
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from terminsplan.exits import Exit

Leave = Callable[[Exit, str], NoReturn]
NOTHING_WRITTEN = "Avbrutet. Inget har skrivits."
_ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")


def leave_now(code: Exit, sentence: str) -> NoReturn:
    """End without waiting for a solver that still runs in its
    thread: the interpreter's own way out may crash under it.
    """
    for child in multiprocessing.active_children():  # else one that is just starting complains that its parent is gone
        child.kill()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, RuntimeError):  # it may be in the middle of writing
            stream.flush()
    with suppress(OSError):
        os.write(2, f"{sentence}\n".encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace"))
    os._exit(code)


def _raise(_code: Exit, _sentence: str) -> NoReturn:
    raise KeyboardInterrupt


class Interrupts:
    """The handler. ``leave`` ends the program with a code and
    a sentence; without one, Ctrl-C raises what Python raises.
    """

    def __init__(self, leave: Leave = _raise) -> None:
        self._leave = leave
        self._written: str | None = None
        self._held = 0
        self._heard = False
        self._first: Callable[[], bool] | None = None
        self._left: list[Path] = []

    def __call__(self, number: int, _frame: FrameType | None = None) -> None:
        """A signal has come."""
        if number == signal.SIGINT and self._first is not None and self._first():
            return
        if self._held:
            self._heard = True
        else:
            self._end()

    def listen(self) -> None:
        """Be the handler from now on, of Ctrl-C and of what else ends programs."""
        for name in _ENDING:
            number = getattr(signal, name, None)
            # Whoever started the program with nohup wants it to outlive his window.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self)
        signal.signal(signal.SIGINT, self)

    def listen_no_more(self) -> None:
        """All is done and told: what comes now changes nothing."""
        for name in ("SIGINT", *_ENDING):
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def asking(self, first: Callable[[], bool]) -> Iterator[None]:
        """Ctrl-C is ``first`` told to it; where that does not take it (False), it ends the program."""
        before, self._first = self._first, first
        try:
            yield
        finally:
            self._first = before

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing ends the program in here; what was heard ends it afterwards."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if self._heard and not self._held:
                self._end()

    @contextmanager
    def clearing(self, work: Path) -> Iterator[None]:
        """A file or folder that is thrown away if the program is ended in here."""
        self._left.append(work)
        try:
            yield
        finally:
            self._left.remove(work)

    def wrote(self, place: Path) -> None:
        """What the user asked for lies there."""
        self._first = None
        self._written = f"Avbrutet, men allt är skrivet: {place} är klar."

    def _end(self) -> NoReturn:
        self._heard = False
        self._held += 1  # a further signal finds the program ending already
        try:
            for work in self._left:
                with suppress(OSError):
                    shutil.rmtree(work) if work.is_dir() else work.unlink(missing_ok=True)
            if self._written is None:
                self._leave(Exit.STOPPED, NOTHING_WRITTEN)
            self._leave(Exit.DONE, self._written)
        finally:
            self._held -= 1


def the_interrupts() -> Interrupts:
    """The handler that stands; where none does, as in a test, one that never hears anything."""
    found = signal.getsignal(signal.SIGINT)
    return found if isinstance(found, Interrupts) else Interrupts()


@contextmanager
def ensured() -> Iterator[Interrupts | None]:
    """The handler that stands, or a new one for as long as this
    lasts; None outside the main thread, which alone hears signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield None
        return
    before = signal.getsignal(signal.SIGINT)
    interrupts = the_interrupts()
    signal.signal(signal.SIGINT, interrupts)
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)
