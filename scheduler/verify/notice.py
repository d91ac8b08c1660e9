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
from scheduler.verify.reading import Key, Reading, Seat
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
        for session in reading.published_of.get(need.key, ()):
            if session.day >= reading.window_end or person.sits_at(session):
                continue
            if not may_go(reading, need.key, session):
                message = (
                    f"{person.hire.id} förlorar sin plats på {session.id} den {session.day}, före {reading.window_end}."
                )
                yield Violation(Rule.NOTICE, person.hire.id, session.round, session.id, message)


def may_go(reading: Reading, key: Key, session: Session) -> bool:
    """Whether the requirement's published seat at the session may be lost inside the notice window."""
    need = reading.needs[key]
    seat = Seat(key.hire, session.id)
    return (
        session.module not in need.remaining
        or reading.is_rescheduled(seat)
        or reading.is_stranded(seat)
        or any(became_impossible(reading, key, other) for other in reading.published_of[key])
    )


def became_impossible(reading: Reading, key: Key, session: Session) -> bool:
    """Whether the published seat is lost to her, so that the other seats of its requirement may go too.

    The later meetings of a missed module are lost, but the rest of her cohort stands.
    """
    seat = Seat(key.hire, session.id)
    is_missed = session.module in reading.needs[key].missed
    return reading.is_impossible(seat) or (reading.is_stranded(seat) and not is_missed)
