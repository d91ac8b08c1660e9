"""Rules 3-6 and 12 (``stängd``, ``lov``, ``frånvaro``, ``arbetsdag``, ``anställd``, ``tidigast``, ``tillgänglig``).

Hard, for every seat that is not a fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.verify.doors import WHY
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person


def closed_seats(person: Person) -> Iterator[Violation]:
    """No seat at a session that is closed to her whatever else is booked."""
    for session in person.fresh:
        rule = person.reading.doors.refusal(person.hire, session)
        if rule is not None:
            message = f"{person.hire.id} är bokad på {session.id} den {session.day}, men {WHY[rule]}."
            yield Violation(rule, person.hire.id, session.round, session.id, message)


CHECKS = (closed_seats,)
