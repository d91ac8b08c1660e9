"""The decisions of MODEL.md: a requirement is booked in full or not at all, a cohort or a module in one round.

Hard. The exception is the rest of a requirement with a missed module that is not booked again: then, of the modules
that were not missed, the seats already published or given stay as plain seats, all of them unless one became
impossible; nothing is added. Seats of a missed module stay only where rule 7 lets them not go.

A re-plan always exists, so the same is allowed where rule 7 holds a seat of a requirement that has come to need more
than was promised her, by a held session gone from the input or a module or meeting added: it may be that nothing fits.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.problem import Session
from scheduler.verify.keys import Seat
from scheduler.verify.needs import Need
from scheduler.verify.notice import may_go, modules_lost, pinned_sessions
from scheduler.verify.reading import Reading
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person


def unneeded_seats(person: Person) -> Iterator[Violation]:
    """No seat that no requirement needs."""
    needs = {need.programme.id: need for need in person.reading.needs_of[person.hire.id]}
    for session in person.fresh:
        need = needs.get(person.reading.programme_of(session))
        if need is None or session.module not in need.remaining:
            message = f"{person.hire.id} är bokad på {session.id} men behöver inte momentet."
            yield Violation(None, person.hire.id, session.round, session.id, message)


def all_or_nothing(person: Person) -> Iterator[Violation]:
    """Every requirement is booked in full, or not at all, or is a rest that stands."""
    for need in person.reading.needs_of[person.hire.id]:
        seats = [s for s in person.fresh_in(need.programme.id) if s.module in need.remaining]
        if person.is_booked(need):
            continue
        if _leaves_a_rest(person.reading, need):
            yield from _plain_rest(person, need, seats)
        elif seats:
            yield _violation(
                need,
                seats[0],
                f"{need.hire.id} är bokad till en del av {need.programme.id}, inte hela i rätt omgångar.",
            )


def _leaves_a_rest(reading: Reading, need: Need) -> bool:
    """Its promised seats may stand without the whole."""
    if need.missed:
        return True
    # Hardly anybody has a pinned seat, so that is asked first.
    return any(pinned_sessions(reading, need)) and not all(
        _is_promised(reading, need, module) for module in need.remaining
    )


def _is_promised(reading: Reading, need: Need, module: int) -> bool:
    """In some round she has promised seats at every meeting of the module."""
    rounds = (reading.sessions_of(round_.id, module) for round_ in reading.problem.rounds_of[need.programme.id])
    return any(
        meetings and all(reading.is_promised(Seat(need.hire.id, meeting.id)) for meeting in meetings)
        for meetings in rounds
    )


def _plain_rest(person: Person, need: Need, seats: list[Session]) -> Iterator[Violation]:
    for session in seats:
        if not _may_stay(person, need, session):
            message = f"{need.hire.id} bokas på {session.id} utan att hela {need.programme.id} är bokad."
            yield _violation(need, session, message)
    for module, rounds in person.rounds_chosen(need).items():
        if len(rounds) > 1:
            session = next(s for s in seats if s.module == module)
            yield _violation(
                need, session, f"{need.hire.id} har moment {module} av {need.programme.id} i flera omgångar."
            )
    if modules_lost(person.reading, need).intersection(need.together):
        return
    for session in person.reading.published_of.get(need.key, ()):
        if session.module in need.together and not person.sits_at(session):
            message = (
                f"{need.hire.id} förlorar {session.id}, som skulle stå kvar när resten av {need.programme.id} inte "
                "bokas."
            )
            yield _violation(need, session, message)


def _may_stay(person: Person, need: Need, session: Session) -> bool:
    reading = person.reading
    seat = person.seat(session)
    if session.module not in need.missed:
        return reading.is_promised(seat)
    return seat in reading.published and session.day < reading.window_end and not may_go(reading, need, session)


def _violation(need: Need, session: Session, message: str) -> Violation:
    return Violation(None, need.hire.id, session.round, session.id, message)


CHECKS = (unneeded_seats, all_or_nothing)
