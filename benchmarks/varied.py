"""Invented terms that differ in what ``generate`` leaves the same, from a seed: ``varied-city`` and ``varied-region``.

Spring or autumn, weekly caps of one to three days, strict or loose quotas and limits of units, few or many proposals,
rounds of one administration or shared by several, breaks, part time, deadlines and the time of year at which people
begin: each term draws its own ``Traits``, so that what is quick for one kind of term is seen to be so for others. The
same size and seed give the same problem on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property

from benchmarks.draw import Draw
from benchmarks.meetings import meeting
from inputs.public_holidays import SWEDEN, holidays_between
from models.ids import RoundStatus
from models.problem import (
    Absence,
    Break,
    Credit,
    Hire,
    Holiday,
    Module,
    Organisation,
    Programme,
    Quota,
    Round,
    Session,
    Settings,
    TermProblem,
)

MORNING, AFTERNOON, DAY = (time(8, 30), time(12)), (time(13), time(16, 30)), (time(9), time(16))
CITY_HIRES, REGION_HIRES = (90, 140), (900, 1100)
CITY_ORGANISATIONS, REGION_ORGANISATIONS = (4, 8), (20, 36)


@dataclass(frozen=True)
class Season:
    """A term: its name, first and last day, and its breaks."""

    name: str
    first: date
    last: date
    breaks: tuple[Break, ...]

    @cached_property
    def holidays(self) -> tuple[Holiday, ...]:
        """The public holidays of the term."""
        return holidays_between(SWEDEN, self.first, self.last)

    def is_open(self, day: date) -> bool:
        """Courses are held that day."""
        free = any(holiday.day == day for holiday in self.holidays)
        return day.isoweekday() <= 5 and not free and not any(b.first <= day <= b.last for b in self.breaks)


SEASONS = (
    Season(
        "HT 2026",
        date(2026, 8, 17),
        date(2027, 1, 22),
        (
            Break(name="Höstlov", first=date(2026, 10, 26), last=date(2026, 10, 30)),
            Break(name="Jullov", first=date(2026, 12, 21), last=date(2027, 1, 8)),
        ),
    ),
    Season(
        "VT 2027",
        date(2027, 1, 18),
        date(2027, 6, 11),
        (
            Break(name="Påsklov", first=date(2027, 3, 29), last=date(2027, 4, 2)),
            Break(name="Sportlov", first=date(2027, 2, 15), last=date(2027, 2, 19)),
        ),
    ),
    Season(
        "HT 2027",
        date(2027, 8, 16),
        date(2028, 1, 14),
        (Break(name="Höstlov", first=date(2027, 11, 1), last=date(2027, 11, 5)),),
    ),
)


@dataclass(frozen=True)
class Traits:
    """What is the same throughout one term and differs between
    terms. Percentages are of a hundred, gaps and notice in days.

    ``starting_before`` is the percentage of hires who began before the term;
    ``supply`` the seats of a programme in percent of those who need it.
    """

    season: Season
    notice_weeks: int
    weekly_cap: int
    weekly_cap_with_cases: int
    away_per_unit: int
    unit_size: int
    share_percent: int
    supply: int
    proposed: int
    own_rounds_shared_by: int
    quotas: int
    part_time: int
    experienced: int
    with_cases: int
    leaving: int
    starting_before: int
    gap_days: int


@dataclass(frozen=True)
class Series:
    """How the rounds of one programme are laid out: who may attend
    together (0: all), seats, least to run, days between modules.
    """

    programme: Programme
    open_to: int
    seats: tuple[int, int]
    min_participants: int
    reserve: tuple[int, int]
    step_days: int
    hours: tuple[tuple[time, time], ...]


def varied_city(seed: int) -> TermProblem:
    """About 90 to 140 hires of four to eight administrations."""
    draw = Draw(f"varied city {seed}")
    return _term(draw, draw.number(*CITY_HIRES), draw.number(*CITY_ORGANISATIONS), 1)


def varied_region(seed: int) -> TermProblem:
    """About a thousand hires of 20 to 36 municipalities, in rounds several times as large as a city's."""
    draw = Draw(f"varied region {seed}")
    return _term(draw, draw.number(*REGION_HIRES), draw.number(*REGION_ORGANISATIONS), 2)


def traits_of(draw: Draw) -> Traits:
    """The traits of one term."""
    cap = draw.one_of((1, 2, 2, 3))
    return Traits(
        season=draw.one_of(SEASONS),
        notice_weeks=draw.number(2, 6),
        weekly_cap=cap,
        weekly_cap_with_cases=draw.number(1, min(2, cap)),
        away_per_unit=draw.number(1, 3),
        unit_size=draw.number(3, 12),
        share_percent=draw.one_of((30, 40, 50, 60)),
        supply=draw.number(60, 110),
        proposed=draw.one_of((10, 30, 50, 80)),
        own_rounds_shared_by=draw.one_of((1, 1, 2)),
        quotas=draw.one_of((0, 20, 60, 100)),
        part_time=draw.one_of((5, 15, 30)),
        experienced=draw.number(10, 40),
        with_cases=draw.number(50, 95),
        leaving=draw.number(1, 10),
        starting_before=draw.number(10, 60),
        gap_days=draw.number(2, 10),
    )


