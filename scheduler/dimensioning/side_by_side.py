"""Years planned side by side on any ``concurrent.futures.Executor``: the code that plans does not know where it runs.

A task travels as bytes, without names, with each lot of scenarios; a worker keeps what it worked out of the last one.
Results come back as whole numbers and are put together in the order of the scenarios, so that they are the same on one
core, on many, or on a cluster.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from math import ceil
from typing import Any

from scheduler.dimensioning.as_known import as_known
from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.evaluation import Evaluation, Outcome
from scheduler.dimensioning.planned import Planned
from scheduler.dimensioning.task import Task
from scheduler.solvers.clock import Clock

PACKAGES = ("terminsplan", "numpy", "ortools")
"""Those on whose versions the numbers hang."""
LOT = 25
"""Scenarios that a worker is given at once, where each is soon done."""
_LOOK_SECONDS = 0.1


class Question(StrEnum):
    """What is asked of each scenario: its outcome, its outcome with a plan, or its outcome as it would become known."""

    OUTCOME = "outcome"
    PLANNED = "planned"
    AS_KNOWN = "as_known"


class OtherVersionError(Exception):
    """A worker has another version than the one that asks.
    ``args``: the package, the version here, the version there.
    """


@cache
def versions() -> tuple[tuple[str, str], ...]:
    """Of the packages here, looked up once; ``-`` where one is not installed as a package."""
    found = []
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "-"))
    return tuple(found)


@dataclass(frozen=True)
class Lot:
    """A question about some scenarios under a choice of rounds."""

    question: Question
    chosen: tuple[str, ...]
    numbers: tuple[int, ...]


Answers = list[tuple[Outcome, Planned | None]]


def answer(parcel: bytes, wanted: tuple[tuple[str, str], ...], lot: Lot) -> Answers:
    """What a worker does with a lot; raises OtherVersionError where it is not of the versions ``wanted``."""
    for (package, here), (_, there) in zip(wanted, versions(), strict=True):
        if here != there:
            raise OtherVersionError(package, here, there)
    evaluation = _unpacked(parcel)
    with _LOCK:  # threads of one worker share the model and what is known of it
        return [_answered(evaluation, lot, number) for number in lot.numbers]


_LOCK = threading.RLock()
_LAST: dict[str, Evaluation] = {}


def _unpacked(parcel: bytes) -> Evaluation:
    """The evaluation of the task, made once in each process."""
    key = hashlib.sha256(parcel).hexdigest()
    with _LOCK:
        if key not in _LAST:
            _LAST.clear()
            _LAST[key] = Evaluation(Catalogue(pickle.loads(parcel)))
        return _LAST[key]


def _answered(evaluation: Evaluation, lot: Lot, number: int) -> tuple[Outcome, Planned | None]:
    if lot.question is Question.AS_KNOWN:
        return as_known(evaluation, number, lot.chosen), None
    if lot.question is Question.PLANNED:
        return evaluation.planned(number, lot.chosen)
    return evaluation.outcome(number, lot.chosen), None


class SideBySide:
    """Asks the workers of an executor. ``watch`` is told how many scenarios of how many are answered."""

    def __init__(
        self,
        executor: Executor,
        task: Task,
        workers: int,
        clock: Clock,
        should_stop: Callable[[], bool],
        *,
        lot: int = LOT,
    ) -> None:
        """``lot``: scenarios that a worker is given at once; what is begun is waited for when time is up."""
        self._executor = executor
        self._lot = lot
        self._parcel = pickle.dumps(task.nameless(), protocol=5)
        self._workers = workers
        self._clock = clock
        self._should_stop = should_stop

    def ask(
        self,
        question: Question,
        chosen: Collection[str],
        numbers: Sequence[int],
        watch: Callable[[int, int], None],
    ) -> Answers:
        """Answers in the order of the scenarios; fewer of them, from
        the first on, where time is up or the user wants to stop.
        """
        size = max(1, min(self._lot, ceil(len(numbers) / (2 * self._workers))))
        lots = [
            Lot(question, tuple(sorted(chosen)), tuple(numbers[first : first + size]))
            for first in range(0, len(numbers), size)
        ]
        waiting, running, done = list(range(len(lots))), dict[Future[Any], int](), dict[int, Answers]()
        try:
            while waiting or running:
                while waiting and len(running) < 2 * self._workers:
                    place = waiting.pop(0)
                    running[self._executor.submit(answer, self._parcel, versions(), lots[place])] = place
                finished, _ = wait(running, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
                for future in finished:
                    done[running.pop(future)] = future.result()
                    watch(sum(map(len, done.values())), len(numbers))
                if self._clock.left == 0 or self._should_stop():
                    break
        finally:
            for future in running:
                future.cancel()
        found: Answers = []
        for place in range(len(lots)):
            if place not in done:
                break
            found += done[place]
        return found
