"""Processes side by side, one for each core, that plan the groups of a large term (``scheduler.plan.pool``).

They are started anew (``spawn``), so that it works alike on Windows, and are sent the whole job once. Ctrl-C is their parent's: they
do not hear it, but ask a flag that it sets; and they end when their parent is gone.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from scheduler.plan.group import Job, Watch
from scheduler.plan.groups import Group
from scheduler.plan.pool import Board, Given, Hands, Shares, Task
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock
from terminsplan.exits import Exit, RefusedError
from terminsplan.spawned import deaf_to_interrupts, end_with_parent

Result = TypeVar("Result")
Telling = SimpleQueue[tuple[int, Progress]]
_LOOK_SECONDS = 0.1
_TELL_SECONDS = 0.2
MOST_PROCESSES = 8
"""Each takes up to a gigabyte for the largest regions."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def side_by_side(job: Job, groups: Sequence[Group]) -> Iterator[Hands]:
    """As many processes as there are cores, for as long as the groups are planned."""
    context = get_context("spawn")
    stop, telling = context.Event(), context.SimpleQueue()
    number = min(cores(), len(groups), MOST_PROCESSES)
    executor = ProcessPoolExecutor(number, context, _begin, (job, groups, stop, telling))
    try:
        yield _Processes(executor, number, stop, telling)
    finally:
        stop.set()
        # Waits: a process that is still starting would not find what it shares with a parent that has gone on.
        executor.shutdown(cancel_futures=True)


class _Processes:
    """The parent's side."""

    def __init__(self, executor: ProcessPoolExecutor, number: int, stop: Event, telling: Telling) -> None:
        self.number = number
        self._executor = executor
        self._stop = stop
        self._telling = telling

    def work(self, task: Task[Result], given: Given, shares: Shares, board: Board) -> Sequence[Result]:
        """Each process takes the next group when it is done with one."""
        waiting = list(shares.order)
        running: dict[Future[Result], int] = {}
        results: dict[int, Result] = {}
        while waiting or running:
            while waiting and len(running) < self.number:
                group = waiting.pop(0)
                running[self._begin(task, group, shares.begin(group), given[group])] = group
            finished, _ = wait(running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            self._pass_on(board)
            for future in finished:
                group = running.pop(future)
                results[group] = _result(future)
                shares.end(group)
                board.finished(group)
        return [results[group] for group in range(len(given))]

    def _begin(self, task: Task[Result], group: int, seconds: float, given: tuple[Any, ...]) -> Future[Result]:
        with deaf_to_interrupts():  # the executor starts a process when it is given work for it
            return self._executor.submit(_do, task, group, seconds, given)

    def _pass_on(self, board: Board) -> None:
        """What the processes tell goes to the user, and the user's wish to stop to them."""
        while not self._telling.empty():
            board.hear(*self._telling.get())
        if board.watch.should_stop():
            self._stop.set()


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        raise RefusedError(
            "En av processerna som planerar avslutades utifrån; kanske tog datorns minne slut. Inget har skrivits.",
            "Stäng andra program och kör igen.",
            code=Exit.NOTHING_FOUND,
        ) from None


# --- in the process ----------------------------------------------------------------------------------------------------

_here: dict[str, Any] = {}
"""What this process was given when it began."""


def _begin(job: Job, groups: Sequence[Group], stop: Event, telling: Telling) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    _here.update(job=job, groups=groups, stop=stop, telling=telling)


def _do(task: Task[Result], group: int, seconds: float, given: tuple[Any, ...]) -> Result:
    clock = Clock.start(time.monotonic, seconds)
    watch = Watch(clock, _Teller(group, clock), _here["stop"].is_set)
    return task(_here["job"].of(_here["groups"][group]), watch, *given)


class _Teller:
    """Tells the parent how far the group has come, a few times a second."""

    def __init__(self, group: int, clock: Clock) -> None:
        self._group = group
        self._clock = clock
        self._told = -_TELL_SECONDS
        self._number = 0

    def __call__(self, step: Progress) -> None:
        now = self._clock.spent
        if step.number != self._number or now - self._told > _TELL_SECONDS:
            self._number, self._told = step.number, now
            _here["telling"].put((self._group, step))
