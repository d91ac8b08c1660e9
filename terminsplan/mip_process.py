"""What runs in the process beside (``terminsplan.mip_beside``): tasks come in as pickles, answers go out, until nothing more can come.

Before its answer, numbers tell how often HiGHS has looked at its limits while it solves a task.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import time
from typing import BinaryIO

from scheduler.solvers.highs import solve
from scheduler.solvers.mip import MipAnswer, MipTask

READY = "ready"
"""The first answer, before any task: the parent counts the time of a task from here."""


def main() -> None:
    """Task after task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _only_for_answers()
    tasks: queue.SimpleQueue[MipTask] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(tasks,), daemon=True).start()
    _tell(READY, answers)
    while True:
        task = tasks.get()
        _tell(_answer(task, answers), answers)


def _tell(what: object, answers: BinaryIO) -> None:
    pickle.dump(what, answers)
    answers.flush()


def _answer(task: MipTask, answers: BinaryIO) -> MipAnswer:
    """What was found, or what kind of exception stopped HiGHS: the plan goes on without it, and the parent logs and counts it."""
    try:
        return solve(task, time.monotonic, lambda looks: _tell(looks, answers))
    except Exception as error:
        return MipAnswer(None, None, type(error).__name__)


def _only_for_answers() -> BinaryIO:
    """The standard output, which HiGHS writes remarks of its own to, past all its options: they go nowhere."""
    own, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(own, "wb")


def _read(tasks: queue.SimpleQueue[MipTask]) -> None:
    """Ends the process, whatever it does, once its parent is gone."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
