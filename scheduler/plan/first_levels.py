"""The first stages of a term that falls apart into groups: the levels up to ``equity`` of one group, by itself.

``equity`` of a large group takes time, and only that of the groups that may have the largest share of all counts: it is
a stage of its own for these (docs/adr/222-groups-with-little-time.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.ids import Level
from scheduler.model.build import Model
from scheduler.plan.engines import is_large
from scheduler.plan.given import Limit, conflicts_in
from scheduler.plan.outcome import Conflict
from scheduler.plan.phases import BUILD, LEVELS, PhaseSeconds, phase_seconds, phases
from scheduler.plan.results import completed
from scheduler.plan.solve_levels import solve_levels
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.lexicographic import LevelOutcome, Solution
from scheduler.seats.candidates import Place
from scheduler.solvers.clock import TimeIsUpError
from scheduler.solvers.mip import CountingMip


@dataclass(frozen=True)
class FirstLevels:
    """The first levels of a group: how each fared, and what is booked; ``booked`` is None without any plan.

    ``share`` is the group's own largest share of late requirements in permille, whether ``equity`` is among the levels
    or not. ``conflicts`` are given bookings that cannot be kept, None where nobody looked for them.
    """

    booked: tuple[Place, ...] | None
    levels: tuple[LevelOutcome, ...]
    phase_seconds: PhaseSeconds = ()
    conflicts: tuple[Conflict, ...] | None = ()
    solver_failures: int = 0
    share: int = 0

    @property
    def has_equity(self) -> bool:
        """Whether level ``equity`` is among those that are solved."""
        return any(done.level is Level.EQUITY for done in self.levels)

    def in_model(self, model: Model) -> Solution | None:
        """What the first stages have solved, as a solution of the group's model; None where they found no plan."""
        if self.booked is None:
            return None
        return Solution(model.booking(self.booked), self.levels, infeasible=False, stopped=False)


def solve_first_levels(task: GroupTask, watch: Watch) -> FirstLevels:
    """The levels up to ``equity``, in a large model without it, for a group that is one of several.

    Nothing is begun once the user wants to stop.
    """
    if watch.should_stop():
        return FirstLevels(None, (), conflicts=None)
    stopwatch = phases(watch.clock)
    mip = CountingMip(task.mip)
    try:
        model = task.model(watch.look)
        conflicts = conflicts_in(model, Limit(watch.clock, watch.should_stop))
        stopwatch.end(BUILD)
        if conflicts:
            return FirstLevels(None, (), phase_seconds(stopwatch), conflicts)
        until = len(task.first_levels) - 1 if is_large(model) else None
        solution = solve_levels(model, replace(task, mip=mip), task.first_levels, watch, until=until)
    except TimeIsUpError:
        return FirstLevels(None, (), phase_seconds(stopwatch), conflicts=None)
    stopwatch.end(LEVELS)
    return _solved(model, solution, phase_seconds(stopwatch), mip.failures)


def may_be_largest(firsts: Sequence[FirstLevels]) -> list[int]:
    """The numbers of the groups whose ``equity`` is not solved and may be the largest of all, the largest first.

    A group whose share is at most that of one that is solved cannot raise the largest of all.
    """
    solved = max((first.share for first in firsts if first.has_equity), default=0)
    left = [number for number, first in enumerate(firsts) if not first.has_equity and first.share > solved]
    return sorted(left, key=lambda number: -firsts[number].share)


def solve_equity(task: GroupTask, watch: Watch, first: FirstLevels, wanted: bool) -> FirstLevels:
    """The first levels with ``equity`` where that is ``wanted``; as they were where it is not, or no time is left."""
    if not wanted or watch.time_to_end():
        return first
    stopwatch = phases(watch.clock, first.phase_seconds)
    mip = CountingMip(task.mip, first.solver_failures)
    try:
        model = task.model(watch.look)
        stopwatch.end(BUILD)
        solved = first.in_model(model)
        solution = solve_levels(model, replace(task, mip=mip), task.first_levels, watch, solved)
    except TimeIsUpError:
        return first
    stopwatch.end(LEVELS)
    return _solved(model, solution, phase_seconds(stopwatch), mip.failures)


def _solved(model: Model, solution: Solution, seconds: PhaseSeconds, failures: int) -> FirstLevels:
    """What is kept of a solution from one stage to the next."""
    if solution.values is None:
        return FirstLevels(None, (), seconds, solver_failures=failures)
    values = completed(model, solution.values)
    booked = tuple(c.place for c in model.chosen(values))
    share = model.objectives[Level.EQUITY].value(values)
    return FirstLevels(booked, solution.levels, seconds, solver_failures=failures, share=share)
