"""Rules 3-6 and 12 (``stängd``, ``lov``, ``frånvaro``, ``arbetsdag``, ``anställd``, ``tidigast``, ``tillgänglig``).

Hard, for every seat that is not a fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.ids import Rule
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person

_WHY = {
    Rule.CLOSED: "omgången är inte öppen för hennes förvaltning, är inställd eller ligger utanför terminen",
    Rule.BREAK: "dagen är stängd för hennes förvaltning (veckodag, helgdag eller lov)",
    Rule.ABSENCE: "hon är frånvarande den dagen",
    Rule.WEEKDAY: "hon arbetar inte den veckodagen",
    Rule.EMPLOYED: "hon är inte anställd den dagen",
    Rule.EARLIEST: "det är tidigare än utbildningen får börja för henne",
    Rule.ACCESSIBLE: "lokalen är inte tillgänglig, vilket hon behöver",
}


def closed_seats(person: Person) -> Iterator[Violation]:
    """No seat at a session that is closed to her whatever else is booked."""
    for session in person.fresh:
        rule = person.reading.doors.refusal(person.hire, session)
        if rule is not None:
            message = f"{person.hire.id} är bokad på {session.id} den {session.day}, men {_WHY[rule]}."
            yield Violation(rule, person.hire.id, session.round, session.id, message)
