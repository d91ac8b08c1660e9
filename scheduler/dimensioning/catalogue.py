"""What each profile of hire needs, and where she may sit in
time: worked out once for all years, with every candidate open.

Rules about one hire alone are asked of the scheduler's own model of all profiles (``scheduler.model.build``), so that
nothing of MODEL.md is written here a second time. Rules that several share besides seats (``kvot``), and seats that are
settled already, are left to the full model (``Catalogue.plain``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.ids import Level
from scheduler.dimensioning.networks import Ints, Network, networks_of
from scheduler.dimensioning.own_rows import OwnRows
from scheduler.dimensioning.task import Task, decided
from scheduler.dimensioning.wants import wants_of
from scheduler.dimensioning.years import Year, Years
from scheduler.model.build import build


class Catalogue:
    """The profiles of a task: first those that may be drawn, then each of those known already.

    ``problem`` has every candidate fixed and a hire of each profile, ``model`` is the model of it.
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.years = Years(task.cells, task.seed)
        everybody = decided(task.problem, {r.id for r in task.problem.rounds})
        self.profiles = (*self.years.profiles, *task.problem.hires)
        self.problem = everybody.model_copy(update={"hires": self.profiles})
        self.model = build(self.problem, task.planning_date, None, levels=(Level.ON_TIME,))
        self.rounds = tuple(r.id for r in everybody.rounds)
        self.programmes = tuple(p.id for p in everybody.programmes)
        self.fixed = np.array([r.id not in {c.id for c in task.candidates} for r in everybody.rounds])
        self._place = {round_: number for number, round_ in enumerate(self.rounds)}
        self.wants = wants_of(self.model, [hire.id for hire in self.profiles], self._place)

    def year(self, number: int) -> Year:
        """Scenario ``number``, with those known already."""
        known = range(len(self.years.profiles), len(self.profiles))
        return (*self.years.year(number), *((profile, 1) for profile in known))

    def weight(self, year: Year) -> int:
        """Sum of weight of the counting requirements."""
        return sum(number * sum(want.weight for want in self.wants[profile]) for profile, number in year)

    def notice_end(self, day: date) -> date:
        """The first day that may be newly booked when one plans on this day (rule ``varsel``)."""
        return day + timedelta(days=self.problem.settings.notice_days)

    @cached_property
    def plain(self) -> bool:
        """Nothing is settled yet, and nobody but seats stands between one hire and another."""
        problem = self.task.problem
        return not (problem.quotas or problem.bookings or problem.attendance)

    @cached_property
    def independent(self) -> NDArray[np.bool_]:
        """The profiles with one block to book at most, which fits in each of its places whatever else they do."""
        return np.array([self._independent(number) for number in range(len(self.profiles))], np.bool_)

    @cached_property
    def own_rows(self) -> OwnRows:
        """The rows about one hire's own seats, by the id of each profile."""
        return OwnRows(self.model)

    def fits(self, profile: int, variables: frozenset[int]) -> bool:
        """Whether a hire of the profile may have all of these seats beside each other."""
        return self.own_rows.fits(self.profiles[profile].id, variables)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """Who needs the same seats, by programme and what remains of it."""
        return networks_of(self.wants, self.seats_of)

    @cached_property
    def priorities(self) -> Ints:
        """How many times over the requirements of each profile weigh."""
        return np.array([max((w.priority for w in wants), default=1) for wants in self.wants], np.int64)

    @cached_property
    def programme_weights(self) -> tuple[int, ...]:
        """By the place of the programme."""
        return tuple(p.weight for p in self.problem.programmes)

    def seats_of(self, places: Iterable[int], modules: Sequence[int]) -> Ints:
        """The fewest seats of any session of the modules, by round."""
        found = np.zeros(len(self.rounds), np.int64)
        for place in places:
            meetings = [s for m in modules for s in self.problem.meetings.get((self.rounds[place], m), ())]
            found[place] = min((s.seats for s in meetings if not s.cancelled), default=0)
        return found

    def place(self, round_: str) -> int:
        """The place of a round in ``rounds``."""
        return self._place[round_]

    def first_day(self, place: int, modules: Sequence[int]) -> date:
        """When the round's first meeting of the modules is."""
        meetings = self.problem.meetings
        return min(s.day for m in modules for s in meetings[self.rounds[place], m])

    @cached_property
    def by_end(self) -> tuple[int, ...]:
        """By round, its place in the order of their last days."""
        last: dict[str, date] = defaultdict(lambda: date.min)
        for session in self.problem.sessions:
            last[session.round] = max(last[session.round], session.day)
        ordered = sorted(self.rounds, key=lambda round_: (last[round_], round_))
        return tuple(ordered.index(round_) for round_ in self.rounds)

    def _independent(self, profile: int) -> bool:
        parts = [part for want in self.wants[profile] for part in want.parts]
        return len(parts) <= 1 and all(self.fits(profile, frozenset([v])) for part in parts for v in part.variables)
