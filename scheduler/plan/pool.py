"""Who plans the groups of a term, and with how much time: one after the other here, or side by side by a crew from outside.

The scheduler starts no processes itself: whoever calls it may bring a crew that does (``terminsplan/processes.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from models.ids import Level
from scheduler.plan.group import Job, Watch
from scheduler.plan.groups import Group
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock

Result = TypeVar("Result")
Task = Callable[..., Result]
"""Called with the job of one group, a watch, and whatever else its turn brings: by name, so that another process finds it."""
Given = Sequence[tuple[Any, ...]]
"""What the turn of each group brings, in the order of the groups."""


class Hands(Protocol):
    """Those who work on the groups of one job; each takes one group at a time."""

    number: int

    def work(self, task: Task[Result], given: Given, shares: Shares, board: Board) -> Sequence[Result]:
        """The results in the order of the groups; their turns are in that of the shares."""
        ...


Crew = Callable[[Job, Sequence[Group]], AbstractContextManager[Hands]]
"""Makes ready for the groups of one job."""


SAME_FOR_ALL = 1.0
"""Of the part of a group of middling size, for every group: a smaller one may be as hard (with 0.2 one of 21 regions of a nation missed its
proof by some seconds, 59 late people), and what it leaves over goes to the others."""


class Shares:
    """The seconds of each group: by its size, of what all hands together have left of the stage.

    One pair of hands goes from small to large, so that what is left over goes to those that need it; the others begin with the
    largest, each of which may need the hands for most of the stage (one region of a nation is a third of it).
    """

    def __init__(self, clock: Clock, seconds: float, sizes: Sequence[int], hands: int) -> None:
        self._clock = clock
        self._until = clock.spent + seconds
        self._hands = hands
        least = SAME_FOR_ALL * sum(sizes) / len(sizes)
        self._waiting = {number: max(1.0, size + least) for number, size in enumerate(sizes)}
        self._ends: dict[int, float] = {}
        by_size = sorted(self._waiting, key=lambda number: (self._waiting[number], number))
        first = min(hands - 1, len(by_size))
        self.order = (*reversed(by_size[len(by_size) - first :]), *by_size[: len(by_size) - first])

    def begin(self, number: int) -> float:
        """A group's turn begins: how long it may take."""
        now = self._clock.spent
        left = max(0.0, self._until - now)
        free = left * self._hands - sum(max(0.0, end - now) for end in self._ends.values())
        seconds = min(left, max(0.0, free) * self._waiting[number] / sum(self._waiting.values()))
        del self._waiting[number]
        self._ends[number] = now + seconds
        return seconds

    def end(self, number: int) -> None:
        """It is done: what it leaves over goes to the others."""
        del self._ends[number]


@dataclass(frozen=True)
class Known:
    """The value and the bound of a level in one group, as far as they are known."""

    value: int | None
    bound: int | None


class Board:
    """How far all groups together have come: the level of the hindmost, with its value and bound over all groups."""

    def __init__(self, order: Sequence[Level], groups: int, watch: Watch) -> None:
        self.watch = watch
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

    def hear(self, number: int, step: Progress) -> None:
        """A group tells how far it has come."""
        if step.level is not None:
            self._known[number][step.level] = Known(step.value, step.bound)
        self._reached(number, step.number + (step.level is None))

    def finished(self, number: int) -> None:
        """A group has come to the end of the stage."""
        self._done += 1
        self._reached(number, self._last + 1)

    def _reached(self, number: int, place: int) -> None:
        self._at[number] = max(place, self._at[number])  # what a process told may be heard after its result
        of, hindmost = len(self._order), min(self._at.values())
        level = None if hindmost > of else self._order[min(hindmost, self._last) - 1]
        known = [self._known[n].get(level, Known(None, None)) for n in self._at] if level else []
        value, bound = _over_all(level, [k.value for k in known]), _over_all(level, [k.bound for k in known])
        seconds, parts = self.watch.clock.spent, (self._done, len(self._at))
        self.watch.on_progress(Progress(level, min(hindmost, self._last), of, value, bound, seconds, parts))


def _over_all(level: Level | None, numbers: Sequence[int | None]) -> int | None:
    found = [number for number in numbers if number is not None]
    if not found or len(found) < len(numbers):
        return None
    return max(found) if level is Level.EQUITY else sum(found)


@contextmanager
def alone(job: Job, groups: Sequence[Group]) -> Iterator[Hands]:
    """One pair of hands, here: quicker than new processes for all but large terms."""
    yield _Alone(job, groups)


class _Alone:
    number = 1

    def __init__(self, job: Job, groups: Sequence[Group]) -> None:
        self._jobs = [job.of(group) for group in groups]

    def work(self, task: Task[Result], given: Given, shares: Shares, board: Board) -> Sequence[Result]:
        results: dict[int, Result] = {}
        for number in shares.order:
            clock = board.watch.clock.limited(shares.begin(number))
            watch = Watch(clock, _heard_by(board, number), board.watch.should_stop)
            results[number] = task(self._jobs[number], watch, *given[number])
            shares.end(number)
            board.finished(number)
        return [results[number] for number in range(len(given))]


def _heard_by(board: Board, number: int) -> Callable[[Progress], None]:
    return lambda step: board.hear(number, step)
