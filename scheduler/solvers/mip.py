"""A program as one MIP task, its answer, and the interface of what solves it: HiGHS, in a process of its own
(``scheduler.solvers.highs``).

Branch and cut, whose root bound is nearly exact where CP-SAT's is far away. Here is only what both sides need to know:
HiGHS's own package and OR-Tools cannot be loaded into one process (SPEED.md, point 8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.solvers.awaited import Awaited, Run

if TYPE_CHECKING:  # not in the process of HiGHS, which does without scipy and so begins sooner
    from scheduler.linear.model import Values
    from scheduler.linear.program import Floats, Goal, Program

Columns = NDArray[np.int32]


class Way(Enum):
    """How a task is best solved.

    ``AT_ONCE``: all of it. ``BRANCHED``: by branching on the columns ``first`` and ``then``
    before all others, as far as that gets with counted work.
    """

    AT_ONCE, BRANCHED = range(2)


@dataclass(frozen=True, eq=False)
class MipTask:
    """Minimise ``costs`` x + ``constant`` over row_low <= matrix x
    <= row_high, low <= x <= high, the matrix in compressed columns.

    ``whole`` are the columns that must be whole, ``first`` those of them that settle most
    and ``then`` those that settle most of the rest: on them hangs ``way``. ``hint`` is an
    assignment to begin from (None without any), ``seconds`` how long the solver may take
    from when it has the task. A plan and a bound less than ``gap`` apart are enough. ``plain``: what
    takes long at the beginning and saves nothing in a small model is left out (docs/adr/215).
    """

    starts: Columns
    rows: Columns
    entries: Floats
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    costs: Floats
    constant: float
    whole: Columns
    first: Columns
    then: Columns
    hint: Values | None
    seconds: float
    gap: int = 1
    way: Way = Way.AT_ONCE
    plain: bool = False


@dataclass(frozen=True)
class MipAnswer:
    """The best assignment found, rounded, and the lower bound; None where there is none.

    HiGHS counts in floating point: whether the assignment satisfies the program is for
    the caller to check. ``failure`` tells of an error in the solver, for which there is
    no assignment. ``looks`` is how often it looked at its limits: the work that it took.
    """

    values: Values | None
    bound: int | None
    failure: str = field(default="", compare=False)
    looks: int = field(default=0, compare=False)


NOTHING = MipAnswer(None, None)


class MipRun(Run[MipAnswer], Protocol):
    """A task that has been handed to a solver."""

    @property
    def looks(self) -> int:
        """How often the solver has looked at its limits, as far as is known: never too high a number."""
        ...


class Mip(Protocol):
    """A solver of MIP tasks."""

    def __call__(self, task: MipTask) -> MipRun:
        """Hand over a task."""
        ...


def task_of(
    program: Program,
    goal: Goal,
    hint: Values | None,
    seconds: float,
    gap: int = 1,
    *,
    whole: Sequence[int] | None = None,
    first: Sequence[int] = (),
    then: Sequence[int] = (),
    way: Way = Way.AT_ONCE,
    plain: bool = False,
) -> MipTask:
    """Minimise the goal over the program in so many seconds, until plan and bound are less than ``gap`` apart.

    All columns must be whole, unless just some are named.
    """
    matrix = program.matrix
    return MipTask(
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(np.float64, copy=False),
        program.row_low,
        program.row_high,
        program.low,
        program.high,
        goal.costs,
        goal.constant,
        np.array(range(len(program.low)) if whole is None else whole, np.int32),
        np.array(first, np.int32),
        np.array(then, np.int32),
        hint,
        seconds,
        gap,
        way,
        plain,
    )


class AwaitedRun(Awaited[MipAnswer]):
    """A run that is waited for as long as ``go_on`` says so, and left when it is late."""

    def __init__(self, run: MipRun, go_on: Callable[[], bool]) -> None:
        super().__init__(run, go_on, NOTHING)
        self._mip_run = run

    @property
    def looks(self) -> int:
        """How often the solver has looked at its limits, as far as is known."""
        return self._mip_run.looks


class CountingMip:
    """A solver whose failures are counted, beside those ``failures`` that came before."""

    def __init__(self, mip: Mip, failures: int = 0) -> None:
        self._mip = mip
        self.failures = failures

    def __call__(self, task: MipTask) -> MipRun:
        """Hand over a task."""
        return _CountedRun(self, self._mip(task))


class _CountedRun:
    def __init__(self, counting: CountingMip, run: MipRun) -> None:
        self._counting, self._run = counting, run

    def answer(self, seconds: float) -> MipAnswer | None:
        found = self._run.answer(seconds)
        self._counting.failures += found is not None and bool(found.failure)
        return found

    def leave(self) -> None:
        self._run.leave()

    @property
    def looks(self) -> int:
        return self._run.looks


def no_mip(task: MipTask) -> MipRun:
    """A solver that finds nothing, where there is no process for HiGHS."""
    return _NoRun()


class _NoRun:
    looks = 0

    def answer(self, seconds: float) -> MipAnswer | None:
        return NOTHING

    def leave(self) -> None:
        pass
