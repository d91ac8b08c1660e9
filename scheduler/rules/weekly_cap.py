"""Rule 9 ``veckotak``: course days of one hire in an ISO week,
fewer once she carries cases. Days already held count. Hard.

A day whose meetings last no longer than the setting ``halvdag_timmar`` counts a half. Where there is none, all is
counted in whole days, else in half ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.ids import Rule
from models.problem import Hire, Settings
from scheduler.linear.model import Linear, total
from scheduler.seats.kinds import Kind
from scheduler.seats.variables import Variables

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True)
class _Week:
    """One week of a hire: its days that lie ``late``, when she has
    cases, and whether she ``carries`` them whatever is booked.

    ``room`` is how much more fits, in units: ``day`` of them are a whole course day.
    """

    late: Sequence[date]
    carries: bool
    room: int
    room_with_cases: int
    day: int

    @property
    def least_room(self) -> int:
        """The number of units that fit whichever days are booked."""
        if self.carries:
            return self.room_with_cases
        return min(self.room, self.room_with_cases) if self.late else self.room


def cap_halves(settings: Settings, *, carrying: bool) -> int:
    """The most half course days of a week; ``carrying`` a week with a course day on or after her caseload start."""
    return settings.weekly_cap_with_cases_halves if carrying else settings.weekly_cap_halves


def post(variables: Variables) -> None:
    """Post a row for each hire and week that could go over
    its cap; a cap as high as the number of days binds nobody.
    """
    settings = variables.problem.settings
    if min(settings.weekly_cap, settings.weekly_cap_with_cases) >= DAYS_IN_A_WEEK:
        return
    for kind in variables.kinds:
        weeks = [(days, _most_days(kind, days)) for days in _by_week(kind.on_day).values()]
        for hire, _ in kind.members:
            held = _by_week(variables.held_days(hire))
            for days, most in weeks:
                _post_week(variables, hire, days, held.get(_week(days[0]), ()), most)


def _post_week(variables: Variables, hire: Hire, days: Sequence[date], held: Sequence[date], most: int) -> None:
    week = _week_of(variables, hire, days, held)
    if most * week.day <= week.least_room:
        return
    booked = _course_days(variables, hire, days, week.day)
    if week.late and not week.carries:
        carrying = variables.linear_model.any_of([variables.away(hire, day).variables for day in week.late])
        booked.add(total([carrying]), week.room - week.room_with_cases)
    variables.linear_model.at_most(booked, week.room_with_cases if week.carries else week.room, Rule.WEEKLY_CAP)


def _course_days(variables: Variables, hire: Hire, days: Sequence[date], day_units: int) -> Linear:
    """The units of these days, each variable once."""
    booked = Linear()
    for day in days:
        booked.add(variables.away(hire, day))
        if day_units > 1:
            booked.add(variables.whole(hire, day))
    if day_units == 1:
        return booked
    coefs: dict[int, int] = defaultdict(int)
    for variable, coef in zip(booked.variables, booked.coefs, strict=True):
        coefs[variable] += coef
    return Linear(list(coefs), list(coefs.values()), booked.constant)


def _week_of(variables: Variables, hire: Hire, days: Sequence[date], held: Sequence[date]) -> _Week:
    """The week with its room: days held are facts, and where they are too many already there is room for none."""
    settings, start = variables.problem.settings, hire.caseload_start
    late = [day for day in days if start and day >= start]
    day_units = _units_of_a_day(settings)
    taken = sum(variables.held_halves(hire, day) for day in held) if day_units > 1 else len(held)
    return _Week(
        late=late,
        carries=bool(start and any(day >= start for day in held)) or len(late) == len(days),
        room=max(0, cap_halves(settings, carrying=False) * day_units // 2 - taken),
        room_with_cases=max(0, cap_halves(settings, carrying=True) * day_units // 2 - taken),
        day=day_units,
    )


def _units_of_a_day(settings: Settings) -> int:
    return 1 if settings.half_day_minutes is None else 2


def _most_days(kind: Kind, days: Sequence[date]) -> int:
    """The most course days that she could have that week: of candidates that exclude each other only one is booked."""
    number = Counter(place for day in days for place in kind.on_day[day])
    return min(len(days), sum(max(number[place] for place in group) for group in kind.groups(sorted(number))))


def _by_week(days: Iterable[date]) -> Mapping[tuple[int, int], Sequence[date]]:
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in days:
        found[_week(day)].append(day)
    return found


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
