"""The first stage of a term that falls apart into groups: the levels up to ``equity`` of one group, by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.ids import Level
from scheduler.model.build import Model
from scheduler.plan.given import Limit, conflicts_in
from scheduler.plan.outcome import Conflict
from scheduler.plan.phases import BUILD, LEVELS, PhaseSeconds, phase_seconds, phases
from scheduler.plan.solve_levels import solve_levels
from scheduler.plan.task import GroupTask, Watch
from scheduler.search.lexicographic import LevelOutcome, Solution
from scheduler.seats.candidates import Place
from scheduler.solvers.clock import TimeIsUpError
from scheduler.solvers.mip import CountingMip


@dataclass(frozen=True)
class FirstLevels:
    """The first levels of a group: how each fared, and what is booked; ``booked`` is None without any plan.

    ``conflicts`` are given bookings that cannot be kept, None where nobody looked for them.
    """

    booked: tuple[Place, ...] | None
    levels: tuple[LevelOutcome, ...]
    phase_seconds: PhaseSeconds = ()
    conflicts: tuple[Conflict, ...] | None = ()
    solver_failures: int = 0

    @property
    def share(self) -> int:
        """The group's own largest share of late requirements."""
        return next((done.value for done in self.levels if done.level is Level.EQUITY), 0)

    def in_model(self, model: Model) -> Solution | None:
        """What the first stage has solved, as a solution of the group's model; None where it found no plan."""
        if self.booked is None:
            return None
        return Solution(model.booking(self.booked), self.levels, infeasible=False, stopped=False)


def solve_first_levels(task: GroupTask, watch: Watch) -> FirstLevels:
    """The levels up to ``equity``, for a group that is one of several; nothing is begun once the user wants to stop."""
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
        solution = solve_levels(model, replace(task, mip=mip), task.first_levels, watch)
    except TimeIsUpError:
        return FirstLevels(None, (), phase_seconds(stopwatch), conflicts=None)
    stopwatch.end(LEVELS)
    booked = None if solution.values is None else tuple(c.place for c in model.chosen(solution.values))
    levels = () if booked is None else solution.levels
    return FirstLevels(booked, levels, phase_seconds(stopwatch), solver_failures=mip.failures)
