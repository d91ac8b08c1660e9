"""Invented terms of every size in DOMAIN.md, from a seed: ``city``, ``region`` and ``nation`` (issue 8, SPEED.md).

A region holds Yrkesresan for all its municipalities together, a central introduction for a group of them, and a
handläggarskola at each. Seats are some percent too few, a part of the rounds are proposals, and regions share no
rounds. Everything is invented; the proportions follow DOMAIN.md. The same size and seed give the same problem on every
machine.

    python benchmarks/generate.py region 1 somewhere/region-1     writes the CSV folder
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # the five packages and benchmarks, also when run as a script

from benchmarks.draw import Draw  # noqa: E402
from benchmarks.meetings import meeting  # noqa: E402
from benchmarks.tables import write_folder  # noqa: E402
from benchmarks.varied import varied_city, varied_region  # noqa: E402
from inputs.public_holidays import SWEDEN, holidays_between  # noqa: E402
from models.ids import RoundStatus  # noqa: E402
from models.problem import (  # noqa: E402
    Absence,
    Break,
    Credit,
    Hire,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)

PLANNING_DATE = date(2026, 8, 3)
TERM = (date(2026, 8, 17), date(2027, 1, 15))
FIRST_MONDAY = date(2026, 8, 17)
BREAKS = (
    Break(name="Höstlov", first=date(2026, 10, 26), last=date(2026, 10, 30)),
    Break(name="Jullov", first=date(2026, 12, 21), last=date(2027, 1, 6)),
)
HOLIDAYS = holidays_between(SWEDEN, *TERM)

CHILDREN, ADULTS, INCOME = "barn och unga", "vuxna", "ekonomiskt bistånd"
MORNING, AFTERNOON, DAY = (time(8, 30), time(12)), (time(13), time(16, 30)), (time(9), time(16))

STARTS = {
    date(2026, 6, 1): 9,
    date(2026, 7, 1): 5,
    date(2026, 8, 3): 12,
    date(2026, 8, 17): 22,
    date(2026, 9, 1): 17,
    date(2026, 9, 14): 9,
    date(2026, 10, 1): 10,
    date(2026, 10, 19): 6,
    date(2026, 11, 2): 8,
    date(2026, 11, 23): 2,
}
"""Hires in a hundred by start date: some before the summer, most after it, then all the time."""

COUNTIES = {
    "Stockholm": (26, 2440),
    "Uppsala": (8, 400),
    "Södermanland": (9, 302),
    "Östergötland": (13, 471),
    "Jönköping": (13, 368),
    "Kronoberg": (8, 204),
    "Kalmar": (12, 247),
    "Gotland": (1, 61),
    "Blekinge": (5, 158),
    "Skåne": (33, 1415),
    "Halland": (6, 343),
    "Västra Götaland": (49, 1760),
    "Värmland": (16, 284),
    "Örebro": (12, 308),
    "Västmanland": (10, 280),
    "Dalarna": (15, 287),
    "Gävleborg": (10, 287),
    "Västernorrland": (7, 243),
    "Jämtland": (8, 132),
    "Västerbotten": (15, 277),
    "Norrbotten": (14, 249),
}
"""Sweden's counties: municipalities, and inhabitants in thousands."""

PROGRAMMES = (
    Programme(
        id="CI",
        name="Central introduktion",
        cohort=False,
        min_gap_days=7,
        deadline_months=4,
        mixed=True,
        modules=(Module(number=1, name="Uppdrag och styrning"), Module(number=2, name="Rollen")),
    ),
    Programme(
        id="HS",
        name="Handläggarskola",
        min_gap_days=5,
        max_gap_days=21,
        deadline_months=4,
        before_cases=True,
        inexperienced_only=True,
        weight=2,
        modules=tuple(Module(number=n, name=f"Träff {n}") for n in range(1, 6)),
    ),
    Programme(
        id="YR",
        name="Yrkesresan Ny",
        min_gap_days=7,
        deadline_months=4,
        earliest_day=7,
        inexperienced_only=True,
        target_groups=(CHILDREN, ADULTS),
        mixed=True,
        weight=2,
        modules=tuple(Module(number=n, name=f"Kursdag {n}") for n in range(1, 5)),
    ),
)


