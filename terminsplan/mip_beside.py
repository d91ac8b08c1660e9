"""HiGHS in a process of its own beside this one (``scheduler.mip``): it cannot be interrupted, but a process can be ended.

Started anew (``spawn``), so that it works alike on Windows, when there is something to solve for the first time, and kept for the next.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from scheduler.mip import MipAnswer, MipRun, MipTask, solve
from terminsplan.spawned import deaf_to_interrupts, end_with_parent

_NOTHING = MipAnswer(None, None)


def beside(task: MipTask) -> MipRun:
    """The task for the process beside this one, which is idle: whoever began a task waits for it or leaves it."""
    worker = next((idle for idle in (_workers.pop() for _ in tuple(_workers)) if idle.alive), None) or _Worker()
    worker.give(task)
    return worker


class _Worker:
    """The parent's side."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        with deaf_to_interrupts():
            self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Nothing from outside has ended the process."""
        return self._process.is_alive()

    def give(self, task: MipTask) -> None:
        """A task to work on. Larger than what a pipe holds: sent aside, for the process may still be starting."""
        threading.Thread(target=self._send, args=(task,), daemon=True).start()

    def answer(self, seconds: float) -> MipAnswer | None:
        """What came out; a process that was ended from outside, as when memory runs out, has found nothing."""
        try:
            if not self._pipe.poll(seconds):
                return None
            found: MipAnswer = self._pipe.recv()
        except (EOFError, OSError):
            return _NOTHING
        _workers.append(self)
        return found

    def leave(self) -> None:
        """End the process."""
        self._process.terminate()

    def _send(self, task: MipTask) -> None:
        with suppress(OSError):  # it was ended: ``answer`` says so
            self._pipe.send(task)


_workers: list[_Worker] = []
"""The one that is idle, if any."""


# --- in the process ----------------------------------------------------------------------------------------------------


def _work(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    _silence()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            answer = solve(task)
        except Exception:  # whatever goes wrong in HiGHS, the plan goes on without it
            answer = _NOTHING
        pipe.send(answer)


def _silence() -> None:
    """HiGHS writes remarks of its own to the standard output, past all its options; they are nothing to the user."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
