"""What each profile of hire needs, and where she may sit in
time: worked out once for all years, with every candidate open.

Rules about one hire alone are asked of the scheduler's own model of all profiles (``scheduler.model.build``), so that
nothing of MODEL.md is written here a second time. Rules that several share besides seats (``kvot``), and seats that are
settled already, are left to the full model (``Catalogue.plain``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.ids import Level, Rule
from models.problem import TermProblem
from scheduler.dimensioning.task import Task, decided
from scheduler.dimensioning.years import Year, Years
from scheduler.linear.rows import Row
from scheduler.model.build import build
from scheduler.situation.requirements import Block, Need

Ints = NDArray[np.int64]
_SHARED = (Rule.SEATS, Rule.QUOTA, Rule.MIN_PARTICIPANTS, Rule.SHARED)
"""Rules of rows that are not about one hire's own seats."""


@dataclass(frozen=True)
class Part:
    """One block of a counting requirement: the places (in
    ``Catalogue.rounds``) where it is on time, with the variable of each.
    """

    programme: int
    modules: tuple[int, ...]
    places: tuple[int, ...]
    variables: tuple[int, ...]
    lasts: tuple[int, ...]


@dataclass(frozen=True)
class Want:
    """A counting requirement: its weight, how many times over (``priority``) its programme's, and its blocks."""

    programme: int
    weight: int
    priority: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Network:
    """Those who need the same block of a programme, in classes of
    equal places in time; ``seats`` by round, for all of its sessions.

    ``of_profile`` is the class of each profile, -1 for none; ``alone`` says that the block is all of the requirement.
    """

    programme: int
    signature: tuple[tuple[int, ...], ...]
    modules: tuple[int, ...]
    classes: tuple[tuple[int, ...], ...]
    of_profile: Ints
    seats: Ints


