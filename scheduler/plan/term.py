"""From a problem to a plan: fall apart into groups where that can be, plan each, and put them together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import monotonic

from models.plan import Plan
from models.problem import TermProblem
from scheduler.plan.given import conflicts
from scheduler.plan.group import Job, Watch, plan_group, solve_top
from scheduler.plan.groups import Group, groups_of
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.pool import Board, Crew, Hands, Shares, alone
from scheduler.plan.together import together
from scheduler.search.lexicographic import SHARES
from scheduler.search.progress import Progress
from scheduler.solvers.clock import Clock, Now
from scheduler.solvers.mip import Mip, nobody

DEFAULTS = Options()
FEWEST_FOR_A_CREW = 3_000
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
    crew: Crew = alone,
    mip: Mip = nobody,
    now: Now = monotonic,
) -> Outcome:
    """Plan one term; with ``previous``, re-plan after it (MODEL.md). ``previous_sha256`` is the hash of its plan.json.

    ``crew`` plans groups of hires who cannot influence each other, where there are several and they are large.
    ``mip`` solves what CP-SAT cannot prove at once. ``now`` is the only clock that is looked at, here and in all that is called from here.
    """
    if previous is not None:  # its seats are all that a re-plan asks for, and its reasons may be millions
        previous = previous.model_copy(update={"requirements": ()})
    job = Job(problem, planning_date, input_sha256, options, previous, previous_sha256, mip)
    watch = Watch(Clock.start(now, options.max_seconds), on_progress, should_stop)
    groups = groups_of(problem, planning_date, previous)
    if len(groups) == 1:
        return plan_group(job, watch)
    if clashes := conflicts(problem, planning_date, previous):
        return Outcome(Ending.CONFLICT, None, conflicts=clashes)
    large = sum(group.size for group in groups) >= FEWEST_FOR_A_CREW
    with (crew if large else alone)(job, groups) as hands:
        return _plan_groups(job, groups, hands, watch)


def _plan_groups(job: Job, groups: tuple[Group, ...], hands: Hands, watch: Watch) -> Outcome:
    """In two stages, for ``equity`` is the largest share of all groups: what they may have in common must be known first."""
    sizes = [group.size for group in groups]
    board = Board(job.order, len(groups), watch)
    weight = sum(SHARES[level] for level in job.top) / sum(SHARES[level] for level in job.order)
    shares = Shares(watch.clock, watch.clock.left * weight, sizes, hands.number)
    board.stage(1, len(job.top))
    tops = hands.work(solve_top, [()] * len(groups), shares, board)
    if watch.should_stop() and any(top.booked is None for top in tops):
        return Outcome(Ending.STOPPED, None)
    share = max(top.share for top in tops)
    board.stage(len(job.top) + 1, len(job.order))
    # Without a plan for every group there is none: who had too little time for one now counts as much as the largest.
    sizes = [size if top.booked is not None else max(sizes) for size, top in zip(sizes, tops, strict=True)]
    shares = Shares(watch.clock, watch.clock.left, sizes, hands.number)
    return together(hands.work(plan_group, [(top, share) for top in tops], shares, board))