@dataclass(frozen=True)
class Series:
    """How the rounds of one programme are laid out: weeks between modules, last week to begin in, seats, least to run.

    ``open_to_most`` organisations hold it together, in ``most_rounds`` at most: where more are needed, each is larger.
    """

    programme: str
    modules: int
    weeks_between: int
    last_start_week: int
    seats: tuple[int, int]
    min_participants: int
    reserve: int
    supply: float
    hours: tuple[tuple[time, time], ...]
    open_to_most: int
    most_rounds: int


REGION_WIDE = 1000
JOURNEY = Series("YR", 4, 2, 12, (12, 20), 8, 1, 0.68, (DAY,), REGION_WIDE, 40)
CENTRAL = Series("CI", 2, 2, 14, (6, 12), 5, 1, 0.8, (DAY,), 4, 15)
LOCAL = Series("HS", 5, 1, 13, (3, 4), 3, 0, 0.74, (MORNING, AFTERNOON), 1, 30)
PROPOSED_IN = 3
"""Every third round of a series is a proposal."""


@dataclass(frozen=True)
class Area:
    """A region, or one city with its administrations: how many
    hires, over how many organisations, in what proportions.
    """

    code: str
    name: str
    hires: int
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Piece:
    """What one area adds to the problem."""

    organisations: list[Organisation]
    rounds: list[Round]
    sessions: list[Session]
    quotas: list[Quota]
    hires: list[Hire]
    absences: list[Absence]


def city(seed: int) -> TermProblem:
    """Göteborg's order of size: 110-130 hires of six administrations."""
    draw = Draw(f"city {seed}")
    area = Area("G", "Staden", draw.number(110, 130), (0.27, 0.25, 0.16, 0.17, 0.09, 0.06))
    return _problem(f"city {seed}", [area])


def region(seed: int) -> TermProblem:
    """1,000 hires of 36 municipalities."""
    return _problem(f"region {seed}", [Area("R", "Regionen", 1000, _falling(36))])


def nation(seed: int) -> TermProblem:
    """10,000 hires of 290 municipalities in 21 regions that share no round."""
    inhabitants = sum(thousands for _, thousands in COUNTIES.values())
    areas = [
        Area(f"{number:02}", name, round(10_000 * thousands / inhabitants), _falling(municipalities))
        for number, (name, (municipalities, thousands)) in enumerate(COUNTIES.items(), 1)
    ]
    return _problem(f"nation {seed}", areas)


def sized(hires: int) -> TermProblem:
    """So many hires of 12 municipalities."""
    return _problem(f"sized {hires}", [Area("S", "Länet", hires, _falling(12))])


SIZES = {
    "city": city,
    "varied-city": varied_city,
    "region": region,
    "varied-region": varied_region,
    "nation": nation,
}


def _falling(number: int) -> tuple[float, ...]:
    """Shares of municipalities: a large one, some towns, many small."""
    weights = [k**-0.75 for k in range(1, number + 1)]
    return tuple(w / sum(weights) for w in weights)


def _problem(name: str, areas: Sequence[Area]) -> TermProblem:
    pieces = [_piece(area, Draw(f"{name} {area.code}")) for area in areas]
    return TermProblem(
        settings=Settings(
            term="HT 2026",
            horizon_start=TERM[0],
            horizon_end=TERM[1],
            planning_date=PLANNING_DATE,
            organizer="introduktion@kommun.example",
        ),
        holidays=HOLIDAYS,
        breaks=BREAKS,
        organisations=tuple(sorted((o for p in pieces for o in p.organisations), key=lambda o: o.id)),
        programmes=PROGRAMMES,
        rounds=tuple(sorted((r for p in pieces for r in p.rounds), key=lambda r: r.id)),
        sessions=tuple(sorted((s for p in pieces for s in p.sessions), key=lambda s: s.id)),
        quotas=tuple(sorted((q for p in pieces for q in p.quotas), key=lambda q: (q.round, q.organisation))),
        hires=tuple(sorted((h for p in pieces for h in p.hires), key=lambda h: h.id)),
        absences=tuple(sorted((a for p in pieces for a in p.absences), key=lambda a: (a.hire, a.first))),
    )


