"""Hires to whom the same is offered, and the days on which each may be away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby

from models.problem import Hire
from scheduler.linear.model import Linear, LinearModel, total
from scheduler.seats.candidates import Candidate
from scheduler.seats.kinds import Kind
from scheduler.seats.offered import Offered
from scheduler.seats.promises import Promises
from scheduler.situation.offers import minutes_by_day
from scheduler.situation.requirements import Need
from scheduler.situation.settled import History


class Days:
    """Alike hires, and the expressions of their days with a booked meeting; a helper is made once it is asked for."""

    def __init__(
        self,
        history: History,
        linear_model: LinearModel,
        needs: Sequence[Need],
        candidates: Sequence[Candidate],
        *,
        promises: Promises,
        offered: Offered,
        half_day_minutes: int | None,
    ) -> None:
        self._linear_model = linear_model
        self._promises = promises
        self._offered = offered
        self._needs_of_hire = {hire: list(own) for hire, own in groupby(needs, key=lambda need: need.hire.id)}
        self._of_hire = {hire: list(own) for hire, own in groupby(candidates, key=lambda c: c.need.hire.id)}
        self._away: dict[tuple[str, date], int] = {}
        self._half_day_minutes = half_day_minutes
        self._held_minutes = {hire: minutes_by_day(facts) for hire, facts in history.facts.items()}

    @cached_property
    def kinds(self) -> Sequence[Kind]:
        """All who may be booked at all, by likeness, so that rules
        about one hire's own seats are worked out once a kind.
        """
        alike: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
        for hire in self._of_hire:
            alike[self._likeness(hire)].append(hire)
        return [self._kind(hires) for hires in alike.values()]

    def days_of(self, hire: Hire) -> Collection[date]:
        """The days on which she may have a meeting, in order."""
        return self._kind_of[hire.id][0].on_day.keys() if hire.id in self._kind_of else ()

    def held_days(self, hire: Hire) -> Collection[date]:
        """Days of her held meetings."""
        return self._held_minutes.get(hire.id, {}).keys()

    def held_halves(self, hire: Hire, day: date) -> int:
        """What a day of held meetings counts, in half course days."""
        return 2 if self._is_whole(self._held_minutes[hire.id][day]) else 1

    def away(self, hire: Hire, day: date) -> Linear:
        """1 when she has a booked meeting that day (a day with candidates)."""
        kind, first = self._kind_of[hire.id]
        own = self._linear_model.numbers[first : first + len(kind.candidates)]
        groups = [[own[place] for place in group] for group in kind.groups_on[day]]
        if len(groups) == 1:  # at most one of that day's candidates can be hers
            return total(groups[0])
        key = (hire.id, day)
        if key not in self._away:
            self._away[key] = self._linear_model.any_of(groups)
        return total([self._away[key]])

    def whole(self, hire: Hire, day: date) -> Linear:
        """1 when her booked meetings of that day (a day with candidates) last longer than half a course day."""
        kind, first = self._kind_of[hire.id]
        own = self._linear_model.numbers[first : first + len(kind.candidates)]
        minutes = [(own[place], kind.candidates[place].offer.minutes[day]) for place in kind.on_day[day]]
        if all(self._is_whole(lasting) for _, lasting in minutes):
            return self.away(hire, day)
        groups = [[(own[place], kind.candidates[place].offer.minutes[day]) for place in g] for g in kind.groups_on[day]]
        longest = sum(max(lasting for _, lasting in group) for group in groups)
        if not self._is_whole(longest):
            return Linear()
        if len(groups) == 1:
            return total(v for v, lasting in minutes if self._is_whole(lasting))
        return total([self._add_whole(groups, longest)])

    def _add_whole(self, groups: Sequence[Sequence[tuple[int, int]]], longest: int) -> int:
        """A helper for a day on which several meetings together may last too long for a half."""
        half = self._half_day_minutes or 0
        members = [pair for group in groups for pair in group]
        index = self._linear_model.helper(
            0, 1, [v for v, _ in members], lambda values: int(sum(lasting * values[v] for v, lasting in members) > half)
        )
        for group in groups:
            alone = [v for v, lasting in group if self._is_whole(lasting)]
            if alone:
                self._linear_model.at_most(total(alone).add(total([index], -1)), 0)
        lasting_in_all = Linear([v for v, _ in members], [lasting for _, lasting in members])
        self._linear_model.at_most(lasting_in_all.add(total([index], half - longest)), half)
        return index

    def _is_whole(self, minutes: int) -> bool:
        return self._half_day_minutes is None or minutes > self._half_day_minutes

    def _likeness(self, hire: str) -> tuple[Hashable, ...]:
        if self._promises.rounds_with_seats(hire):
            return (hire,)
        return tuple(part for need in self._needs_of_hire[hire] for part in self._offered.numbers(need))

    def _kind(self, hires: Sequence[str]) -> Kind:
        firsts = [self._of_hire[hire][0] for hire in hires]
        members = tuple((first.need.hire, first.variable) for first in firsts)
        return Kind(members, self._of_hire[hires[0]], self._promises.any_for(hires[0]))

    @cached_property
    def _kind_of(self) -> Mapping[str, tuple[Kind, int]]:
        """Of each hire id: her kind, and her first variable."""
        return {hire.id: (kind, first) for kind in self.kinds for hire, first in kind.members}
