"""A program as one MIP for HiGHS: branch and cut, whose root bound is nearly exact where CP-SAT's is far away.

Measured on generated cities: every level of eight is proven, several together (``scheduler.blended``) in 0.2 to 4 seconds, the last two
in 1 to 20, where CP-SAT, even with branching on rounds of our own, left one to three levels of each open after a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf
from time import time
from typing import Protocol

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from scheduler.draft import Values
from scheduler.large.program import Goal, Program
from scheduler.large.proto import parameters_for, proto_of, solved

_WHOLE, _WHOLE_SHARE = 1e-6, 1e-14
"""How far from a whole number HiGHS may be where it has one: by itself, and of large ones, for which floating point is coarser."""


@dataclass(frozen=True)
class MipTask:
    """A program as MathOpt's proto in bytes, an assignment to begin from (None without any), and until when, in seconds of the epoch.

    A plan and a bound that are less than ``gap`` apart are enough.
    """

    proto: bytes
    hint: Values | None
    until: float
    gap: int = 1


@dataclass(frozen=True)
class MipAnswer:
    """The best assignment found, rounded, and the lower bound; None where there is none.

    HiGHS counts in floating point: whether the assignment satisfies the program is for the caller to check.
    """

    values: Values | None
    bound: int | None


class MipRun(Protocol):
    """A task that somebody works on."""

    def answer(self, seconds: float) -> MipAnswer | None:
        """What came out of it; None when that is not known after so many seconds."""
        ...

    def leave(self) -> None:
        """Nobody waits for it any more."""
        ...


class Mip(Protocol):
    """Somebody who solves MIPs."""

    def __call__(self, task: MipTask) -> MipRun:
        """Begin with a task."""
        ...


def task_of(program: Program, goal: Goal, hint: Values | None, seconds: float, gap: int = 1) -> MipTask:
    """Minimise the goal over the program in so many seconds from now, until plan and bound are less than ``gap`` apart."""
    return MipTask(proto_of(program, goal).SerializeToString(), hint, time() + seconds, gap)


def solve(task: MipTask) -> MipAnswer:
    """The task, here and now; there is no interrupting it (MathOpt's HiGHS hears nobody)."""
    proto = model_pb2.ModelProto()
    proto.ParseFromString(task.proto)
    parameters = parameters_for(task.until - time(), task.gap)
    parameters.highs.string_options["parallel"] = "off"  # whatever the cores, the same
    values, bound = solved(proto, mathopt.SolverType.HIGHS, task.hint, parameters)
    error = max(_WHOLE, _WHOLE_SHARE * abs(bound))
    return MipAnswer(values, ceil(bound - error) if abs(bound) < inf else None)


def here(task: MipTask) -> MipRun:
    """By this process, at once: the answer is there when it has begun."""
    return _Done(solve(task))


@dataclass(frozen=True)
class _Done:
    found: MipAnswer

    def answer(self, seconds: float) -> MipAnswer | None:
        return self.found

    def leave(self) -> None:
        pass
