"""A year as a model made of copies: each profile's own part of the scheduler's model, once for each hire of the year.

Nothing of MODEL.md is written here a second time: variables, rows and goal are those
that ``scheduler.model.build`` made for the profile. It holds for plain problems
(``Catalogue.plain``), where nothing but seats stands between one hire and another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from scheduler.dimensioning.catalogue import Catalogue
from scheduler.dimensioning.networks import Ints
from scheduler.dimensioning.planned import Kept, Planned, fullest, planned
from scheduler.linear.model import Linear, Values
from scheduler.linear.rows import Row
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need
from scheduler.solvers.cp_sat import Engine

_FAR = 1 << 40
_FOR_EVER = 1e6


@dataclass(frozen=True, eq=False)
class Template:
    """What one hire of a profile adds to a year's model, its variables numbered from 0.

    ``places`` are those of the seats' rounds (in ``Catalogue.rounds``), with the modules booked there; None for a
    helper. ``on_time`` stands beside each counting requirement: 1 when it is on time.
    """

    high: tuple[int, ...]
    places: tuple[tuple[int, tuple[int, ...]] | None, ...]
    rows: tuple[Row, ...]
    on_time: tuple[tuple[Need, Linear], ...]


@dataclass(frozen=True)
class Copy:
    """One hire of a year: her profile's template, and the number of its first variable in the year's model."""

    template: Template
    first: int

    def of(self, expression: Linear) -> Linear:
        """An expression of the template as one of the year's."""
        return Linear([self.first + v for v in expression.variables], list(expression.coefs), expression.constant)


@dataclass(frozen=True)
class Seated:
    """A hire of a profile with the seats that she has so far, as
    numbers of its template's variables, and what of it is on time.
    """

    profile: int
    seats: frozenset[int] = frozenset()
    on_time: tuple[bool, ...] = ()

    @property
    def ready(self) -> bool:
        """Nothing of it is missing; she has been planned for."""
        return all(self.on_time)


class Templates:
    """The templates of a catalogue's profiles, each made when it is first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._made: dict[int, Template] = {}

    def of(self, profile: int) -> Template:
        """The template of a profile."""
        if profile not in self._made:
            self._made[profile] = self._make(self.catalogue.profiles[profile].id)
        return self._made[profile]

    def seats_of(self, hire: Seated) -> Iterator[tuple[int, int]]:
        """Round and module of each seat that somebody has."""
        for number in sorted(hire.seats):
            if (seat := self.of(hire.profile).places[number]) is not None:
                yield from ((seat[0], module) for module in seat[1])

    def missing(self, hire: Seated) -> int:
        """Weight of her requirements that are not on time."""
        needs = [need for need, _ in self.of(hire.profile).on_time]
        known = len(hire.on_time) == len(needs)
        return sum(need.weight for place, need in enumerate(needs) if not (known and hire.on_time[place]))

    def _make(self, hire: str) -> Template:
        variables = self.catalogue.model.variables
        own = [c for c in self._candidates.get(hire, ()) if self._matters(c)]
        rows = self.catalogue.own_rows.of.get(hire, ())
        seats = {c.variable: (self.catalogue.place(c.offer.round.id), c.block.modules) for c in own}
        helpers = sorted({v for row in rows for v in row.variables if v >= len(variables.candidates)})
        number = {variable: place for place, variable in enumerate((*seats, *helpers))}
        return Template(
            tuple(variables.linear_model.high[v] for v in number),
            tuple(seats.get(v) for v in number),
            tuple(_renumbered(row, number) for row in rows),
            tuple((need, _part(variables.on_time(need), number)) for need in self._needs.get(hire, ())),
        )

    @cached_property
    def _candidates(self) -> Mapping[str, Sequence[Candidate]]:
        found: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self.catalogue.model.variables.candidates:
            found[candidate.need.hire.id].append(candidate)
        return found

    @cached_property
    def _needs(self) -> Mapping[str, Sequence[Need]]:
        found: dict[str, list[Need]] = defaultdict(list)
        for need in self.catalogue.model.variables.needs:
            if need.counts:
                found[need.hire.id].append(need)
        return found

    @cached_property
    def _first(self) -> frozenset[str]:
        """Programmes that others must come after: they open the way though they are late or do not count."""
        return frozenset(before for p in self.catalogue.problem.programmes for before in p.after)

    def _matters(self, candidate: Candidate) -> bool:
        """Whether anything is on time by this seat."""
        need = candidate.need
        punctual = need.counts and need.deadline is not None and candidate.offer.last <= need.deadline
        return punctual or need.programme.id in self._first


@dataclass(frozen=True)
class Solved:
    """A year's value of ``on_time`` in the plan found, the bound proven, and the plan."""

    value: int
    bound: int
    plan: Planned


