"""A plan of a year made programme by programme: seats for as many as can be in time, beside what each has already.

It keeps every hard rule of a plain problem (``Catalogue.plain``),
and is not always the best plan: whether it is, the relaxation tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.flows import Flow
from scheduler.dimensioning.networks import Ints, Network
from scheduler.dimensioning.wants import Part, Want
from scheduler.dimensioning.years import Year


@dataclass
class Person:
    """One hire of a year: her profile, and the seats that she has so far."""

    profile: int
    seats: frozenset[int] = frozenset()
    done: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)
    """(programme, modules) of the blocks that are booked."""

    def has(self, want: Want) -> bool:
        """Every block of the requirement is booked."""
        return all((want.programme, part.modules) in self.done for part in want.parts)


class Seating:
    """Who sits where, with the seats of each session that are left."""

    def __init__(self, catalogue: Catalogue, open_rounds: Ints) -> None:
        self._catalogue = catalogue
        self._open = open_rounds
        self._not_before = date.min
        self._left = {s.id: s.seats for s in catalogue.problem.sessions}
        self._order = sorted(
            {(part.programme, part.modules) for wants in catalogue.wants for want in wants for part in want.parts},
            key=lambda key: (_depth(catalogue, key[0]), key),
        )

    def seat(self, people: Sequence[Person], not_before: date = date.min) -> None:
        """Give seats to those who lack them, the earliest that are in time, in meetings of that day or later."""
        self._not_before = not_before
        for programme, modules in self._order:
            for priority in sorted({int(self._catalogue.priorities[p.profile]) for p in people}, reverse=True):
                same = [p for p in people if self._catalogue.priorities[p.profile] == priority]
                self._seat_block(same, programme, modules)
        self._take_back(people)

    def value(self, people: Sequence[Person]) -> int:
        """Weight of the requirements that are not on time."""
        return sum(want.weight for p in people for want in self._catalogue.wants[p.profile] if not p.has(want))

    def seats_of(self, person: Person) -> list[tuple[int, int]]:
        """The seats that somebody has: the round's place, and the module."""
        parts = (part for want in self._catalogue.wants[person.profile] for part in want.parts)
        return [
            (place, module)
            for part in parts
            for place, variable in zip(part.places, part.variables, strict=True)
            if variable in person.seats
            for module in part.modules
        ]

    def _seat_block(self, people: Sequence[Person], programme: int, modules: tuple[int, ...]) -> None:
        alike: dict[tuple[int, ...], list[tuple[Person, Part]]] = defaultdict(list)
        for person in people:
            part = self._part(person, programme, modules)
            if part is not None:
                alike[self._places(person, part)].append((person, part))
        alike.pop((), None)
        if not alike:
            return
        classes = sorted(alike)
        places = {place for own in classes for place in own}
        seats = self._seats(places, modules)
        empty = np.zeros(0, np.int64)
        flow = Flow(Network(programme, (modules,), modules, tuple(classes), empty, seats))
        demand = np.array([len(alike[own]) for own in classes], np.int64)
        placed = flow.placed(demand, seats, self._costs(places, modules))
        for own, row in zip(classes, placed, strict=True):
            chairs = [int(place) for place in np.repeat(np.arange(len(row)), row)]
            for (person, part), place in zip(alike[own], chairs, strict=False):
                self._take(person, part, place)

    def _part(self, person: Person, programme: int, modules: tuple[int, ...]) -> Part | None:
        """The block, if she needs it and has no seat for it."""
        if (programme, modules) in person.done:
            return None
        wants = self._catalogue.wants[person.profile]
        return next((p for w in wants if w.programme == programme for p in w.parts if p.modules == modules), None)

    def _places(self, person: Person, part: Part) -> tuple[int, ...]:
        """Open rounds in which the block is on time and fits beside what she has."""
        return tuple(
            place
            for place, variable in zip(part.places, part.variables, strict=True)
            if self._open[place]
            and self._first_day(place, part.modules) >= self._not_before
            and self._catalogue.fits(person.profile, person.seats | {variable})
        )

    def _seats(self, places: set[int], modules: Sequence[int]) -> Ints:
        found = np.zeros(len(self._catalogue.rounds), np.int64)
        for place in places:
            found[place] = min(self._left[s] for s in self._sessions(place, modules))
        return found

    def _costs(self, places: set[int], modules: Sequence[int]) -> Ints:
        """The rounds' places in order of their last meeting: who comes early leaves the late seats to others."""
        by_end = sorted(places, key=lambda place: (self._last(place, modules), self._catalogue.rounds[place]))
        found = np.zeros(len(self._catalogue.rounds), np.int64)
        for cost, place in enumerate(by_end):
            found[place] = cost
        return found

    def _last(self, place: int, modules: Sequence[int]) -> date:
        sessions = self._catalogue.problem.session_by_id
        return max(sessions[s].day for s in self._sessions(place, modules))

    def _first_day(self, place: int, modules: Sequence[int]) -> date:
        sessions = self._catalogue.problem.session_by_id
        return min(sessions[s].day for s in self._sessions(place, modules))

    def _sessions(self, place: int, modules: Sequence[int]) -> list[str]:
        meetings = self._catalogue.problem.meetings
        return [s.id for m in modules for s in meetings[self._catalogue.rounds[place], m]]

    def _take(self, person: Person, part: Part, place: int) -> None:
        variable = part.variables[part.places.index(place)]
        person.seats |= {variable}
        person.done.add((part.programme, part.modules))
        for session in self._sessions(place, part.modules):
            self._left[session] -= 1

    def _take_back(self, people: Sequence[Person]) -> None:
        """A requirement is booked in full or not at all."""
        for person in people:
            for want in self._catalogue.wants[person.profile]:
                if not person.has(want):
                    for part in want.parts:
                        self._give_up(person, part)

    def _give_up(self, person: Person, part: Part) -> None:
        if (part.programme, part.modules) in person.done:
            (variable,) = person.seats & set(part.variables)
            person.seats -= {variable}
            person.done.discard((part.programme, part.modules))
            for session in self._sessions(part.places[part.variables.index(variable)], part.modules):
                self._left[session] += 1


def people_of(year: Year) -> list[Person]:
    """The hires of a year, each by herself."""
    return [Person(profile) for profile, number in year for _ in range(number)]


def _depth(catalogue: Catalogue, programme: int) -> int:
    """Programmes that must come first are seated first."""
    number = {id_: place for place, id_ in enumerate(catalogue.programmes)}
    after = catalogue.problem.programmes[programme].after
    return 1 + max((_depth(catalogue, number[id_]) for id_ in after), default=0)
