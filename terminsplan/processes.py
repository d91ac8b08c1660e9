"""Processes side by side, one for each core, that plan the groups of a large term (``scheduler.plan.pool``).

They are started anew (``spawn``), so that it works alike on Windows, and are sent the whole task once. Ctrl-C is their
parent's: they do not hear it, but ask a flag that it sets; and they end when their parent is gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from typing import Any

from scheduler.plan.groups import Group
from scheduler.plan.pool import Arguments, GroupProgress, Result, Stage, TimeShares, Workers
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock
from terminsplan.collecting import collect_seldom
from terminsplan.exits import Exit, RefusedError
from terminsplan.memory import give_back_large_blocks
from terminsplan.spawned import begin_as_child, deaf_to_interrupts

Telling = SimpleQueue[tuple[int, Progress]]
_Seconds = tuple[float, float]
"""Until the limit of the group, and of the whole term."""
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
def process_pool(task: GroupTask, groups: Sequence[Group]) -> Iterator[Workers]:
    """As many processes as there are cores, for as long as the groups are planned."""
    context = get_context("spawn")
    stop, telling = context.Event(), context.SimpleQueue()
    number = min(cores(), len(groups), MOST_PROCESSES)
    executor = ProcessPoolExecutor(number, context, _begin, (task, groups, stop, telling))
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

    def work(
        self, stage: Stage[Result], arguments: Arguments, shares: TimeShares, progress: GroupProgress
    ) -> Sequence[Result]:
        """Each process takes the next group when it is done with one."""
        waiting = list(shares.order)
        running: dict[Future[Result], int] = {}
        results: dict[int, Result] = {}
        while waiting or running:
            while waiting and len(running) < self.number:
                group = waiting.pop(0)
                seconds = shares.begin(group), progress.watch.clock.left
                running[self._begin(stage, group, seconds, arguments[group])] = group
            finished, _ = wait(running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            self._pass_on(progress)
            for future in finished:
                group = running.pop(future)
                results[group] = _result(future)
                shares.end(group)
                progress.finish(group, results[group])
        return [results[group] for group in range(len(arguments))]

    def _begin(self, stage: Stage[Result], group: int, seconds: _Seconds, arguments: tuple[Any, ...]) -> Future[Result]:
        with deaf_to_interrupts():  # the executor starts a process when it is given work for it
            return self._executor.submit(_do, stage, group, seconds, arguments)

    def _pass_on(self, progress: GroupProgress) -> None:
        """What the processes tell goes to the user, and the user's wish to stop to them."""
        while not self._telling.empty():
            progress.tell(*self._telling.get())
        if progress.watch.should_stop():
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


# --- in the process
# ----------------------------------------------------------------------------------------------------


@dataclass
class _Process:
    """What a process was given when it began, and plans groups of."""

    task: GroupTask
    groups: Sequence[Group]
    stop: Event
    telling: Telling

    def work(self, stage: Stage[Result], group: int, seconds: _Seconds, arguments: tuple[Any, ...]) -> Result:
        """One stage for one group."""
        clock, whole = (Clock.start(time.monotonic, limit) for limit in seconds)
        watch = Watch(clock, _Teller(group, clock, self.telling), self.stop.is_set, whole)
        return stage(self.task.of(self.groups[group]), watch, *arguments)


_process: _Process
"""This process, where it is one of the pool: the executor hands a task nothing else that is shared."""


def _begin(task: GroupTask, groups: Sequence[Group], stop: Event, telling: Telling) -> None:
    global _process  # noqa: PLW0603  # the executor's way to give a process something to begin with
    begin_as_child()
    collect_seldom()
    give_back_large_blocks()
    _process = _Process(task, groups, stop, telling)


def _do(stage: Stage[Result], group: int, seconds: _Seconds, arguments: tuple[Any, ...]) -> Result:
    return _process.work(stage, group, seconds, arguments)


class _Teller:
    """Tells the parent how far the group has come, a few times a second."""

    def __init__(self, group: int, clock: Clock, telling: Telling) -> None:
        self._group = group
        self._clock = clock
        self._telling = telling
        self._told = -_TELL_SECONDS
        self._number = 0

    def __call__(self, step: Progress) -> None:
        now = self._clock.spent
        if step.number != self._number or now - self._told > _TELL_SECONDS:
            self._number, self._told = step.number, now
            self._telling.put((self._group, step))