def _term(draw: Draw, number: int, organisations: int, scale: int) -> TermProblem:
    traits = traits_of(draw)
    season = traits.season
    ids = [f"F{n:02}" for n in range(1, organisations + 1)]
    hires = _hires(ids, number, traits, draw)
    rounds: list[Round] = []
    sessions: list[Session] = []
    quotas: list[Quota] = []
    all_series = _series(traits, scale, draw)
    for series in all_series:
        for members in _groups(ids, series.open_to or organisations):
            for round_, week in _rounds(series, members, hires, traits, draw):
                rounds.append(round_)
                sessions += _sessions(series, round_, week, season, draw)
                quotas += _quotas(round_, members, traits, draw)
    return TermProblem(
        settings=Settings(
            term=season.name,
            horizon_start=season.first,
            horizon_end=season.last,
            planning_date=season.first - timedelta(weeks=traits.notice_weeks),
            organizer="introduktion@kommun.example",
            weekly_cap=traits.weekly_cap,
            weekly_cap_with_cases=traits.weekly_cap_with_cases,
            max_away_per_unit=traits.away_per_unit,
            max_share_percent=traits.share_percent,
        ),
        holidays=season.holidays,
        breaks=season.breaks,
        organisations=tuple(
            Organisation(id=o, name=f"Förvaltning {o}", email=f"{o}@kommun.example".lower()) for o in ids
        ),
        programmes=tuple(sorted((s.programme for s in all_series), key=lambda p: p.id)),
        rounds=tuple(sorted(rounds, key=lambda r: r.id)),
        sessions=tuple(sorted(sessions, key=lambda s: s.id)),
        quotas=tuple(sorted(quotas, key=lambda q: (q.round, q.organisation))),
        hires=tuple(hires),
        absences=tuple(_absences(hires, season, draw)),
    )


# --- people ----------------------------------------------------------------------------------------------------------


