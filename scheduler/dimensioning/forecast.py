"""What is expected, month by month and administration by
administration: table ``prognos``, or the starts of earlier plans.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, variance

from dateutil.relativedelta import relativedelta

from models.problem import Forecast, Hire, Programme, TermProblem

_WEEK, _MONTH = 7, 28
FEWEST_CELLS = 12
"""Months and administrations below which earlier starts do not tell how much they vary."""


@dataclass(frozen=True)
class Cell:
    """The starts of one month in one administration: how many are
    expected, how they vary, on which days, and of which kinds.

    ``dispersion`` is variance over mean. ``rows`` are the rows of the
    forecast that it is made from, each a kind of hire with its share.
    """

    month: date
    organisation: str
    expected: float
    dispersion: float
    days: tuple[date, ...]
    rows: tuple[Forecast, ...]


def cells_of(rows: Iterable[Forecast]) -> tuple[Cell, ...]:
    """The rows by month and administration; rows of nothing are left
    out. What varies is the whole, by the rows' mean dispersion.
    """
    grouped: dict[tuple[date, str], list[Forecast]] = defaultdict(list)
    for row in rows:
        if row.expected:
            grouped[row.month, row.organisation].append(row)
    return tuple(_cell(month, organisation, grouped[month, organisation]) for month, organisation in sorted(grouped))


def weekdays_of(month: date) -> tuple[date, ...]:
    """Monday to Friday: people start on any of them alike."""
    days = (month.replace(day=number) for number in range(1, monthrange(month.year, month.month)[1] + 1))
    return tuple(day for day in days if day.isoweekday() < 6)


def outside(cells: Sequence[Cell], problem: TermProblem) -> float:
    """Expected starts whose deadline lies beyond the horizon, and
    so outside the answer, in the programme with the longest one.
    """
    months = [p.deadline_months for p in problem.programmes if p.deadline_months]
    if not months:
        return sum(cell.expected for cell in cells)
    found = 0.0
    for cell in cells:
        beyond = sum(day + relativedelta(months=max(months)) > problem.settings.horizon_end for day in cell.days)
        found += cell.expected * beyond / len(cell.days)
    return found


def months_to_expect(problem: TermProblem) -> list[date]:
    """The months of the horizon whose starts have their deadlines in it."""
    longest = max((p.deadline_months for p in problem.programmes), default=0)
    month, last = problem.settings.horizon_start.replace(day=1), problem.settings.horizon_end
    found = []
    while weekdays_of(month)[-1] + relativedelta(months=longest) <= last:
        found.append(month)
        month += relativedelta(months=1)
    return found


def from_history(
    plans: Sequence[TermProblem], months: Sequence[date], programmes: Sequence[Programme] = ()
) -> tuple[Forecast, ...]:
    """A forecast of these months from the start dates of earlier plans.

    Hires whom the ``programmes`` do not tell apart are of one kind;
    without any each is told apart by all that is known of her.

    Each person is counted once, by id and first day, and only months that the plans' terms cover in
    full. A month of the year is expected as it was on average in each administration; what kinds of
    hires come, as all of them were. The spread is pooled over all months and administrations, and 1
    below twelve such cells. Raises ValueError where no month is covered in full.
    """
    covered = _covered(plans)
    if not covered:
        raise ValueError("no month is covered in full")
    starts = _starts(plans, covered)
    organisations = sorted({hire.organisation for hires in starts.values() for hire in hires})
    numbers = {(m, o): sum(h.organisation == o for h in starts[m]) for m in covered for o in organisations}
    spread = _spread(numbers)
    kinds = Counter(_kind(hire, programmes) for hires in starts.values() for hire in hires)
    total = sum(kinds.values())
    return tuple(
        Forecast(
            month=month,
            organisation=organisation,
            expected=expected * number / total,
            dispersion=spread,
            target_groups=kind[0],
            experienced=kind[1],
            weekdays=kind[2],
            cases_after_days=kind[3],
        )
        for month in months
        for organisation in organisations
        if (expected := _expected(numbers, month, organisation))
        for kind, number in sorted(kinds.items(), key=lambda item: str(item[0]))
    )


def _cell(month: date, organisation: str, rows: Sequence[Forecast]) -> Cell:
    expected = sum(row.expected for row in rows)
    dispersion = sum(row.expected * row.dispersion for row in rows) / expected
    return Cell(month, organisation, expected, dispersion, weekdays_of(month), tuple(rows))


_Kind = tuple[tuple[str, ...], bool, tuple[int, ...], int | None]


def _kind(hire: Hire, programmes: Sequence[Programme]) -> _Kind:
    """What of her the programmes ask; days until her first
    cases in whole weeks, or months where they only lower a cap.
    """
    cases = None if hire.caseload_start is None else (hire.caseload_start - hire.starts).days
    if not programmes:
        return hire.target_groups, hire.experienced, hire.weekdays, cases
    asked = {group for programme in programmes for group in programme.target_groups}
    groups = tuple(group for group in hire.target_groups if group in asked) or hire.target_groups[:1]
    experienced = hire.experienced and any(programme.inexperienced_only for programme in programmes)
    step = _WEEK if any(programme.before_cases for programme in programmes) else _MONTH
    return groups, experienced, hire.weekdays, None if cases is None else cases - cases % step


def _covered(plans: Sequence[TermProblem]) -> list[date]:
    """First days of the months of which every day lies in some plan's term."""
    days: set[date] = set()
    for plan in plans:
        first, last = plan.settings.horizon_start, plan.settings.horizon_end
        days |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    months = sorted({day.replace(day=1) for day in days})
    return [m for m in months if all(m.replace(day=n + 1) in days for n in range(monthrange(m.year, m.month)[1]))]


def _starts(plans: Sequence[TermProblem], covered: Iterable[date]) -> Mapping[date, list[Hire]]:
    """Each person once, in the month of her first day, as the latest plan knows her."""
    people = {(hire.id, hire.starts): hire for plan in plans for hire in plan.hires}
    found: dict[date, list[Hire]] = {month: [] for month in covered}
    for _, hire in sorted(people.items()):
        if (month := hire.starts.replace(day=1)) in found:
            found[month].append(hire)
    return found


def _expected(numbers: Mapping[tuple[date, str], int], month: date, organisation: str) -> float:
    """As that month of the year was on average; where no such month is covered, as all months were."""
    own = [n for (m, o), n in numbers.items() if o == organisation]
    same = [n for (m, o), n in numbers.items() if o == organisation and m.month == month.month]
    return fmean(same or own)


def _spread(numbers: Mapping[tuple[date, str], int]) -> float:
    """Variance over mean, pooled; 1 where there are too few cells to say, and never below.

    The same months of different years are compared where there are enough,
    for seasons are no chance; else all months of one administration.
    """
    by_season, by_organisation = defaultdict[tuple[str, int], list[int]](list), defaultdict[str, list[int]](list)
    for (month, organisation), number in sorted(numbers.items()):
        by_season[organisation, month.month].append(number)
        by_organisation[organisation].append(number)
    seasons = [own for own in by_season.values() if len(own) > 1]
    rows = seasons if sum(map(len, seasons)) >= FEWEST_CELLS else list(by_organisation.values())
    if sum(map(len, rows)) < FEWEST_CELLS:
        return 1.0
    several = [own for own in rows if len(own) > 1]
    means = sum(fmean(own) * (len(own) - 1) for own in several)
    return max(1.0, sum(variance(own) * (len(own) - 1) for own in several) / means) if means else 1.0
