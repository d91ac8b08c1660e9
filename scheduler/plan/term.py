"""From a problem to a plan: fall apart into groups where that can be, plan each, and put them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from time import monotonic

from models.ids import Level
from models.plan import Plan
from models.problem import TermProblem
from scheduler.levels import SOLVING
from scheduler.plan.first_levels import FirstLevels, may_be_largest, solve_equity, solve_first_levels
from scheduler.plan.given import conflicts_in
from scheduler.plan.group import plan_group
from scheduler.plan.groups import Group, groups_of
from scheduler.plan.outcome import Conflict, Ending, Options, Outcome
from scheduler.plan.pool import GroupProgress, TimeShares, WorkerPool, Workers, in_this_process
from scheduler.plan.task import GroupTask, Watch
from scheduler.plan.together import together
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, Now, TimeIsUpError
from scheduler.solvers.mip import Mip, no_mip
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxing

DEFAULTS = Options()
FEWEST_FOR_POOL = 3_000
"""Bookings to choose among in all: below, new processes take longer to start than they save."""


def plan_term(
    problem: TermProblem,
    planning_date: date,
    *,
    input_sha256: str,
    options: Options = DEFAULTS,
    previous: Plan | None = None,
    previous_sha256: str | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    pool: WorkerPool = in_this_process,
    mip: Mip = no_mip,
    relaxing: Relaxing = here,
    now: Now = monotonic,
) -> Outcome:
    """Plan one term; with ``previous``, re-plan after it (MODEL.md). ``previous_sha256`` is the hash of its plan.json.

    ``pool`` plans groups of hires who cannot influence each other, where there are several and they are large.
    ``mip`` solves what CP-SAT cannot prove at once, ``relaxing`` the relaxations of large models. ``now`` is the only
    clock that is looked at, here and in all that is called from here.
    """
    clock = Clock.start(now, options.max_seconds)
    if previous is not None:  # its seats are all that a re-plan asks for, and its reasons may be millions
        previous = previous.model_copy(update={"requirements": ()})
    task = GroupTask(problem, planning_date, input_sha256, options, previous, previous_sha256, mip, relaxing)
    watch = Watch(clock, on_progress, should_stop)
    try:
        groups = groups_of(problem, planning_date, previous, watch.look)
    except TimeIsUpError:
        return Outcome(Ending.STOPPED if should_stop() else Ending.NOTHING, None)
    if len(groups) == 1:
        return plan_group(task, watch)
    large = sum(group.size for group in groups) >= FEWEST_FOR_POOL
    with (pool if large else in_this_process)(task, groups) as workers:
        return _plan_groups(task, groups, workers, watch)


def _plan_groups(task: GroupTask, groups: tuple[Group, ...], workers: Workers, watch: Watch) -> Outcome:
    """In stages, for ``equity`` is the largest share of all groups:
    what they may have in common must be known first.
    """
    sizes = [group.size for group in groups]
    progress = GroupProgress(task.order, len(groups), watch)
    before, last = task.first_levels[:-1], len(task.first_levels)
    shares = TimeShares(watch.clock, _part_of_time(before, task.order, watch.clock), sizes, workers.number)
    progress.stage(1, last)
    firsts = workers.work(solve_first_levels, [()] * len(groups), shares, progress)
    if conflicts := _conflicts(task, groups, firsts):
        return Outcome(Ending.CONFLICT, None, conflicts=conflicts)
    if watch.should_stop() and any(first.booked is None for first in firsts):
        return Outcome(Ending.STOPPED, None)
    until = watch.clock.spent + _part_of_time((Level.EQUITY,), task.order[last - 1 :], watch.clock)
    progress.stage(last, last)
    for most in (1, len(groups)):  # the largest of all may settle the others
        if wanted := may_be_largest(firsts)[:most]:
            shares = TimeShares(watch.clock, until - watch.clock.spent, sizes, workers.number)
            arguments = [(first, number in wanted) for number, first in enumerate(firsts)]
            firsts = workers.work(solve_equity, arguments, shares, progress)
    share = max(first.share for first in firsts)
    progress.stage(last + 1, len(task.order))
    # Without a plan for every group there is none: who had too little time for one now counts as much as the largest.
    sizes = [size if first.booked is not None else max(sizes) for size, first in zip(sizes, firsts, strict=True)]
    shares = TimeShares(watch.clock, watch.clock.left, sizes, workers.number)
    return together(workers.work(plan_group, [(first, share) for first in firsts], shares, progress))


def _part_of_time(levels: Sequence[Level], of: Sequence[Level], clock: Clock) -> float:
    """Seconds for some of the levels that are left."""
    return clock.left * sum(SOLVING[level].share for level in levels) / sum(SOLVING[level].share for level in of)


def _conflicts(task: GroupTask, groups: Sequence[Group], firsts: Sequence[FirstLevels]) -> tuple[Conflict, ...]:
    """The given bookings of all groups that cannot be kept; the
    first one found ends the stage, so the rest is looked at here.
    """
    if not any(first.conflicts for first in firsts):
        return ()
    given = {row.hire for row in task.problem.bookings}
    found: list[Conflict] = []
    for group, first in zip(groups, firsts, strict=True):
        if first.conflicts is not None:
            found += first.conflicts
        elif not given.isdisjoint(group.hires):
            found += conflicts_in(task.of(group).model())
    return tuple(found)
