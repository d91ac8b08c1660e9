"""The register of everything hard: what is asked of each person alone, and what of all together.

Each module lists its own in ``CHECKS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.verify import closed, given, notice, proposals, seats, sequence, timetable, whole
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person, Seating

PERSON_RULES: tuple[Callable[[Person], Iterator[Violation]], ...] = (
    *closed.CHECKS,
    *notice.CHECKS,
    *timetable.CHECKS,
    *sequence.CHECKS,
    *given.CHECKS,
    *whole.CHECKS,
)

SEATING_RULES: tuple[Callable[[Seating], Iterator[Violation]], ...] = (*seats.CHECKS, *proposals.CHECKS)


def broken_by(person: Person) -> Iterator[Violation]:
    """What one hire's seats break whatever the others do."""
    for rule in PERSON_RULES:
        yield from rule(person)


def broken_together(seating: Seating) -> Iterator[Violation]:
    """What the seats of all break together."""
    for rule in SEATING_RULES:
        yield from rule(seating)


def violations(seating: Seating) -> Iterator[Violation]:
    """Everything hard that a seating breaks, by person and then together."""
    for _, person in sorted(seating.persons.items()):
        yield from broken_by(person)
    yield from broken_together(seating)
