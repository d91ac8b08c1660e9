"""When each task of an introduction is to be done: the rules of
INPUT.md, ``uppgifter``, told once for pages and calendars.

Readings where INPUT.md leaves room:

- A day before the first one is open as a day of training is (MODEL.md, rule ``lov``); her own weekdays and absences
  count from her first day on.
- What comes first holds a task back only if she is required to take it: who is not, waits for nothing. What is credited
  or done without a date, and what is taken alone, holds back nothing either.
- Of a task on repeat whose days fall together, since she was away or it was closed, one is left.
- A task that would come after her last day has no date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta

from models.ids import Repeat, State
from models.plan import Plan
from models.problem import Hire, Part, Programme, Task, TermProblem
from outputs.tasks.days import Days

_STEPS = {
    Repeat.WEEKLY: relativedelta(weeks=1),
    Repeat.FORTNIGHTLY: relativedelta(weeks=2),
    Repeat.MONTHLY: relativedelta(months=1),
}
_BOOKED = (State.ON_TIME, State.LATE, State.DONE)


class Undated(Enum):
    """Why a task has no date: what comes first is not booked, she
    has left by then, or there is no day on which she could do it.
    """

    NOT_BOOKED, HAS_LEFT, NO_DAY = range(3)


@dataclass(frozen=True)
class DatedTask:
    """A task of one hire, to be done on ``day`` and at the latest
    on ``last``; ``number`` counts those of a task on repeat from 1.

    ``after`` is the part that it waits for, where that is what leaves it undated.
    """

    hire: str
    task: Task
    number: int
    day: date | None
    last: date
    undated: Undated | None = None
    after: Part | None = None

    @property
    def token(self) -> str:
        """What tells it from all others of its term, as one text: whose, which, and the how manyth."""
        return json.dumps([self.hire, self.task.id, self.number], ensure_ascii=False)

    @property
    def too_late(self) -> bool:
        """It lies beyond the day by which it should be done."""
        return self.day is not None and self.day > self.last


class TaskDates:
    """The tasks of everybody in a plan."""

    def __init__(self, problem: TermProblem, plan: Plan) -> None:
        self._problem = problem
        self._days = Days(problem)
        self._states = {(row.hire, row.programme): row for row in plan.requirements}
        self._meetings: dict[tuple[str, str], list[tuple[int, date]]] = defaultdict(list)
        for booking in plan.bookings:
            self._meetings[booking.hire, booking.programme].append((booking.module, booking.start.date()))
        for row in problem.attendance:
            if row.present:
                session = problem.session_by_id[row.session]
                programme = problem.round_by_id[session.round].programme
                self._meetings[row.hire, programme].append((session.module, session.day))

    def of(self, hire: Hire) -> tuple[DatedTask, ...]:
        """The hire's tasks by date, those without a date last."""
        found = [dated for task in self._problem.tasks if _applies(task, hire) for dated in self._dated(task, hire)]
        return tuple(sorted(found, key=lambda d: (d.day or date.max, d.last, d.task.id, d.number)))

    def _dated(self, task: Task, hire: Hire) -> Iterator[DatedTask]:
        last = hire.starts + timedelta(days=task.to_day)
        earliest: date | None = None
        for part in task.after:
            state, day = self._end_of(part, hire)
            if not state:
                yield DatedTask(hire.id, task, 1, None, last, Undated.NOT_BOOKED, part)
                return
            earliest = max(earliest, day) if earliest and day else earliest or day
        if task.repeats is None:
            yield self._placed(task, hire, 1, hire.starts + timedelta(days=task.from_day), earliest)
            return
        taken: set[date] = set()
        for number, day in enumerate(_occurrences(task, task.repeats, hire), 1):
            dated = self._placed(task, hire, number, day, earliest)
            if dated.day is not None and dated.day not in taken:
                taken.add(dated.day)
                yield dated

    def _placed(self, task: Task, hire: Hire, number: int, day: date, earliest: date | None) -> DatedTask:
        """The task on the day from which it may be done, or the next that will do."""
        last = hire.starts + timedelta(days=task.to_day)
        wanted = max(day, earliest) if earliest else day
        before = wanted < hire.starts
        found = self._days.last_open(hire.organisation, wanted) if before else self._days.next_working(hire, wanted)
        if hire.ends is not None and (found or wanted) > hire.ends:
            return DatedTask(hire.id, task, number, None, last, Undated.HAS_LEFT)
        return DatedTask(hire.id, task, number, found, last, None if found else Undated.NO_DAY)

    def _end_of(self, part: Part, hire: Hire) -> tuple[bool, date | None]:
        """Whether the part is over some day, and its last meeting; none where it holds back nothing."""
        requirement = self._states.get((hire.id, part.programme))
        programme = self._problem.programme_by_id[part.programme]
        if requirement is None or programme.own_time or _is_credited(hire, part, programme):
            return True, None
        meetings = self._meetings.get((hire.id, part.programme), ())
        days = [day for module, day in meetings if part.module in (None, module)]
        if requirement.state in _BOOKED:
            return True, max(days, default=requirement.completed_on)
        return bool(part.module is not None and days), max(days, default=None)


def _applies(task: Task, hire: Hire) -> bool:
    """As for programmes: administration, experience and target group."""
    if task.organisations and hire.organisation not in task.organisations:
        return False
    if task.inexperienced_only and hire.experienced:
        return False
    hers, wanted = ({group.casefold() for group in groups} for groups in (hire.target_groups, task.target_groups))
    return not wanted or not wanted.isdisjoint(hers)


def _is_credited(hire: Hire, part: Part, programme: Programme) -> bool:
    """All of the part has been done elsewhere, nobody knows when."""
    credited = {credit.module for credit in hire.credits if credit.programme == part.programme}
    modules = {module.number for module in programme.modules} if part.module is None else {part.module}
    return None in credited or modules <= credited


def _occurrences(task: Task, repeats: Repeat, hire: Hire) -> Iterator[date]:
    """The days of a task on repeat, before anything is moved."""
    first, last = (hire.starts + timedelta(days=number) for number in (task.from_day, task.to_day))
    if hire.ends is not None:
        last = min(last, hire.ends)
    day, number = first, 0
    while day <= last:
        yield day
        number += 1
        day = first + _STEPS[repeats] * number