class CopiedYear:
    """The model of some hires under one choice of rounds: those of a year, or those known on a day.

    What each has already is kept; ``taken`` are seats of others, by
    round and module. What begins before ``not_before`` is closed.
    """

    def __init__(
        self,
        templates: Templates,
        people: Sequence[Seated],
        open_rounds: Ints,
        taken: Mapping[tuple[int, int], int] = MappingProxyType({}),
        not_before: date = date.min,
    ) -> None:
        self._catalogue = templates.catalogue
        self._open, self._taken, self._not_before = open_rounds, taken, not_before
        self._low: list[int] = []
        self._high: list[int] = []
        self._rows: list[Row] = []
        self._goal = Linear()
        self._hires = people
        self._people = [self._add(templates.of(person.profile), person.seats) for person in people]
        self._rows += self._seats()

    def solve(self, work: float) -> Solved:
        """The best plan that is found with so much work of CP-SAT's;
        the empty one, and no bound, where none is found with it.
        """
        answer = self._engine().minimise(self._goal, hint=None, seconds=_FOR_EVER, work=work)
        values = self._low if answer.values is None else answer.values
        return Solved(self._goal.value(values), max(0, answer.bound or 0), self._planned(values))

    def seat(self, work: float, work_early: float) -> list[Seated]:
        """The hires with as many on time as is found, and among such plans with as early seats as is found soon."""
        engine = self._engine()
        answer = engine.minimise(self._goal, hint=None, seconds=_FOR_EVER, work=work)
        if answer.values is None:
            return [Seated(one.profile, one.seats, (False,)) for one in self._hires]
        engine.cap(self._goal, self._goal.value(answer.values))
        early = engine.minimise(self._lateness(), hint=answer.values, seconds=_FOR_EVER, work=work_early)
        values = answer.values if early.values is None else early.values
        return [
            Seated(
                hire.profile,
                frozenset(
                    n for n, seat in enumerate(copy.template.places) if seat is not None and values[copy.first + n]
                ),
                tuple(bool(copy.of(on_time).value(values)) for _, on_time in copy.template.on_time),
            )
            for hire, copy in zip(self._hires, self._people, strict=True)
        ]

    def _engine(self) -> Engine:
        return Engine(self._low, self._high, self._rows, self._catalogue.task.seed)

    def _lateness(self) -> Linear:
        """Each seat costs its round's place in the order of their ends."""
        cost = Linear()
        for copy in self._people:
            for number, seat in enumerate(copy.template.places, copy.first):
                if seat is not None and self._high[number]:
                    cost.add(Linear([number], [self._catalogue.by_end[seat[0]]]))
        return cost

    def _add(self, template: Template, held: frozenset[int]) -> Copy:
        copy = Copy(template, len(self._high))
        for number, (high, seat) in enumerate(zip(template.high, template.places, strict=True)):
            own = number in held
            self._low.append(int(own))
            self._high.append(1 if own else high if seat is None or self._is_open(*seat) else 0)
        for row in template.rows:
            self._rows.append(Row([copy.first + v for v in row.variables], row.coefs, row.low, row.high))
        for need, on_time in template.on_time:
            self._goal.constant += need.weight
            self._goal.add(copy.of(on_time), -need.weight)
        return copy

    def _is_open(self, place: int, modules: Sequence[int]) -> bool:
        if self._not_before == date.min:
            return bool(self._open[place])
        return bool(self._open[place]) and self._catalogue.first_day(place, modules) >= self._not_before

    def _seats(self) -> Iterator[Row]:
        """No more participants than seats in any meeting; one row for meetings of the same people."""
        takers: dict[tuple[int, int], list[int]] = defaultdict(list)
        for copy in self._people:
            for number, seat in enumerate(copy.template.places, copy.first):
                if seat is not None and self._high[number]:
                    for module in seat[1]:
                        takers[seat[0], module].append(number)
        fewest: dict[tuple[int, ...], int] = {}
        for (place, module), own in takers.items():
            seats = int(self._catalogue.seats_of([place], [module])[place]) - self._taken.get((place, module), 0)
            fewest[tuple(own)] = min(seats, fewest.get(tuple(own), seats))
        yield from (Row(own, [1] * len(own), -_FAR, seats) for own, seats in fewest.items() if len(own) > seats)

    def _planned(self, values: Values) -> Planned:
        requirements, seats = [], []
        for copy in self._people:
            for number, seat in enumerate(copy.template.places, copy.first):
                if seat is not None and values[number]:
                    seats += [(self._catalogue.rounds[seat[0]], module) for module in seat[1]]
            requirements += [
                Kept(
                    need.programme.id,
                    need.hire.organisation,
                    need.hire.starts,
                    need.weight,
                    bool(copy.of(on_time).value(values)),
                )
                for need, on_time in copy.template.on_time
            ]
        return planned(requirements, fullest(seats))


def _renumbered(row: Row, number: Mapping[int, int]) -> Row:
    """The row in the template's numbers; seats that do not matter are not taken."""
    kept = [(number[v], c) for v, c in zip(row.variables, row.coefs, strict=True) if v in number]
    return Row([v for v, _ in kept], [c for _, c in kept], row.low, row.high)


def _part(expression: Linear, number: Mapping[int, int]) -> Linear:
    kept = [(number[v], c) for v, c in zip(expression.variables, expression.coefs, strict=True) if v in number]
    return Linear([v for v, _ in kept], [c for _, c in kept], expression.constant)
