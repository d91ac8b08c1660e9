"""Who plans the groups of a term, and with how much time: one
after the other here, or side by side in processes from outside.

The scheduler starts no processes itself: whoever calls it may bring a pool that does (``terminsplan/processes.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, TypeVar

from models.ids import Level
from scheduler.plan.groups import Group
from scheduler.plan.outcome import Conflict
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock


class GroupResult(Protocol):
    """What comes out of a stage for one group; given bookings in conflict end the stage for all others."""

    @property
    def conflicts(self) -> tuple[Conflict, ...] | None:
        """Given bookings that cannot be kept; None where nobody looked for them."""
        ...


Result = TypeVar("Result", bound=GroupResult)
Stage = Callable[..., Result]
"""Called with the task of one group, a watch, and what else
the stage needs: by name, so that another process finds it.
"""
Arguments = Sequence[tuple[Any, ...]]
"""What else the stage needs for each group, in the order of the groups."""


class Workers(Protocol):
    """Those who work on the groups of one task; each takes one group at a time."""

    number: int

    def work(
        self, stage: Stage[Result], arguments: Arguments, shares: TimeShares, progress: GroupProgress
    ) -> Sequence[Result]:
        """The results in the order of the groups; the groups are begun in the order of the shares."""
        ...


WorkerPool = Callable[[GroupTask, Sequence[Group]], AbstractContextManager[Workers]]
"""Makes workers ready for the groups of one task."""


SAME_FOR_ALL = 1.0
"""What every group gets beside the part by its size, in parts
of a group of middling size: a smaller one may be as hard.

What it leaves over goes to the others (docs/adr/201-time-of-groups.md).
"""


class TimeShares:
    """The seconds of each group: by its size, of what all workers together have left of the stage.

    One worker goes from small to large, so that what is left over goes to those that need it; the others begin with the
    largest, each of which may need a worker for most of the stage (one region of a nation is a third of it).
    """

    def __init__(self, clock: Clock, seconds: float, sizes: Sequence[int], workers: int) -> None:
        self._clock = clock
        self._until = clock.spent + seconds
        self._workers = workers
        least = SAME_FOR_ALL * sum(sizes) / len(sizes)
        self._waiting = {number: max(1.0, size + least) for number, size in enumerate(sizes)}
        self._ends: dict[int, float] = {}
        by_size = sorted(self._waiting, key=lambda number: (self._waiting[number], number))
        first = min(workers - 1, len(by_size))
        self.order = (*reversed(by_size[len(by_size) - first :]), *by_size[: len(by_size) - first])

    def begin(self, number: int) -> float:
        """A group is begun: how long it may take."""
        now = self._clock.spent
        left = max(0.0, self._until - now)
        free = left * self._workers - sum(max(0.0, end - now) for end in self._ends.values())
        seconds = min(left, max(0.0, free) * self._waiting[number] / sum(self._waiting.values()))
        del self._waiting[number]
        self._ends[number] = now + seconds
        return seconds

    def end(self, number: int) -> None:
        """A group is done: what it leaves over goes to the others."""
        del self._ends[number]


@dataclass(frozen=True)
class Known:
    """The value and the bound of a level in one group, as far as they are known."""

    value: int | None
    bound: int | None


class GroupProgress:
    """How far all groups together have come: the level of the
    one least far, with its value and bound over all groups.
    """

    def __init__(self, order: Sequence[Level], groups: int, watch: Watch) -> None:
        self.watch = replace(watch, should_stop=self._should_stop)
        self._user_stops = watch.should_stop
        self._in_conflict = False
        self._order = order
        self._at = dict.fromkeys(range(groups), 1)
        self._known: dict[int, dict[Level, Known]] = {number: {} for number in self._at}
        self._last = 0
        self._done = 0

    def stage(self, first: int, last: int) -> None:
        """All groups begin to solve the levels from one number to another."""
        self._at = dict.fromkeys(self._at, first)
        self._last = last
        self._done = 0

    def tell(self, number: int, step: Progress) -> None:
        """A group tells how far it has come."""
        if step.level is not None:
            self._known[number][step.level] = Known(step.value, step.bound)
        self._reached(number, step.number + (step.level is None))

    def finish(self, number: int, result: GroupResult) -> None:
        """A group has come to the end of the stage."""
        self._done += 1
        self._in_conflict |= bool(result.conflicts)
        self._reached(number, self._last + 1)

    def _should_stop(self) -> bool:
        """The user wants to stop, or no plan can come of it."""
        return self._in_conflict or self._user_stops()

    def _reached(self, number: int, place: int) -> None:
        self._at[number] = max(place, self._at[number])  # what a process told may be heard after its result
        of, least = len(self._order), min(self._at.values())
        level = None if least > of else self._order[min(least, self._last) - 1]
        known = [self._known[n].get(level, Known(None, None)) for n in self._at] if level else []
        value, bound = _over_all(level, [k.value for k in known]), _over_all(level, [k.bound for k in known])
        seconds, parts = self.watch.clock.spent, (self._done, len(self._at))
        self.watch.on_progress(Progress(level, min(least, self._last), of, value, bound, seconds, parts))


def _over_all(level: Level | None, numbers: Sequence[int | None]) -> int | None:
    found = [number for number in numbers if number is not None]
    if not found or len(found) < len(numbers):
        return None
    return max(found) if level is Level.EQUITY else sum(found)


@contextmanager
def in_this_process(task: GroupTask, groups: Sequence[Group]) -> Iterator[Workers]:
    """One worker, here: quicker than new processes for all but large terms."""
    yield _OneWorker(task, groups)


class _OneWorker:
    number = 1

    def __init__(self, task: GroupTask, groups: Sequence[Group]) -> None:
        self._tasks = [task.of(group) for group in groups]

    def work(
        self, stage: Stage[Result], arguments: Arguments, shares: TimeShares, progress: GroupProgress
    ) -> Sequence[Result]:
        results: dict[int, Result] = {}
        for number in shares.order:
            whole = progress.watch.clock
            clock = whole.limited(shares.begin(number))
            watch = Watch(clock, partial(progress.tell, number), progress.watch.should_stop, whole)
            results[number] = stage(self._tasks[number], watch, *arguments[number])
            shares.end(number)
            progress.finish(number, results[number])
        return [results[number] for number in range(len(arguments))]
