"""The ten levels of MODEL.md, counted from who sits where.

Requirements that are done, or taken alone, are outside all levels. Facts count everywhere. A cancelled round with facts
is neither fixed nor a proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from models.ids import Level, RoundStatus, State
from models.problem import Session
from scheduler.verify.doors import employed_on
from scheduler.verify.reading import Reading
from scheduler.verify.seating import Outcome, Person, Seating


def on_time(seating: Seating) -> int:
    """Weight of counting requirements that are not on time."""
    return sum(o.need.weight for o in _open(seating) if o.need.counts and o.state is not State.ON_TIME)


def missing(seating: Seating) -> int:
    """Weight of counting requirements that are not booked."""
    return sum(o.need.weight for o in _open(seating) if o.state is State.MISSING)


def changes(seating: Seating) -> int:
    """Published bookings, possible and still required, that are gone."""
    persons = seating.persons.values()
    return sum(not person.sits_at(session) for person in persons for session in _claims(seating.reading, person))


def equity(seating: Seating) -> int:
    """The largest share (permille, rounded up) of an administration's counting requirements that are not on time."""
    counting: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for outcome in _open(seating):
        if outcome.need.counts:
            counting[outcome.need.hire.organisation] += 1
            late[outcome.need.hire.organisation] += outcome.state is not State.ON_TIME
    return max((_ceil(1000 * late[organisation], number) for organisation, number in counting.items()), default=0)


def caseload(seating: Seating) -> int:
    """Weighted days, both inclusive, of carrying cases before a programme that is to be finished first."""
    return sum(o.need.weight * _days_with_cases(o, seating.reading) for o in _open(seating))


def rounds(seating: Seating) -> int:
    """Proposals that run, and fixed rounds with some participants but too few."""
    count = 0
    for round_ in seating.reading.problem.rounds:
        number = len(seating.participants[round_.id])
        if round_.status is RoundStatus.PROPOSED:
            count += number > 0
        elif round_.status is RoundStatus.FIXED:
            count += 0 < number < round_.min_participants
    return count


def reserve(seating: Seating) -> int:
    """Participants of sessions that sit on seats to be kept free."""
    problem = seating.reading.problem
    return sum(
        max(
            0,
            len(seating.attendees.get(session.id, ()))
            - max(0, session.seats - problem.round_by_id[session.round].reserve),
        )
        for session in problem.sessions
    )


def waiting(seating: Seating) -> int:
    """Weight of requirements that are left waiting, those of hires who leave included."""
    return sum(o.need.weight for o in _open(seating) if o.state in {State.WAITING, State.LEAVES})


def staffing(seating: Seating) -> int:
    """Hires away beyond what a unit bears in a day, and participants beyond one administration's share of a round."""
    return _away_together(seating) + _badly_mixed(seating)


def days(seating: Seating) -> int:
    """Weighted calendar days from start date to completion, over all booked requirements."""
    return sum(
        o.need.weight * (o.completed_on - o.need.hire.starts).days
        for o in _open(seating)
        if o.is_booked and o.completed_on is not None
    )


LEVELS: Mapping[Level, Callable[[Seating], int]] = {
    Level.ON_TIME: on_time,
    Level.MISSING: missing,
    Level.CHANGES: changes,
    Level.EQUITY: equity,
    Level.CASELOAD: caseload,
    Level.ROUNDS: rounds,
    Level.RESERVE: reserve,
    Level.WAITING: waiting,
    Level.STAFFING: staffing,
    Level.DAYS: days,
}


def level_values(seating: Seating) -> Mapping[Level, int]:
    """All levels in their order; ``changes`` only where there is an old plan."""
    is_replan = seating.reading.previous is not None
    return {level: value(seating) for level, value in LEVELS.items() if is_replan or level is not Level.CHANGES}


def _open(seating: Seating) -> Iterator[Outcome]:
    return (o for o in seating.outcomes if o.state is not State.DONE and not o.need.is_own_time)


def _claims(reading: Reading, person: Person) -> Iterator[Session]:
    """Sessions of published seats that count when gone: of a hire employed that day, still required, not impossible."""
    for need in reading.needs_of[person.hire.id]:
        for session in reading.published_of.get(need.key, ()):
            still_required = session.module in need.remaining and employed_on(person.hire, session.day)
            if still_required and not reading.is_impossible(person.seat(session)):
                yield session


def _days_with_cases(outcome: Outcome, reading: Reading) -> int:
    hire = outcome.need.hire
    if not outcome.need.programme.before_cases or hire.caseload_start is None:
        return 0
    last = outcome.completed_on
    if last is None:
        last = min(reading.problem.settings.horizon_end, hire.ends or date.max)
    return max(0, (last - hire.caseload_start).days + 1)


def _away_together(seating: Seating) -> int:
    away: Counter[tuple[str, str, date]] = Counter()
    for person in seating.persons.values():
        if person.hire.unit:
            for day in {session.day for session in person.sessions}:
                away[person.hire.organisation, person.hire.unit, day] += 1
    most = seating.reading.problem.settings.max_away_per_unit
    return sum(max(0, number - most) for number in away.values())


def _badly_mixed(seating: Seating) -> int:
    problem = seating.reading.problem
    beyond = 0
    for round_ in problem.rounds:
        if problem.programme_by_id[round_.programme].mixed:
            hires = seating.participants[round_.id]
            most = _ceil(problem.settings.max_share_percent * len(hires), 100)
            by_organisation = Counter(problem.hire_by_id[hire].organisation for hire in hires)
            beyond += sum(max(0, number - most) for number in by_organisation.values())
    return beyond


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
