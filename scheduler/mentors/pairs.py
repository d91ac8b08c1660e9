"""Which pairs of a hire and a mentor can be, for how long, and what each costs on the levels (MODEL.md, Mentors)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.ids import MentorLevel, MentorUnit
from models.problem import Hire, Mentor, TermProblem
from scheduler.situation.requirements import add_months

MONTHS = 12
"""How long a pair lasts, in calendar months from the hire's start date."""
WEEKDAYS = 5
"""Common weekdays from which on there are enough."""
COSTS_OF_PAIRS: tuple[MentorLevel, ...] = (
    MentorLevel.TARGET_GROUP,
    MentorLevel.UNIT,
    MentorLevel.ADMINISTRATION,
    MentorLevel.WEEKDAYS,
)
"""The levels that are sums of what each pair costs by itself."""


class Pair(NamedTuple):
    """A hire and a mentor who is there on her first day, with the first and the last day of the pair, both included."""

    hire: Hire
    mentor: Mentor
    first: date
    last: date


@dataclass(frozen=True)
class Company:
    """Hires and mentors by id, in order, and all pairs that can
    be; ``former`` has the mentor's id of each hire who had one.
    """

    hires: tuple[Hire, ...]
    mentors: tuple[Mentor, ...]
    pairs: tuple[Pair, ...]
    former: Mapping[str, str]
    wish: MentorUnit

    def cost(self, level: MentorLevel, pair: Pair) -> int:
        """What the pair costs on one of ``COSTS_OF_PAIRS``."""
        match level:
            case MentorLevel.TARGET_GROUP:
                return int(_strangers(pair))
            case MentorLevel.UNIT:
                return int(_against(self.wish, pair))
            case MentorLevel.ADMINISTRATION:
                return int(pair.hire.organisation != pair.mentor.organisation)
            case _:
                return max(0, WEEKDAYS - len(set(pair.hire.weekdays) & set(pair.mentor.weekdays)))

    def value(self, level: MentorLevel, chosen: Sequence[Pair]) -> int:
        """What a level comes to with these pairs."""
        match level:
            case MentorLevel.WITHOUT:
                return len(self.hires) - len(chosen)
            case MentorLevel.LOST:
                return len(self.former) - sum(map(self.is_former, chosen))
            case MentorLevel.EVENNESS:
                return sum(number**2 for number in Counter(pair.mentor.id for pair in chosen).values())
            case _:
                return sum(self.cost(level, pair) for pair in chosen)

    def is_former(self, pair: Pair) -> bool:
        """The plan before had it too."""
        return self.former.get(pair.hire.id) == pair.mentor.id


def company_of(problem: TermProblem, former: Mapping[str, str]) -> Company:
    """Everybody of the input; ``former`` are the pairs of the plan
    before, of which those of hires who are gone do not count.
    """
    hires = tuple(sorted(problem.hires, key=lambda hire: hire.id))
    mentors = tuple(sorted(problem.mentors, key=lambda mentor: mentor.id))
    known = {hire: mentor for hire, mentor in former.items() if hire in problem.hire_by_id}
    return Company(hires, mentors, tuple(_pairs(hires, mentors)), known, problem.settings.mentor_unit)


def is_there(mentor: Mentor, day: date) -> bool:
    """Whether the mentor can begin with somebody on that day."""
    return (mentor.first is None or mentor.first <= day) and (mentor.last is None or day <= mentor.last)


def _pairs(hires: Sequence[Hire], mentors: Sequence[Mentor]) -> Iterable[Pair]:
    for hire in hires:
        year = add_months(hire.starts, MONTHS) - timedelta(days=1)
        for mentor in mentors:
            if mentor.at_most and is_there(mentor, hire.starts):
                ends = (day for day in (year, hire.ends, mentor.last) if day is not None)
                yield Pair(hire, mentor, hire.starts, min(ends))


def _strangers(pair: Pair) -> bool:
    """Both name target groups, and none in common; case makes no difference (INPUT.md)."""
    hers, others = (_folded(who.target_groups) for who in (pair.hire, pair.mentor))
    return bool(hers and others) and hers.isdisjoint(others)


def _folded(groups: Iterable[str]) -> set[str]:
    return {group.casefold() for group in groups}


def _against(wish: MentorUnit, pair: Pair) -> bool:
    """Against the setting ``mentor_enhet``; a blank unit is in nobody's, which only ``samma`` minds."""
    hire, mentor = pair.hire, pair.mentor
    same = bool(hire.unit) and (hire.organisation, hire.unit) == (mentor.organisation, mentor.unit)
    return (wish is MentorUnit.SAME and not same) or (wish is MentorUnit.OTHER and same)
