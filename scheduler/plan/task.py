"""What is to be planned, a term or one group of its hires, and the time there is for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from models.ids import Level
from models.plan import Plan
from models.problem import TermProblem
from scheduler.linear.model import nothing
from scheduler.model.build import Model, build
from scheduler.plan.groups import Group, narrowed, narrowed_plan
from scheduler.plan.outcome import Options
from scheduler.search.lexicographic import level_order
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, TimeIsUpError
from scheduler.solvers.mip import Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxing


@dataclass(frozen=True)
class GroupTask:
    """What is to be planned, and how: a whole term, or the hires of one group of it."""

    problem: TermProblem
    planning_date: date
    input_sha256: str
    options: Options
    previous: Plan | None = None
    previous_sha256: str | None = None
    mip: Mip = no_mip
    relaxing: Relaxing = here
    _built: list[Model] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def order(self) -> tuple[Level, ...]:
        """The levels in the order in which they are solved."""
        return level_order(self.options.stability, replanning=self.previous is not None)

    @property
    def first_levels(self) -> tuple[Level, ...]:
        """The levels up to ``equity``, the only one that is not a sum over groups."""
        return self.order[: self.order.index(Level.EQUITY) + 1]

    def model(self, look: Callable[[], None] = nothing) -> Model:
        """The model, built when it is first asked for: the check of given bookings and both stages share it."""
        if not self._built:
            self._built.append(build(self.problem, self.planning_date, self.previous, look))
        return self._built[0]

    def of(self, group: Group) -> GroupTask:
        """The task for the hires of one group."""
        previous = None if self.previous is None else narrowed_plan(self.previous, group)
        return replace(self, problem=narrowed(self.problem, group), previous=previous)


@dataclass(frozen=True)
class Watch:
    """The time there is, whom to tell how far it has come, and whether the user wants to stop.

    ``whole`` is the clock of the whole term where ``clock`` is that of one group: a model is built however small the
    group's share, for without it there is no plan at all.
    """

    clock: Clock
    on_progress: Callable[[Progress], None]
    should_stop: Callable[[], bool]
    whole: Clock | None = None

    def time_to_end(self) -> bool:
        """No time is left, or the user wants to stop."""
        return self.clock.left == 0 or self.should_stop()

    def look(self) -> None:
        """Raises ``TimeIsUpError`` once no time is left for the whole term, or the user wants to stop."""
        if (self.whole or self.clock).left == 0 or self.should_stop():
            raise TimeIsUpError
