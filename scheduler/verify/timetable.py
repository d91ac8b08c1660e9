"""Rule 8, ``krock``, and rule 9, ``veckotak``: what fits into one hire's days and weeks. Hard.

Kept seats and facts may break both among themselves (rule 7); a seat of another kind is at fault when it is part of
the clash, or when it adds a course day, or half of one, to a week that has too many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from models.ids import Rule
from models.problem import Session
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
    halves = _halves_by_day(person.sessions, settings.half_day_minutes)
    settled = _halves_by_day((s for s in person.sessions if s.id not in person.free), settings.half_day_minutes)
    weeks: dict[tuple[int, int], set[date]] = defaultdict(set)
    for day in halves:
        weeks[day.isocalendar()[:2]].add(day)
    for (year, week), days in sorted(weeks.items()):
        starts = person.hire.caseload_start
        has_cases = starts is not None and max(days) >= starts
        cap = settings.weekly_cap_with_cases if has_cases else settings.weekly_cap
        course_days = sum(halves[day] for day in days) / 2
        if course_days > cap and any(halves[day] > settled.get(day, 0) for day in days):
            message = f"{person.hire.id} har {course_days:g} kursdagar vecka {week} {year}; högst {cap} är tillåtna."
            yield Violation(Rule.WEEKLY_CAP, person.hire.id, None, None, message)


def _halves_by_day(sessions: Iterable[Session], half_day: int | None) -> dict[date, int]:
    """What each day with a meeting counts, in half course days: one
    where its meetings last at most ``half_day`` minutes in all.
    """
    lasting: dict[date, timedelta] = defaultdict(timedelta)
    for session in sessions:
        lasting[session.day] += session.ends_at - session.starts_at
    whole = timedelta(minutes=-1 if half_day is None else half_day)
    return {day: 2 if time > whole else 1 for day, time in lasting.items()}


CHECKS = (clashes, crowded_weeks)
