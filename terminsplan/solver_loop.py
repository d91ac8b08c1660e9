"""What runs in a process beside (``terminsplan.solver_processes``): tasks come in and answers go out, as pickles.

Before an answer, numbers may tell how far the solver has come: how often it has looked at its limits.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
OnLook = Callable[[int], None]
"""Told how often the solver has looked at its limits."""
READY = "ready"
"""The first answer, before any task: the parent counts the time of a task from here."""


def solve_tasks(solve: Callable[[Task, OnLook], Answer], failed: Callable[[str], Answer]) -> None:
    """Task after task; of an exception only its type is told: the
    plan goes on without an answer, and the parent logs and counts it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _only_for_answers()
    tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(tasks,), daemon=True).start()
    _write(READY, answers)
    while True:
        try:
            answer = solve(tasks.get(), lambda looks: _write(looks, answers))
        except Exception as error:
            answer = failed(type(error).__name__)
        _write(answer, answers)


def _write(answer: object, answers: BinaryIO) -> None:
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _only_for_answers() -> BinaryIO:
    """The standard output, which solvers write remarks of their own to, past all their options: they go nowhere."""
    own, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return os.fdopen(own, "wb")


def _read(tasks: queue.SimpleQueue[Any]) -> None:
    """Ends the process, whatever it does, once its parent is gone."""
    try:
        while True:
            tasks.put(pickle.load(sys.stdin.buffer))
    finally:
        os._exit(0)
