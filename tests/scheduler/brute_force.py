"""The best whole plan of a tiny problem, by trying them all; knows ``scheduler.verify`` only, never the solver.

Each hire's ways to be booked are filtered by the rules that concern her alone; then whole plans are built hire by
hire. A branch is cut when sessions overflow (adding people never mends that), or when the levels that add up over
hires can no longer reach the best plan found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, product
from zoneinfo import ZoneInfo

from models.ids import Level, RoundStatus, Stability
from models.plan import Booking, LevelResult, Plan, Previous, Requirement, RoundUse
from models.problem import Hire, TermProblem
from scheduler.verify import seats
from scheduler.verify.keys import Seat
from scheduler.verify.levels import LEVELS, level_values
from scheduler.verify.needs import Need
from scheduler.verify.notice import pinned_sessions
from scheduler.verify.reading import Reading
from scheduler.verify.rules import broken_by, broken_together
from scheduler.verify.seating import Person, Seating

ADDITIVE = (Level.ON_TIME, Level.MISSING, Level.CHANGES)
"""Levels that are sums over hires and come before all that are not, whatever the stability."""


class TooLargeError(Exception):
    """The problem has more whole plans than are worth trying."""


@dataclass(frozen=True)
class Best:
    """An optimal plan's seating and its levels."""

    seating: Seating
    levels: Mapping[Level, int]


def best_plan(
    problem: TermProblem,
    planning_date: date,
    previous: Plan | None = None,
    stability: Stability = Stability.CAREFUL,
    *,
    limit: int = 20_000,
    free: Collection[str] | None = None,
) -> Best | None:
    """The lexicographic optimum among plans without hard violations; None if there is no such plan.

    Where some hires are named as ``free``, all others sit as in the previous plan.
    Raises TooLargeError when more than ``limit`` partial plans, or ways to book one hire, would have to be looked at.
    """
    reading = Reading(problem, planning_date, previous)
    people = [
        _ways(reading, hire, limit) if free is None or hire.id in free else [_as_before(reading, hire)]
        for hire in problem.hires
    ]
    return _Search(reading, people, ranking(previous, stability), limit).run()


def _as_before(reading: Reading, hire: Hire) -> Person:
    assert reading.previous is not None
    return Person(reading, hire, frozenset(row.session for row in reading.previous.bookings if row.hire == hire.id))


def ranking(previous: Plan | None, stability: Stability) -> tuple[Level, ...]:
    """The levels in the order in which they are minimised."""
    if previous is None or stability is Stability.FREE:
        return tuple(level for level in Level if level is not Level.CHANGES)
    if stability is Stability.FAST:
        return (Level.CHANGES, *(level for level in Level if level is not Level.CHANGES))
    return tuple(Level)


def plan_of(seating: Seating, *, number: int = 1, stability: Stability = Stability.CAREFUL) -> Plan:
    """The plan.json of a seating, with every row as OUTPUT.md wants it and all levels called proven."""
    reading = seating.reading
    settings, previous = reading.problem.settings, reading.previous
    rows = [booking_of(reading, Seat(p.hire.id, s.id)) for p in seating.persons.values() for s in p.sessions]
    levels = level_values(seating)
    return Plan(
        schema=1,
        plan_number=number if previous is None else previous.plan_number + 1,
        planning_date=reading.today,
        term=settings.term,
        horizon=(settings.horizon_start, settings.horizon_end),
        input_sha256="",
        previous=None if previous is None else Previous(plan_number=previous.plan_number, sha256=""),
        seed=1,
        bookings=tuple(sorted(rows, key=lambda b: (b.hire, b.programme, b.module, b.meeting, b.round, b.session))),
        requirements=tuple(
            Requirement(
                hire=outcome.need.hire.id,
                programme=outcome.need.programme.id,
                state=outcome.state,
                deadline=outcome.need.deadline,
                completed_on=outcome.completed_on,
            )
            for outcome in seating.outcomes
        ),
        rounds=tuple(_uses(seating)),
        levels=tuple(
            LevelResult(name=name, value=levels[name], bound=levels[name], proven=True)
            for name in Level
            if name in ranking(previous, stability)
        ),
    )


def booking_of(reading: Reading, seat: Seat) -> Booking:
    """The plan row of a seat."""
    session = reading.problem.session_by_id[seat.session]
    zone = ZoneInfo(reading.problem.settings.timezone)
    return Booking(
        hire=seat.hire,
        programme=reading.programme_of(session),
        module=session.module,
        meeting=session.meeting,
        round=session.round,
        session=session.id,
        start=session.starts_at.replace(tzinfo=zone),
        end=session.ends_at.replace(tzinfo=zone),
        place=session.place,
        room=session.room,
        trainers=session.trainers,
        changed_on=reading.today,
    )


def _uses(seating: Seating) -> Iterator[RoundUse]:
    for round_ in sorted(seating.reading.problem.rounds, key=lambda r: r.id):
        if round_.status is not RoundStatus.CANCELLED:
            number = len(seating.participants[round_.id])
            runs = number > 0 or round_.status is RoundStatus.FIXED
            yield RoundUse(round=round_.id, runs=runs, participants=number, seats=round_.seats)