class Catalogue:
    """The profiles of a task: first those that may be drawn, then each of those known already."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.years = Years(task.cells, task.seed)
        everybody = decided(task.problem, {r.id for r in task.problem.rounds})
        self.profiles = (*self.years.profiles, *task.problem.hires)
        self._problem = everybody.model_copy(update={"hires": self.profiles})
        self.model = build(self._problem, task.planning_date, None, levels=(Level.ON_TIME,))
        self.rounds = tuple(r.id for r in everybody.rounds)
        self.programmes = tuple(p.id for p in everybody.programmes)
        self.fixed = np.array([r.id not in {c.id for c in task.candidates} for r in everybody.rounds])
        self._place = {round_: number for number, round_ in enumerate(self.rounds)}
        self.wants = self._wants()

    @property
    def problem(self) -> TermProblem:
        """With every candidate fixed and a hire of each profile."""
        return self._problem

    def year(self, number: int) -> Year:
        """Scenario ``number``, with those known already."""
        known = range(len(self.years.profiles), len(self.profiles))
        return (*self.years.year(number), *((profile, 1) for profile in known))

    def weight(self, year: Year) -> int:
        """Sum of weight of the counting requirements."""
        return sum(number * sum(want.weight for want in self.wants[profile]) for profile, number in year)

    def notice_end(self, day: date) -> date:
        """The first day that may be newly booked when one plans on this day (rule ``varsel``)."""
        return day + timedelta(days=self._problem.settings.notice_days)

    @cached_property
    def plain(self) -> bool:
        """Nothing is settled yet, and nobody but seats stands between one hire and another."""
        problem = self.task.problem
        return not (problem.quotas or problem.bookings or problem.attendance)

    @cached_property
    def independent(self) -> NDArray[np.bool_]:
        """The profiles with one block to book at most, which fits in each of its places whatever else they do."""
        return np.array([self._independent(number) for number in range(len(self.profiles))], np.bool_)

    def fits(self, profile: int, variables: frozenset[int]) -> bool:
        """Whether a hire of the profile may have all of these seats beside each other."""
        rows = self._rules_of.get(self.profiles[profile].id)
        if not rows or not variables:
            return True
        key = profile, variables
        if key not in self._fitting:
            self._fitting[key] = self._holds(rows, variables)
        return self._fitting[key]

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """Who needs the same seats, by programme and what remains of it."""
        found: dict[tuple[int, tuple[tuple[int, ...], ...], tuple[int, ...]], dict[int, Part]] = defaultdict(dict)
        for profile, wants in enumerate(self.wants):
            for want in wants:
                signature = tuple(part.modules for part in want.parts)
                for part in want.parts:
                    found[want.programme, signature, part.modules][profile] = part
        return tuple(self._network(*key, parts) for key, parts in sorted(found.items()))

    @cached_property
    def priorities(self) -> Ints:
        """How many times over the requirements of each profile weigh."""
        return np.array([max((w.priority for w in wants), default=1) for wants in self.wants], np.int64)

    @cached_property
    def programme_weights(self) -> tuple[int, ...]:
        """By the place of the programme."""
        return tuple(p.weight for p in self._problem.programmes)

    def seats_of(self, places: Iterable[int], modules: Sequence[int]) -> Ints:
        """The fewest seats of any session of the modules, by round."""
        found = np.zeros(len(self.rounds), np.int64)
        for place in places:
            meetings = [s for m in modules for s in self._problem.meetings.get((self.rounds[place], m), ())]
            found[place] = min((s.seats for s in meetings if not s.cancelled), default=0)
        return found

    def place(self, round_: str) -> int:
        """The place of a round in ``rounds``."""
        return self._place[round_]

    def first_day(self, place: int, modules: Sequence[int]) -> date:
        """When the round's first meeting of the modules is."""
        meetings = self._problem.meetings
        return min(s.day for m in modules for s in meetings[self.rounds[place], m])

    @cached_property
    def by_end(self) -> tuple[int, ...]:
        """By round, its place in the order of their last days."""
        last: dict[str, date] = defaultdict(lambda: date.min)
        for session in self._problem.sessions:
            last[session.round] = max(last[session.round], session.day)
        ordered = sorted(self.rounds, key=lambda round_: (last[round_], round_))
        return tuple(ordered.index(round_) for round_ in self.rounds)

    def _wants(self) -> tuple[tuple[Want, ...], ...]:
        by_hire: dict[str, list[Want]] = defaultdict(list)
        number = {programme: place for place, programme in enumerate(self.programmes)}
        for need in self.model.variables.needs:
            if need.counts:
                by_hire[need.hire.id].append(self._want(need, number[need.programme.id]))
        return tuple(tuple(by_hire[hire.id]) for hire in self.profiles)

    def _want(self, need: Need, programme: int) -> Want:
        parts = tuple(self._part(need, block, programme) for block in need.blocks)
        return Want(programme, need.weight, need.hire.priority, parts)

    def _part(self, need: Need, block: Block, programme: int) -> Part:
        assert need.deadline is not None
        own = [c for c in self.model.variables.of_block(need, block) if c.offer.last <= need.deadline]
        return Part(
            programme,
            block.modules,
            tuple(self._place[c.offer.round.id] for c in own),
            tuple(c.variable for c in own),
            tuple(c.offer.last.toordinal() for c in own),
        )

    def _network(
        self,
        programme: int,
        signature: tuple[tuple[int, ...], ...],
        modules: tuple[int, ...],
        parts: Mapping[int, Part],
    ) -> Network:
        classes = {part.places for part in parts.values()}
        ordered = sorted(classes)
        number = {places: place for place, places in enumerate(ordered)}
        of_profile = np.full(len(self.profiles), -1, np.int64)
        for profile, part in parts.items():
            of_profile[profile] = number[part.places]
        seats = self.seats_of({place for places in ordered for place in places}, modules)
        return Network(programme, signature, modules, tuple(ordered), of_profile, seats)

    def _independent(self, profile: int) -> bool:
        parts = [part for want in self.wants[profile] for part in want.parts]
        return len(parts) <= 1 and all(self.fits(profile, frozenset([v])) for part in parts for v in part.variables)

    @cached_property
    def _fitting(self) -> dict[tuple[int, frozenset[int]], bool]:
        return {}

    @cached_property
    def _rules_of(self) -> Mapping[str, list[Row]]:
        """The rows about one hire's own seats that a rule asks for, by hire."""
        return {hire: [row for row in rows if row.rule is not None] for hire, rows in self.rows_of.items()}

    @cached_property
    def rows_of(self) -> Mapping[str, list[Row]]:
        """Rows about one hire's own seats, by hire: those of rules, and those by which helpers mean what they do."""
        linear_model, candidates = self.model.variables.linear_model, self.model.variables.candidates
        found: dict[str, list[Row]] = defaultdict(list)
        for row in linear_model.rows:
            if row.rule not in _SHARED:
                for decision in sorted(linear_model.support(row.variables))[:1]:  # none: about nothing that is offered
                    found[candidates[decision].need.hire.id].append(row)
        return found

    @cached_property
    def _empty(self) -> list[int]:
        return self.model.variables.linear_model.complete(())

    def _holds(self, rows: Sequence[Row], variables: frozenset[int]) -> bool:
        """Helpers follow from the seats; afterwards all is as it was."""
        values = self._empty
        before = self.model.variables.linear_model.follow(values, dict.fromkeys(variables, 1))
        held = all(row.low <= row.activity(values) <= row.high for row in rows)
        for variable, value in before.items():
            values[variable] = value
        return held