def _hires(organisations: Sequence[str], number: int, traits: Traits, draw: Draw) -> list[Hire]:
    """Everywhere at least one; the rest as often as an organisation is large."""
    weights = {o: 1 / (place + 2) for place, o in enumerate(organisations)}
    homes = [*organisations, *(draw.weighted(weights) for _ in range(number - len(organisations)))]
    units = {o: max(1, homes.count(o) // traits.unit_size) for o in organisations}
    return [_hire(f"p{n:04}", home, units[home], traits, draw) for n, home in enumerate(homes, 1)]


def _hire(id_: str, organisation: str, units: int, traits: Traits, draw: Draw) -> Hire:
    season = traits.season
    before = draw.chance(traits.starting_before)
    starts = season.first + timedelta(days=draw.number(-75, 0) if before else draw.number(1, 110))
    has_cases, leaves = draw.chance(traits.with_cases), draw.chance(traits.leaving)
    return Hire(
        id=id_,
        name=f"Person {id_.upper()}",
        organisation=organisation,
        unit=f"Enhet {draw.number(1, units)}",
        email=f"{id_}@kommun.example",
        starts=starts,
        caseload_start=starts + timedelta(days=draw.number(14, 80)) if has_cases else None,
        ends=starts + timedelta(days=draw.number(90, 240)) if leaves else None,
        weekdays=_workdays(traits, draw),
        experienced=draw.chance(traits.experienced),
        needs_accessible=draw.chance(3),
        priority=draw.weighted({1: 85, 2: 10, 3: 5}),
        credits=(Credit(programme="CI", module=1),) if draw.chance(6) else (),
    )


def _workdays(traits: Traits, draw: Draw) -> tuple[int, ...]:
    """Part time is three or four days a week."""
    days = list(range(1, 6))
    for _ in range(draw.number(1, 2) if draw.chance(traits.part_time) else 0):
        days.remove(draw.one_of(days))
    return tuple(days)


def _absences(hires: Sequence[Hire], season: Season, draw: Draw) -> Iterator[Absence]:
    for hire in hires:
        if draw.chance(12):
            first = season.first + timedelta(days=draw.number(0, 120))
            yield Absence(hire=hire.id, first=first, last=first + timedelta(days=draw.number(0, 25)))


# --- rounds ----------------------------------------------------------------------------------------------------------


def _series(traits: Traits, scale: int, draw: Draw) -> tuple[Series, ...]:
    """Central introduction, Yrkesresan, handläggarskola, and where the draw says so a short course after the first."""
    modules = draw.number(3, 5)
    central = Programme(
        id="CI",
        name="Central introduktion",
        cohort=draw.chance(50),
        min_gap_days=traits.gap_days,
        deadline_months=draw.number(3, 5),
        mixed=True,
        weight=draw.number(1, 3),
        modules=_modules(2),
    )
    journey = Programme(
        id="YR",
        name="Yrkesresan Ny",
        min_gap_days=2,
        max_gap_days=30,
        deadline_months=4,
        earliest_day=draw.one_of((0, 7)),
        inexperienced_only=True,
        mixed=True,
        weight=draw.number(2, 4),
        modules=_modules(draw.number(3, 6)),
    )
    local = Programme(
        id="HS",
        name="Handläggarskola",
        cohort=draw.chance(50),
        min_gap_days=1,
        deadline_months=draw.number(2, 4),
        before_cases=True,
        weight=draw.number(2, 5),
        modules=_modules(modules),
    )
    series = [
        Series(central, 0, (14 * scale, 28 * scale), 8, (0, 2), traits.gap_days, (DAY,)),
        Series(journey, 0, (18 * scale, 30 * scale), 6, (0, 1), draw.one_of((4, 7, 14)), (MORNING, AFTERNOON)),
        Series(local, traits.own_rounds_shared_by, (7, 14), 3, (0, 0), draw.one_of((3, 7)), (MORNING, AFTERNOON)),
    ]
    if draw.chance(60):
        short = Programme(
            id="DOK",
            name="Dokumentation",
            deadline_months=draw.one_of((0, 6)),
            after=("CI",),
            weight=1,
            modules=_modules(1),
        )
        series.append(Series(short, 0, (18 * scale, 28 * scale), 5, (0, 2), 7, (AFTERNOON,)))
    return tuple(series)


def _modules(number: int) -> tuple[Module, ...]:
    return tuple(Module(number=n, name=f"Del {n}") for n in range(1, number + 1))


def _groups(organisations: Sequence[str], size: int) -> Iterator[list[str]]:
    for first in range(0, len(organisations), size):
        yield list(organisations[first : first + size])


def _rounds(
    series: Series, members: Sequence[str], hires: Sequence[Hire], traits: Traits, draw: Draw
) -> Iterator[tuple[Round, int]]:
    """Rounds for a part of the demand, each with the week in which it begins, spread over the term."""
    needed = sum(
        h.organisation in members and not (h.experienced and series.programme.inexperienced_only) for h in hires
    )
    wanted, seats = needed * traits.supply / 100, list[int]()
    while not seats or sum(seats) < wanted:
        seats.append(draw.number(*series.seats))
    weeks = (traits.season.last - traits.season.first).days // 7 - 2
    last = max(1, weeks - series.step_days * len(series.programme.modules) // 7)
    shared = series.open_to in (0, len(members)) and series.open_to != 1
    for number, size in enumerate(seats):
        proposed = draw.chance(traits.proposed if series.programme.id != "YR" else traits.proposed / 2)
        yield (
            Round(
                id=f"{series.programme.id}-{members[0]}-{number + 1:02}",
                programme=series.programme.id,
                organisations=() if shared and not series.open_to else tuple(members),
                seats=size,
                min_participants=min(series.min_participants, size),
                reserve=draw.number(*series.reserve),
                status=RoundStatus.PROPOSED if proposed else RoundStatus.FIXED,
            ),
            number * last // len(seats),
        )


def _sessions(series: Series, round_: Round, week: int, season: Season, draw: Draw) -> Iterator[Session]:
    """Proposals of one programme share trainers two by two; days
    that are closed are put off until the next that is open.
    """
    hours = draw.one_of(series.hours)
    proposed = round_.status is RoundStatus.PROPOSED
    prefix, _, number = round_.id.rpartition("-")
    trainer = f"{prefix} reserv {int(number) // 2}" if proposed else f"{prefix} utbildare {number}"
    accessible = draw.chance(90)
    day = season.first + timedelta(weeks=week, days=draw.number(0, 4))
    for module in series.programme.modules:
        while not season.is_open(day):
            day += timedelta(days=1)
        yield meeting(round_, module.number, day, hours, room=f"Sal {number}", trainer=trainer, accessible=accessible)
        day += timedelta(days=max(series.step_days, series.programme.min_gap_days))


def _quotas(round_: Round, members: Sequence[str], traits: Traits, draw: Draw) -> Iterator[Quota]:
    """In so many of the shared rounds each administration is limited, and some of them keep a seat or two."""
    if len(members) > 1 and draw.chance(traits.quotas):
        left = round_.seats
        for organisation in members:
            at_most = max(1, draw.number(round_.seats // 6, round_.seats // 2))
            at_least = min(draw.number(1, 2), at_most, left // 4) if draw.chance(25) else 0
            left -= at_least
            yield Quota(round=round_.id, organisation=organisation, at_most=at_most, at_least=at_least)
