"""The levels of a matching one after the other, several as one
goal where that can be, each kept while the next is solved.

CP-SAT comes first where the model is small, by counted work, and then HiGHS beside (docs/adr/208).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from models.ids import MentorLevel
from models.plan import MentorLevelResult
from scheduler.linear.model import Linear, Values
from scheduler.linear.program import goal_of, program_of
from scheduler.mentors.model import MentorModel
from scheduler.search.bundles import Blended, Bundle, blended
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import Engine
from scheduler.solvers.mip import AwaitedRun, Mip, task_of

MOST_FOR_CP_SAT = 1_500
"""Decisions above which HiGHS alone is quicker."""
WORK = 0.8
"""CP-SAT's work for a goal before HiGHS has its turn."""
BUNDLES = (
    (MentorLevel.WITHOUT, MentorLevel.LOST, MentorLevel.TARGET_GROUP, MentorLevel.UNIT, MentorLevel.ADMINISTRATION),
    (MentorLevel.WEEKDAYS, MentorLevel.EVENNESS),
)
"""The levels, those together that are made one goal as far as its numbers allow."""


@dataclass(frozen=True)
class Run:
    """What the search needs beside the model."""

    seed: int
    clock: Clock
    mip: Mip
    should_stop: Callable[[], bool]


@dataclass
class Search:
    """One search in progress: ``values`` is the best matching so far, ``levels`` what has been settled."""

    model: MentorModel
    run: Run
    values: Values
    levels: list[MentorLevelResult] = field(default_factory=list)

    def __post_init__(self) -> None:
        linear_model = self.model.linear_model
        self._program = program_of(linear_model)
        small = len(self.model.company.pairs) <= MOST_FOR_CP_SAT
        self._engine = Engine(linear_model.low, linear_model.high, linear_model.rows, self.run.seed) if small else None

    def best(self) -> Values:
        """The matching after all levels."""
        for number, names in enumerate(BUNDLES):
            seconds = self.run.clock.left / (len(BUNDLES) - number)
            done = 0
            while done < len(names):
                done += 1 if self._settled(names[done]) else self._solve(names[done:], self.run.clock.limited(seconds))
        return self.values

    def _settled(self, level: MentorLevel) -> bool:
        """Whether the level is as low as it can be by itself, and so proven without any solver."""
        value = self.model.goals[level].value(self.values)
        if value > self.model.least(level):
            return False
        self._keep(level, value)
        return True

    def _solve(self, names: Sequence[MentorLevel], clock: Clock) -> int:
        """Minimise as many of the levels as one goal holds; how many."""
        goals = tuple(self.model.goals[name] for name in names)
        several = blended(Bundle(goals), self.model.most)
        bound = self._minimise(several, clock)
        bounds = [None] * len(several.goals) if bound is None else several.bounds(bound, self.values)
        for name, least in zip(names, bounds, strict=False):
            self._keep(name, least)
        return len(several.goals)

    def _keep(self, level: MentorLevel, bound: int | None) -> None:
        """The level as it is in the best matching, from now on."""
        goal = self.model.goals[level]
        value = goal.value(self.values)
        bound = None if bound is None else min(value, max(bound, self.model.least(level)))
        self.levels.append(MentorLevelResult(name=level, value=value, bound=bound, proven=bound == value))
        self._program = self._program.capped(goal_of(goal, len(self._program.low)), value)
        if self._engine is not None:
            self._engine.cap(goal, value)

    def _minimise(self, several: Blended, clock: Clock) -> int | None:
        """Make the matching as good as can be in the whole of some levels; the least that the whole can be."""
        bound = None
        if self._engine is not None and self._go_on(clock):
            answer = self._engine.minimise(
                several.goal, hint=self.values, seconds=clock.left, work=WORK, should_stop=self.run.should_stop
            )
            self._take(several.goal, answer.values)
            bound = answer.bound
            if answer.proven:
                return bound
            self._engine = None
        if not self._go_on(clock):
            return bound
        goal = goal_of(several.goal, len(self._program.low))
        run = self.run.mip(task_of(self._program, goal, self.values, clock.left, several.gap))
        found = AwaitedRun(run, lambda: self._go_on(clock)).end()
        self._take(several.goal, found.values)
        return max((b for b in (bound, found.bound) if b is not None), default=None)

    def _go_on(self, clock: Clock) -> bool:
        return clock.left > 0 and not self.run.should_stop()

    def _take(self, goal: Linear, found: Values | None) -> None:
        """A matching that somebody found, if it is one and is not worse."""
        if found is None:
            return
        values = self.model.complete(place for place in range(len(self.model.company.pairs)) if found[place])
        if goal.value(values) <= goal.value(self.values) and self._program.holds(np.array(values, np.float64)):
            self.values = values
