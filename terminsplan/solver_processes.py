"""A solver in processes of its own beside this one: it cannot be interrupted, but a process can be ended.

Started when there is something to solve for the first time, and kept for the next. Not those of ``multiprocessing``:
they would load the main module too, and with it OR-Tools, which HiGHS's package cannot be beside (SPEED.md, point 8).
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import Field, dataclass, field, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from scheduler.solvers.clock import Clock
from terminsplan.spawned import deaf_to_interrupts


class LimitedTask(Protocol):
    """A task that may take so many seconds, a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def seconds(self) -> float:
        """How long the solver may take from when it has the task."""
        ...


class AnswerOrFailure(Protocol):
    """An answer; ``failure`` tells of an error in the solver, for which there is none."""

    @property
    def failure(self) -> str:
        """The type of the exception, no name or value; empty where there was none."""
        ...


Task = TypeVar("Task", bound=LimitedTask)
Answer = TypeVar("Answer", bound=AnswerOrFailure)


@dataclass
class SolverProcesses(Generic[Task, Answer]):
    """Processes for tasks, of which those that are idle are used again. Sent to another process it has none there yet.

    ``solver`` is what they are called in the log, ``module`` what
    runs in them; ``failed`` makes the answer that tells of a failure.
    """

    solver: str
    module: str
    log: logging.Logger
    failed: Callable[[str], Answer]
    _idle: list[Worker[Task, Answer]] = field(default_factory=list, init=False)

    def __call__(self, task: Task) -> Worker[Task, Answer]:
        """Give the task to a process that is idle, or to a new one; whoever begins a task waits for it or leaves it."""
        worker = self._next_idle() or Worker(self)
        worker.give(task)
        return worker

    def get_ready(self, number: int = 1) -> None:
        """Begin processes until so many are idle: the next tasks need not wait until they have started."""
        self._idle = [worker for worker in self._idle if worker.alive]
        self._idle += [Worker(self) for _ in range(number - len(self._idle))]

    def is_idle(self, worker: Worker[Task, Answer]) -> None:
        """Its answer has been taken."""
        self._idle.append(worker)

    def _next_idle(self) -> Worker[Task, Answer] | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
        return None

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"_idle": []}


class Worker(Generic[Task, Answer]):
    """The process, seen from here; ``looks`` is how often its
    solver has looked at its limits, as far as it has told.
    """

    def __init__(self, pool: SolverProcesses[Task, Answer]) -> None:
        self._pool = pool
        known = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        safely = ["-P"] if hasattr(sys.flags, "safe_path") else []  # nothing is loaded from where the user stands
        quiet: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows: Ctrl-C is not for it
        with deaf_to_interrupts():
            self.process = subprocess.Popen(
                [sys.executable, *safely, "-m", pool.module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=known,
                creationflags=quiet,
            )
        self.looks = 0
        self._ready = threading.Event()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        atexit.register(self.leave)

    @property
    def alive(self) -> bool:
        """Nothing from outside has ended the process."""
        return self.process.poll() is None

    def give(self, task: Task) -> None:
        """A task to work on. Larger than what a pipe holds: sent aside, for the process may still be starting."""
        clock = Clock.start(time.monotonic, task.seconds)
        self.looks = 0
        threading.Thread(target=self._send, args=(task, clock), daemon=True).start()

    def answer(self, seconds: float) -> Answer | None:
        """What came out; a process that was ended from outside, as when memory runs out, has found nothing."""
        try:
            found = self._answers.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if found.failure:
            self._pool.log.warning("%s failed: %s", self._pool.solver, found.failure)
        if self.alive:
            self._pool.is_idle(self)
        return found

    def leave(self) -> None:
        """End the process."""
        atexit.unregister(self.leave)
        self.process.kill()
        self.process.wait()
        self._listener.join()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close() if pipe else None

    def _send(self, task: Task, clock: Clock) -> None:
        """What the process took to start is taken off the task's time."""
        assert self.process.stdin is not None
        self._ready.wait()
        with suppress(OSError, ValueError):  # it was ended: ``answer`` says so
            pickle.dump(replace(task, seconds=clock.left), self.process.stdin, pickle.HIGHEST_PROTOCOL)
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            pickle.load(self.process.stdout)  # the process has started
            self._ready.set()
            while True:
                told: int | Answer = pickle.load(self.process.stdout)
                if isinstance(told, int):
                    self.looks = told
                else:
                    self._answers.put(told)
        self.process.wait()  # so that nobody takes it for idle
        self._ready.set()
        self._answers.put(self._pool.failed(f"its process ended with {self.process.returncode}"))