def _piece(area: Area, draw: Draw) -> Piece:
    organisations = [
        Organisation(
            id=f"{area.code}-{n:02}", name=f"{area.name} {n}", email=f"intro@f{area.code}-{n:02}.example".lower()
        )
        for n in range(1, len(area.shares) + 1)
    ]
    hires = _hires(area, [o.id for o in organisations], draw)
    piece = Piece(organisations, [], [], [], hires, list(_absences(hires, draw)))
    for series in (JOURNEY, CENTRAL, LOCAL):
        for number, members in enumerate(_groups([o.id for o in organisations], series), 1):
            _add_series(piece, series, f"{series.programme}-{area.code}-{number:02}", members, draw)
    return piece


# --- people ----------------------------------------------------------------------------------------------------------


def _hires(area: Area, organisations: Sequence[str], draw: Draw) -> list[Hire]:
    """Every organisation hires at least one; the rest by its share."""
    rest = dict(zip(organisations, area.shares, strict=True))
    homes = [*organisations, *(draw.weighted(rest) for _ in range(area.hires - len(organisations)))]
    size = {o: homes.count(o) for o in organisations}
    return [_hire(f"{area.code.lower()}{n:04}", home, size[home], draw) for n, home in enumerate(homes, 1)]


def _hire(id_: str, organisation: str, colleagues: int, draw: Draw) -> Hire:
    starts = draw.weighted(STARTS)
    group = draw.weighted({CHILDREN: 50, ADULTS: 28, INCOME: 22})
    unit = f"{group.capitalize()} {draw.number(1, max(1, round(colleagues / 18)))}"
    if draw.chance(3):  # a student, one day a week
        return Hire(
            **_who(id_, organisation, unit),
            starts=starts,
            ends=TERM[1],
            weekdays=(draw.number(1, 5),),
            target_groups=(group,),
            programmes=("CI",),
        )
    experienced = draw.chance(18)
    weeks = 2 if experienced else draw.number(6, 10)
    return Hire(
        **_who(id_, organisation, unit),
        starts=starts,
        caseload_start=_monday_from(max(starts, date(2026, 7, 20)) + timedelta(weeks=weeks)),
        ends=date(2026, 12, 31) if draw.chance(1.5) else None,
        weekdays=_workdays(draw),
        experienced=experienced,
        target_groups=(group,),
        needs_accessible=draw.chance(2.5),
        priority=2 if draw.chance(3) else 1,
        credits=(Credit(programme="CI", module=1 if draw.chance(50) else None),) if draw.chance(3) else (),
    )


def _who(id_: str, organisation: str, unit: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name": f"Person {id_.upper()}",
        "organisation": organisation,
        "unit": unit,
        "email": f"{id_}@kommun.example",
    }


def _workdays(draw: Draw) -> tuple[int, ...]:
    """One in sixteen works four days."""
    off = draw.number(1, 5) if draw.chance(6) else 0
    return tuple(day for day in range(1, 6) if day != off)


def _absences(hires: Sequence[Hire], draw: Draw) -> Iterator[Absence]:
    """One in ten is away for some days or weeks."""
    for hire in hires:
        if draw.chance(10):
            first = TERM[0] + timedelta(days=draw.number(0, 120))
            yield Absence(hire=hire.id, first=first, last=first + timedelta(days=draw.number(1, 20)))


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


# --- rounds ----------------------------------------------------------------------------------------------------------


