"""What pages for hires and mentors show of a plan, read from its folder once: no plan folder ever changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from models.plan import Booking
from models.plan import Plan as TermPlan
from models.problem import Hire, TermProblem
from outputs.introduction.person import Introduction, Introductions
from outputs.introduction.responsible import AllDuties, Duties, Owner, mentors
from outputs.tasks.company import Company
from outputs.tasks.dates import DatedTask, TaskDates
from service.config import Config
from service.letters import opened
from service.models import Plan

_KEPT = 4


class PlanContents:
    """A plan with its input, as these pages ask for it."""

    def __init__(self, problem: TermProblem, plan: TermPlan) -> None:
        self.problem, self.plan = problem, plan

    @property
    def last_day(self) -> date:
        """The end of the plan's horizon."""
        return self.plan.horizon[1]

    def introduction(self, hire: str) -> Introduction | None:
        """A hire's; None where the plan does not know her."""
        found = self.problem.hire_by_id.get(hire)
        return None if found is None else self._introductions.of(found)

    def duties(self, mentor: str) -> Duties | None:
        """A mentor's; None where she has nobody to follow."""
        owner = self._mentors.get(mentor)
        return None if owner is None else self._duties.page(owner)

    def hires_of(self, mentor: str) -> tuple[Hire, ...]:
        """A mentor's hires, by first day."""
        found = self._company.hires_of_mentor.get(mentor, ())
        return tuple(sorted(found, key=lambda hire: (hire.starts, hire.name, hire.id)))

    def tasks_of(self, hire: str) -> tuple[DatedTask, ...]:
        """A hire's tasks by date; none where the plan does not know her."""
        found = self.problem.hire_by_id.get(hire)
        return () if found is None else self._dates.of(found)

    def seats_of(self, hire: str) -> tuple[Booking, ...]:
        """A hire's seats in order of time."""
        return tuple(sorted(self._seats.get(hire, ()), key=lambda seat: (seat.start, seat.session)))

    def last_event(self, hires: Iterable[str]) -> date | None:
        """The last day with a session or a task of somebody's; None where there is none."""
        ids = tuple(hires)
        days = [seat.start.date() for hire in ids for seat in self.seats_of(hire)]
        days += [task.day for hire in ids for task in self.tasks_of(hire) if task.day is not None]
        return max(days, default=None)

    @cached_property
    def _company(self) -> Company:
        return Company(self.problem, self.plan)

    @cached_property
    def _introductions(self) -> Introductions:
        return Introductions(self.problem, self.plan)

    @cached_property
    def _duties(self) -> AllDuties:
        return AllDuties(self.problem, self.plan)

    @cached_property
    def _dates(self) -> TaskDates:
        return TaskDates(self.problem, self.plan)

    @cached_property
    def _mentors(self) -> Mapping[str, Owner]:
        return mentors(self.problem, self.plan)

    @cached_property
    def _seats(self) -> Mapping[str, list[Booking]]:
        found: dict[str, list[Booking]] = defaultdict(list)
        for booking in self.plan.bookings:
            found[booking.hire].append(booking)
        return found


def contents_of(config: Config, plan: Plan) -> PlanContents:
    """Of a plan."""
    return read_once(config.plans / plan.folder)


@lru_cache(maxsize=_KEPT)
def read_once(folder: Path) -> PlanContents:
    """Of a plan folder."""
    stored = opened(folder)
    return PlanContents(stored.problem, stored.plan)