@dataclass(frozen=True)
class _Way:
    """One way to book a hire, and what it adds to the additive levels in the order of the ranking."""

    person: Person
    adds: tuple[int, ...]


class _Search:
    """Depth first over hires, each hire's cheapest ways first."""

    def __init__(
        self, reading: Reading, people: Sequence[Sequence[Person]], order: Sequence[Level], limit: int
    ) -> None:
        self._reading = reading
        self._additive = [level for level in order if level in ADDITIVE]
        self._rest = [level for level in order if level not in ADDITIVE]
        self._people = [self._sorted(ways) for ways in people]
        self._left = limit
        self._best: tuple[tuple[int, ...], Seating] | None = None
        self._still: list[tuple[int, ...]] = [self._zero()]
        for ways in reversed(self._people):
            cheapest = ways[0].adds if ways else self._zero()
            self._still.append(_plus(self._still[-1], cheapest))
        self._still.reverse()

    def run(self) -> Best | None:
        if all(self._people):
            self._extend({}, self._zero())
        if self._best is None:
            return None
        return Best(self._best[1], level_values(self._best[1]))

    def _sorted(self, ways: Sequence[Person]) -> list[_Way]:
        found = []
        for person in ways:
            alone = Seating(self._reading, {person.hire.id: person})
            found.append((tuple(LEVELS[level](alone) for level in self._additive), LEVELS[Level.DAYS](alone), person))
        return [_Way(person, adds) for adds, _, person in sorted(found, key=lambda way: way[:2])]

    def _extend(self, persons: dict[str, Person], so_far: tuple[int, ...]) -> None:
        depth = len(persons)
        if depth == len(self._people):
            self._try(Seating(self._reading, dict(persons)), so_far)
            return
        for way in self._people[depth]:
            adds = _plus(so_far, way.adds)
            if self._best is not None and _plus(adds, self._still[depth + 1]) > self._best[0][: len(adds)]:
                return  # the ways are sorted: those that follow add as much or more
            self._left -= 1
            if self._left < 0:
                raise TooLargeError
            grown = {**persons, way.person.hire.id: way.person}
            seating = Seating(self._reading, grown)
            if not any(chain(seats.full_sessions(seating), seats.quotas(seating))):
                self._extend(grown, adds)

    def _try(self, seating: Seating, adds: tuple[int, ...]) -> None:
        if any(broken_together(seating)):
            return
        values = adds + tuple(LEVELS[level](seating) for level in self._rest)
        if self._best is None or values < self._best[0]:
            self._best = (values, seating)

    def _zero(self) -> tuple[int, ...]:
        return (0,) * len(self._additive)


def _plus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _ways(reading: Reading, hire: Hire, limit: int) -> list[Person]:
    """Every way to book the hire that breaks no rule on her side."""
    facts = reading.facts_of.get(hire.id, frozenset())
    choices = [list(dict.fromkeys(_choices(reading, need))) for need in reading.needs_of[hire.id]]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > limit:
        raise TooLargeError
    persons = (Person(reading, hire, facts.union(*choice)) for choice in product(*choices))
    return [person for person in persons if not any(broken_by(person))]


def _choices(reading: Reading, need: Need) -> Iterator[frozenset[str]]:
    """Not at all, in full, or what may be left of it when a module was missed or rule 7 holds some of it."""
    yield frozenset()
    together = [need.together] if need.programme.cohort else [(module,) for module in need.together]
    blocks = [block for block in [*together, *((module,) for module in sorted(need.missed))] if block]
    if blocks:
        for way in product(*(list(_seats_for(reading, need, block)) for block in blocks)):
            yield frozenset[str]().union(*way)
    if need.missed or any(pinned_sessions(reading, need)):
        promised = _promised(reading, need)
        for size in range(1, len(promised) + 1):
            yield from map(frozenset, combinations(promised, size))


def _seats_for(reading: Reading, need: Need, block: Sequence[int]) -> Iterator[frozenset[str]]:
    """The sessions still to be booked for the modules, for each round where she may sit through them all."""
    for round_ in reading.problem.rounds_of[need.programme.id]:
        meetings = [reading.sessions_of(round_.id, module) for module in block]
        seats_there = {Seat(need.hire.id, session.id) for sessions in meetings for session in sessions}
        if all(meetings) and all(_may_sit(reading, need.hire, seat) for seat in seats_there - reading.facts):
            yield frozenset(seat.session for seat in seats_there - reading.facts)


def _may_sit(reading: Reading, hire: Hire, seat: Seat) -> bool:
    session = reading.problem.session_by_id[seat.session]
    in_time = session.day >= reading.window_end or reading.is_promised(seat)
    return in_time and reading.doors.refusal(hire, session) is None


def _promised(reading: Reading, need: Need) -> list[str]:
    """Published and given seats for what remains."""
    found = []
    for seat in sorted({*reading.published, *reading.given}):
        session = reading.problem.session_by_id[seat.session]
        mine = seat.hire == need.hire.id and reading.programme_of(session) == need.programme.id
        if mine and session.module in need.remaining:
            found.append(seat.session)
    return found
