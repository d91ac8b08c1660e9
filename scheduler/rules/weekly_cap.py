"""Rule 9 ``veckotak``: course days of one hire in an ISO week, fewer once she carries cases. Days already held count. Hard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.ids import Rule
from models.problem import Hire
from scheduler.draft import Linear, total

if TYPE_CHECKING:
    from scheduler.variables import Variables

DAYS_IN_A_WEEK = 7
BlockKey = tuple[tuple[str, str], tuple[int, ...]]
"""(requirement, modules): a block."""


def post(variables: Variables) -> None:
    """A row for each hire and week that could go over its cap; a cap of all days there are binds nobody."""
    settings = variables.problem.settings
    if min(settings.weekly_cap, settings.weekly_cap_with_cases) >= DAYS_IN_A_WEEK:
        return
    for hire in variables.problem.hires:
        weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in variables.days_of(hire):
            weeks[day.isocalendar()[:2]].append(day)
        held: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in variables.held_days(hire):
            held[day.isocalendar()[:2]].append(day)
        for week, days in weeks.items():
            _post_week(variables, hire, days, held[week])


def _post_week(variables: Variables, hire: Hire, days: Sequence[date], held: Sequence[date]) -> None:
    settings = variables.problem.settings
    free_of_cases, with_cases = settings.weekly_cap, settings.weekly_cap_with_cases
    if _most_days(variables, hire, days) + len(held) <= min(free_of_cases, with_cases):
        return
    start = hire.caseload_start
    late = [day for day in days if start and day >= start]
    booked = Linear()
    for day in days:
        booked.add(variables.away(hire, day))
    # Days held are facts, even where they are too many: then there is room for none.
    room, room_with_cases = max(0, free_of_cases - len(held)), max(0, with_cases - len(held))
    draft = variables.draft
    if (start and any(day >= start for day in held)) or len(late) == len(days):
        draft.at_most(booked, room_with_cases, Rule.WEEKLY_CAP)
    elif not late:
        draft.at_most(booked, room, Rule.WEEKLY_CAP)
    else:
        carrying = draft.any_of([variables.away(hire, day).variables for day in late])
        booked.add(total([carrying]), room - room_with_cases)
        draft.at_most(booked, room, Rule.WEEKLY_CAP)


def _most_days(variables: Variables, hire: Hire, days: Sequence[date]) -> int:
    """Course days she could have that week at the very most: each block is booked in one round."""
    in_week: Counter[int] = Counter()
    blocks: dict[int, BlockKey] = {}
    for day in days:
        for candidate in variables.days_of(hire)[day]:
            in_week[candidate.variable] += 1
            blocks[candidate.variable] = (candidate.need.key, candidate.block.modules)
    most: Counter[BlockKey] = Counter()
    for variable, number in in_week.items():
        most[blocks[variable]] = max(most[blocks[variable]], number)
    return min(len(days), most.total())
