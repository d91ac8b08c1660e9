"""Rule 15, ``bokning``: what is decided or has happened stays. Hard.

Given bookings are kept, and the rest of their requirement is booked with them. Facts (seats at held sessions, given
or published) stay in the plan, a seat marked absent does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.ids import Rule
from models.problem import Session
from scheduler.verify.keys import Seat
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person


def given_bookings(person: Person) -> Iterator[Violation]:
    """Every given booking from the planning date on is in the plan."""
    for id_ in sorted(person.reading.given_of.get(person.hire.id, ())):
        session = person.reading.problem.session_by_id[id_]
        if not person.sits_at(session):
            yield _violation(person, session, f"{person.hire.id} saknar sin givna plats på {id_}.")


def facts(person: Person) -> Iterator[Violation]:
    """Every fact is in the plan, and no seat that was marked absent."""
    for id_ in sorted(person.facts):
        session = person.reading.problem.session_by_id[id_]
        if not person.sits_at(session):
            yield _violation(
                person, session, f"{person.hire.id} var på {id_} den {session.day}; platsen saknas i planen."
            )
    for session in person.fresh:
        if Seat(person.hire.id, session.id) in person.reading.absent_from:
            message = f"{person.hire.id} var frånvarande från {session.id}; platsen får inte stå kvar."
            yield _violation(person, session, message)


def _violation(person: Person, session: Session, message: str) -> Violation:
    return Violation(Rule.GIVEN, person.hire.id, session.round, session.id, message)


CHECKS = (given_bookings, facts)
