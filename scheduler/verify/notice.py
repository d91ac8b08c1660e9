"""Rule 7, ``varsel``: nobody is told at short notice. Hard.

Nobody is newly booked to a session dated before planning date + ``varseltid_dagar``, nor loses a published seat
there. A published seat may go when it became impossible (rules 3-6, 12), when another published seat of the same
requirement did, when its session changed its date or time, when its module is not required any more, or when the rest
of its module can no longer be attended there (a meeting missed, or added too late), which frees the other seats of
the requirement too unless it comes from a missed module. Given bookings are exempt for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.ids import Rule
from models.problem import Session
from scheduler.verify.keys import Seat
from scheduler.verify.needs import Need
from scheduler.verify.reading import Reading
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person


def booked_too_late(person: Person) -> Iterator[Violation]:
    """No new seat inside the notice window, or at a session already held."""
    reading = person.reading
    for session in person.fresh:
        if session.day < reading.window_end and not reading.is_promised(person.seat(session)):
            message = f"{person.hire.id} bokas nytt på {session.id} den {session.day}, före {reading.window_end}."
            yield Violation(Rule.NOTICE, person.hire.id, session.round, session.id, message)


def removed_too_late(person: Person) -> Iterator[Violation]:
    """No published seat inside the notice window is lost without cause."""
    reading = person.reading
    for need in reading.needs_of[person.hire.id]:
        for session in pinned_sessions(reading, need):
            if not person.sits_at(session):
                message = (
                    f"{person.hire.id} förlorar sin plats på {session.id} den {session.day}, före {reading.window_end}."
                )
                yield Violation(Rule.NOTICE, person.hire.id, session.round, session.id, message)


def pinned_sessions(reading: Reading, need: Need) -> Iterator[Session]:
    """Sessions inside the notice window where a published seat of the requirement may not be lost."""
    return (
        session
        for session in reading.published_of.get(need.key, ())
        if session.day < reading.window_end and not may_go(reading, need, session)
    )


def may_go(reading: Reading, need: Need, session: Session) -> bool:
    """Whether the requirement's published seat at the session may be lost inside the notice window."""
    seat = Seat(need.hire.id, session.id)
    return (
        session.module not in need.remaining
        or reading.is_rescheduled(seat)
        or reading.is_stranded(seat)
        or bool(modules_lost(reading, need))
    )


def modules_lost(reading: Reading, need: Need) -> frozenset[int]:
    """Modules of which a published seat became impossible, so that the other seats of the requirement may go too.

    The later meetings of a missed module are lost as well, but the rest of her cohort stands.
    """
    lost = set(reading.vanished.get(need.key, ()))
    for session in reading.published_of.get(need.key, ()):
        seat = Seat(need.hire.id, session.id)
        is_stranded = session.module not in need.missed and reading.is_stranded(seat)
        if is_stranded or reading.is_impossible(seat):
            lost.add(session.module)
    return frozenset(lost)


CHECKS = (booked_too_late, removed_too_late)