def _groups(organisations: Sequence[str], series: Series) -> Iterator[list[str]]:
    """Who holds the series together: neighbours in size, as many as the series takes."""
    for first in range(0, len(organisations), series.open_to_most):
        yield list(organisations[first : first + series.open_to_most])


def _add_series(piece: Piece, series: Series, prefix: str, members: Sequence[str], draw: Draw) -> None:
    """Rounds for a part of the members' demand, begun evenly over the weeks of the term."""
    demand = sum(_needs(hire, series.programme) for hire in piece.hires if hire.organisation in members)
    seats = list(_seats(series, demand * series.supply, draw))
    for number, size in enumerate(seats):
        week = number * series.last_start_week // len(seats)
        proposed = number % PROPOSED_IN == PROPOSED_IN - 1
        round_ = _round(series, f"{prefix}-{number + 1:03}", members, size, proposed)
        piece.rounds.append(round_)
        piece.sessions.extend(_sessions(series, round_, number, week, draw))
        piece.quotas.extend(_quotas(series, round_, members, draw))


def _seats(series: Series, wanted: float, draw: Draw) -> Iterator[int]:
    """Seats of each round, at least one round, until there are as many as wanted."""
    larger = max(1.0, wanted / series.most_rounds / series.seats[1])
    while True:
        seats = round(draw.number(*series.seats) * larger)
        yield seats
        wanted -= seats
        if wanted <= 0:
            return


def _needs(hire: Hire, programme: str) -> bool:
    if hire.programmes is not None:
        return programme in hire.programmes
    if programme == "CI":
        return True
    return not hire.experienced and (programme == "HS" or INCOME not in hire.target_groups)


def _round(series: Series, id_: str, members: Sequence[str], seats: int, proposed: bool) -> Round:
    return Round(
        id=id_,
        programme=series.programme,
        organisations=tuple(sorted(members)),
        seats=seats,
        min_participants=series.min_participants,
        reserve=series.reserve,
        status=RoundStatus.PROPOSED if proposed else RoundStatus.FIXED,
    )


def _sessions(series: Series, round_: Round, number: int, week: int, draw: Draw) -> Iterator[Session]:
    """A fixed round has trainers of its own; two proposals in a row count on the same one."""
    hours = draw.one_of(series.hours)
    prefix = round_.id.rpartition("-")[0]
    proposed = round_.status is RoundStatus.PROPOSED
    trainer = f"{prefix} reserv {number // (2 * PROPOSED_IN) + 1}" if proposed else f"{prefix} utbildare {number + 1}"
    accessible = draw.chance(88)
    days = _open_days(FIRST_MONDAY + timedelta(weeks=week, days=draw.number(0, 4)), series)
    for module, day in enumerate(days, 1):
        yield meeting(round_, module, day, hours, room=f"Sal {number + 1}", trainer=trainer, accessible=accessible)


def _open_days(first: date, series: Series) -> Iterator[date]:
    """One weekday every so many weeks, a week later where that day is closed, and none after the term."""
    day = first
    closed = {h.day for h in HOLIDAYS}
    for _ in range(series.modules):
        while day in closed or any(b.first <= day <= b.last for b in BREAKS):
            day += timedelta(weeks=1)
        yield day
        day += timedelta(weeks=series.weeks_between)


def _quotas(series: Series, round_: Round, members: Sequence[str], draw: Draw) -> Iterator[Quota]:
    """In some of Yrkesresan's rounds the largest is held back, or a small one keeps two seats."""
    if series is JOURNEY and draw.chance(20):
        yield Quota(round=round_.id, organisation=members[0], at_most=round_.seats // 2)
    if series is JOURNEY and len(members) > 1 and draw.chance(20):
        yield Quota(round=round_.id, organisation=draw.one_of(members[1:]), at_least=2)


def main(size: str, seed: str, folder: str) -> None:
    """Write the CSV folder of one size and seed."""
    write_folder(SIZES[size](int(seed)), Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
