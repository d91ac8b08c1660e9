"""Who sits where according to a plan, and what that makes of each requirement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.ids import State
from models.problem import Hire, Session
from scheduler.verify.keys import Key, Seat
from scheduler.verify.needs import Need
from scheduler.verify.reading import Reading


@dataclass(frozen=True)
class Outcome:
    """What became of a requirement: its state, whether it is booked in full, and the day of its last meeting."""

    need: Need
    state: State
    completed_on: date | None

    @property
    def is_booked(self) -> bool:
        """Something remained and all of it is booked."""
        return self.state in {State.ON_TIME, State.LATE}


@dataclass(frozen=True)
class Dated:
    """A module with known dates: the meetings that the hire attends or attended, in time order, all in one round."""

    module: int
    round: str
    meetings: tuple[Session, ...]

    @property
    def first(self) -> date:
        """The day of its first meeting."""
        return self.meetings[0].day

    @property
    def last(self) -> date:
        """The day of its last meeting."""
        return self.meetings[-1].day


class Person:
    """One hire's seats: facts, and those still to come (``fresh``)."""

    def __init__(self, reading: Reading, hire: Hire, sessions: Iterable[str]) -> None:
        self.reading = reading
        self.hire = hire
        found = [reading.problem.session_by_id[id_] for id_ in set(sessions)]
        self.sessions: tuple[Session, ...] = tuple(sorted(found, key=lambda session: (session.starts_at, session.id)))
        self.facts = reading.facts_of.get(hire.id, frozenset())
        self.fresh: tuple[Session, ...] = tuple(s for s in self.sessions if s.id not in self.facts)

    def seat(self, session: Session) -> Seat:
        """Her seat at the session."""
        return Seat(self.hire.id, session.id)

    def sits_at(self, session: Session) -> bool:
        """Whether she has a seat there."""
        return session.id in self._ids

    def sessions_in(self, programme: str) -> tuple[Session, ...]:
        """All her sessions of a programme, in time order."""
        return self._by_programme.get(programme, ())

    def fresh_in(self, programme: str) -> tuple[Session, ...]:
        """Her sessions of a programme that are no facts, in time order."""
        return tuple(session for session in self.sessions_in(programme) if session.id not in self.facts)

    def rounds_chosen(self, need: Need) -> Mapping[int, frozenset[str]]:
        """The rounds in which each remaining module is booked; none, or one, in a plan that is right."""
        found: dict[int, set[str]] = {module: set() for module in need.remaining}
        for session in self.fresh_in(need.programme.id):
            if session.module in found:
                found[session.module].add(session.round)
        return {module: frozenset(rounds) for module, rounds in found.items()}

    def is_complete(self, round_: str, module: int) -> bool:
        """She has a seat at every meeting of the module in the round (a cancelled one is rule 3's business)."""
        return all(
            self.sits_at(meeting) for meeting in self.reading.sessions_of(round_, module) if not meeting.cancelled
        )

    def is_booked(self, need: Need) -> bool:
        """All that remains is booked in full, each module in one round, and a cohort's modules in the same."""
        chosen = self.rounds_chosen(need)
        if not need.remaining or any(len(rounds) != 1 for rounds in chosen.values()):
            return False
        if not all(self.is_complete(round_, module) for module, rounds in chosen.items() for round_ in rounds):
            return False
        return not need.programme.cohort or len({chosen[module] for module in need.together}) <= 1

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What became of each of her requirements, by programme."""
        needs = self.reading.needs_of[self.hire.id]
        return {need.programme.id: self._outcome(need) for need in needs}

    @cached_property
    def kept(self) -> frozenset[str]:
        """Published seats that may break rules 1, 2, 8-11, 13, 14 among themselves and with facts (rule 7).

        Those inside the notice window with the rest of their requirements; and the plain seats left of a requirement
        with a missed module, since these may not go either, and a re-plan always exists.
        """
        found: set[str] = set()
        for key, sessions in self._published_here.items():
            outcome = self.outcomes.get(key.programme)
            is_plain = outcome is not None and bool(outcome.need.missed) and not outcome.is_booked
            if is_plain or any(session.day < self.reading.window_end for session in sessions):
                found.update(session.id for session in sessions)
        return frozenset(found)

    @cached_property
    def free(self) -> frozenset[str]:
        """Sessions of her seats that answer for every rule: neither facts nor kept."""
        return self._ids - self.facts - self.kept

    def holds(self, module: Dated) -> bool:
        """She sat through the module: every meeting of it that has a seat of hers is a fact."""
        return all(meeting.id in self.facts for meeting in module.meetings)

    def dated(self, need: Need) -> list[Dated]:
        """The modules of the requirement whose dates are known:
        held, attended without a seat, or booked in one round.
        """
        rounds = {module: next(iter(chosen)) for module, chosen in self.rounds_chosen(need).items() if len(chosen) == 1}
        rounds.update(need.held)
        found = []
        for module, round_ in sorted(rounds.items()):
            meetings = [s for s in self.sessions_in(need.programme.id) if (s.round, s.module) == (round_, module)]
            if meetings:
                found.append(Dated(module, round_, tuple(meetings)))
        return sorted(
            [*found, *self._attended(need, {dated.module for dated in found})], key=lambda dated: dated.module
        )

    def _attended(self, need: Need, known: set[int]) -> list[Dated]:
        """The modules at which she was present without a seat, each in the last such round."""
        sessions = [s for s in self.reading.present_without_seat.get(need.key, ()) if s.module not in known]
        last = {session.module: session.round for session in sessions}
        return [
            Dated(module, round_, tuple(s for s in sessions if (s.module, s.round) == (module, round_)))
            for module, round_ in last.items()
        ]

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(session.id for session in self.sessions)

    @cached_property
    def _by_programme(self) -> Mapping[str, tuple[Session, ...]]:
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[self.reading.programme_of(session)].append(session)
        return {programme: tuple(sessions) for programme, sessions in found.items()}

    @cached_property
    def _published_here(self) -> Mapping[Key, list[Session]]:
        """Her published seats that the plan keeps, by requirement."""
        found: dict[Key, list[Session]] = defaultdict(list)
        for session in self.fresh:
            if self.seat(session) in self.reading.published:
                found[Key(self.hire.id, self.reading.programme_of(session))].append(session)
        return found

    def _outcome(self, need: Need) -> Outcome:
        sessions = self.sessions_in(need.programme.id)
        last = sessions[-1].day if sessions else None
        if not need.remaining:
            attended = (session.day for session in self.reading.present_without_seat.get(need.key, ()))
            return Outcome(need, State.DONE, max((*(s.day for s in sessions), *attended), default=None))
        if need.is_own_time:
            overdue = need.deadline is not None and need.deadline < self.reading.today
            return Outcome(need, State.ON_OWN_LATE if overdue else State.ON_OWN, None)
        if not self.is_booked(need):
            return Outcome(need, self._unbooked(need), None)
        in_time = need.deadline is None or (last is not None and last <= need.deadline)
        return Outcome(need, State.ON_TIME if in_time else State.LATE, last)

    def _unbooked(self, need: Need) -> State:
        """Gone before anything is due and by the end of the horizon; else missing or waiting."""
        last_day, end = self.hire.ends, self.reading.problem.settings.horizon_end
        if last_day is not None and last_day <= end and (need.deadline is None or last_day < need.deadline):
            return State.LEAVES
        return State.MISSING if need.counts else State.WAITING


class Seating:
    """All persons of a plan, and who meets whom."""

    def __init__(self, reading: Reading, persons: Mapping[str, Person]) -> None:
        self.reading = reading
        self.persons = persons

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every requirement's outcome, sorted by hire and programme."""
        return tuple(outcome for _, person in sorted(self.persons.items()) for outcome in person.outcomes.values())

    @cached_property
    def attendees(self) -> Mapping[str, tuple[Person, ...]]:
        """Who has a seat at each session, facts included."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.persons.values():
            for session in person.sessions:
                found[session.id].append(person)
        return {session: tuple(persons) for session, persons in found.items()}

    @cached_property
    def participants(self) -> Mapping[str, frozenset[str]]:
        """The distinct hires with at least one seat in each round, facts included."""
        found: dict[str, set[str]] = {round_.id: set() for round_ in self.reading.problem.rounds}
        for person in self.persons.values():
            for session in person.sessions:
                found[session.round].add(person.hire.id)
        return {round_: frozenset(hires) for round_, hires in found.items()}


def seat_everyone(reading: Reading, seats: Iterable[Seat]) -> Seating:
    """The seating of a set of seats; hires without any are persons too."""
    sessions: dict[str, list[str]] = {hire: [] for hire in reading.problem.hire_by_id}
    for seat in seats:
        sessions[seat.hire].append(seat.session)
    return Seating(
        reading, {hire: Person(reading, reading.problem.hire_by_id[hire], ids) for hire, ids in sessions.items()}
    )
