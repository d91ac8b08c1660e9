"""Rule 8, ``krock``, and rule 9, ``veckotak``: what fits into one hire's days and weeks. Hard.

Kept seats and facts may break both among themselves (rule 7); a seat of another kind is at fault when it is part of
the clash, or when it adds a course day to a week that has too many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from models.ids import Rule
from scheduler.verify.report import Violation
from scheduler.verify.seating import Person


def clashes(person: Person) -> Iterator[Violation]:
    """No two of her meetings overlap in time; one may start when the other ends."""
    for first, second in combinations(person.sessions, 2):
        overlap = first.day == second.day and first.start < second.end and second.start < first.end
        if overlap and {first.id, second.id} & person.free:
            message = f"{person.hire.id} har {first.id} och {second.id} samtidigt den {first.day}."
            yield Violation(Rule.CLASH, person.hire.id, second.round, second.id, message)


def crowded_weeks(person: Person) -> Iterator[Violation]:
    """Course days in an ISO week stay within the cap; another cap holds when she carries cases on one of them."""
    settings = person.reading.problem.settings
    weeks: dict[tuple[int, int], set[date]] = defaultdict(set)
    for session in person.sessions:
        weeks[session.day.isocalendar()[:2]].add(session.day)
    settled = {session.day for session in person.sessions if session.id not in person.free}
    for (year, week), days in sorted(weeks.items()):
        starts = person.hire.caseload_start
        has_cases = starts is not None and max(days) >= starts
        cap = settings.weekly_cap_with_cases if has_cases else settings.weekly_cap
        if len(days) > cap and days - settled:
            message = f"{person.hire.id} har {len(days)} kursdagar vecka {week} {year}; högst {cap} är tillåtna."
            yield Violation(Rule.WEEKLY_CAP, person.hire.id, None, None, message)
