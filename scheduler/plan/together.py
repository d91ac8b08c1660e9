"""From an assignment to what the plan says: bookings, states,
rounds; and from the plans of groups to that of the term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from models.ids import Level
from models.plan import LevelResult, Plan, Requirement, RoundUse
from scheduler.model.assignment import in_order
from scheduler.plan.outcome import Ending, Outcome

_What = TypeVar("_What", Level, str)


def ending_of(levels: Sequence[LevelResult], *, stopped: bool) -> Ending:
    """How a solve ended that has a plan."""
    if stopped:
        return Ending.STOPPED
    return Ending.PROVEN if all(level.proven for level in levels) else Ending.FOUND


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What came of a whole term, of which each outcome is that of a group of its hires (``scheduler.plan.groups``)."""
    plans = [outcome.plan for outcome in outcomes if outcome.plan]
    stopped = any(outcome.ending is Ending.STOPPED for outcome in outcomes)
    failures = sum(outcome.solver_failures for outcome in outcomes)
    if len(plans) < len(outcomes):
        return Outcome(Ending.STOPPED if stopped else Ending.NOTHING, None, solver_failures=failures)
    plan = _one_plan(plans)
    return Outcome(
        ending_of(plan.levels, stopped=stopped),
        plan,
        kept_breaches=tuple(breach for outcome in outcomes for breach in outcome.kept_breaches),
        level_seconds=_summed(outcome.level_seconds for outcome in outcomes),
        phase_seconds=_summed(outcome.phase_seconds for outcome in outcomes),
        causes={seat: cause for outcome in outcomes for seat, cause in outcome.causes.items()},
        solver_failures=failures,
        unexplained=sum(outcome.unexplained for outcome in outcomes),
    )


def _one_plan(plans: Sequence[Plan]) -> Plan:
    """The plan of all hires."""
    return plans[0].model_copy(
        update={
            "bookings": in_order(row for plan in plans for row in plan.bookings),
            "requirements": _by_hire(row for plan in plans for row in plan.requirements),
            "rounds": tuple(_all_uses(rows) for rows in zip(*(plan.rounds for plan in plans), strict=True)),
            "levels": tuple(_over_groups(rows) for rows in zip(*(plan.levels for plan in plans), strict=True)),
        }
    )


def _over_groups(rows: Sequence[LevelResult]) -> LevelResult:
    """One level: a sum over the groups, but for ``equity``, the
    largest share of all. What has no bound is at least nought.
    """
    over = max if rows[0].name is Level.EQUITY else sum
    value, bounds = over(row.value for row in rows), [row.bound for row in rows if row.bound is not None]
    bound = over(bounds) if bounds else None
    proven = bound is not None and bound >= value
    return LevelResult(name=rows[0].name, value=value, bound=value if proven else bound, proven=proven)


def _all_uses(rows: Sequence[RoundUse]) -> RoundUse:
    """One round: those who are booked in it belong to one group."""
    people = sum(row.participants for row in rows)
    return rows[0].model_copy(update={"participants": people, "runs": any(row.runs for row in rows)})


def _summed(parts: Iterable[tuple[tuple[_What, float], ...]]) -> tuple[tuple[_What, float], ...]:
    """Seconds by what they went to, over all groups."""
    seconds: dict[_What, float] = defaultdict(float)
    for what, own in (row for part in parts for row in part):
        seconds[what] += own
    return tuple(seconds.items())


def _by_hire(rows: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(sorted(rows, key=lambda r: (r.hire, r.programme)))
