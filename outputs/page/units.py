"""Unit absence by day: a strip for each unit, a bar for each day, the limit as a line."""

from __future__ import annotations

from dataclasses import dataclass

from outputs import words
from outputs.figures import Figures, UnitDay
from outputs.page.scale import Band, Scale

MOST_UNITS = 30
STRIP_HEIGHT = 30


@dataclass(frozen=True)
class Bar:
    """The bar of one day: how many are away."""

    at: float
    height: float
    over: bool
    title: str


@dataclass(frozen=True)
class UnitRow:
    """The strip of one unit of one administration."""

    unit: str
    organisation: str
    days_over: int
    most: int
    course_days: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    description: str


@dataclass(frozen=True)
class UnitStrips:
    """The most stretched units; all strips have one scale, so that they can be compared."""

    rows: tuple[UnitRow, ...]
    hidden: int
    limit: int
    limit_height: float


def strips(figures: Figures, scale: Scale) -> UnitStrips:
    """Units by days over the limit, then by the most away on one day."""
    found: dict[tuple[str, str], list[UnitDay]] = {}
    for unit_day in figures.unit_days:
        found.setdefault((unit_day.organisation, unit_day.unit), []).append(unit_day)
    limit = figures.problem.settings.max_away_per_unit
    top = max([limit + 1, *(len(u.away) for u in figures.unit_days)])
    closed = {organisation: tuple(scale.closed(figures.problem, (organisation,))) for organisation, _ in found}
    rows = [_row(figures, days, scale, top, closed[days[0].organisation]) for days in found.values()]
    rows.sort(key=lambda r: (-r.days_over, -r.most, -r.course_days, r.organisation, r.unit))
    return UnitStrips(
        tuple(rows[:MOST_UNITS]), max(0, len(rows) - MOST_UNITS), limit, round(STRIP_HEIGHT * limit / top, 1)
    )


def _row(figures: Figures, days: list[UnitDay], scale: Scale, top: int, closed: tuple[Band, ...]) -> UnitRow:
    limit = figures.problem.settings.max_away_per_unit
    organisation = days[0].organisation
    over = [u for u in days if len(u.away) > limit]
    most = max(len(u.away) for u in days)
    bars = tuple(
        Bar(scale.at(u.day), round(STRIP_HEIGHT * len(u.away) / top, 1), len(u.away) > limit, _told(u))
        for u in days
        if scale.holds(u.day)
    )
    told = "; ".join(_told(u) for u in over) or f"aldrig fler än {limit} borta samma dag"
    name = figures.problem.organisation_by_id[organisation].name
    return UnitRow(
        unit=days[0].unit,
        organisation=name,
        days_over=len(over),
        most=most,
        course_days=len(days),
        bars=bars,
        bands=closed,
        description=f"{days[0].unit}, {name}: {told}",
    )


def _told(unit_day: UnitDay) -> str:
    day = unit_day.day
    return f"{words.WEEKDAYS[day.weekday()]} {words.short_day(day)} {len(unit_day.away)} borta"
