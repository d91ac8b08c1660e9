"""A VTIMEZONE that every reader reads alike, for any zone of the IANA database (RFC 5545 3.6.5).

A zone with a regular rule gets two observances with an RRULE each, from 1970 on: a list of RDATEs, which icalendar
writes by itself, is read an hour wrong by ical.js. A zone without changes gets one observance. Where the changes follow
no rule of the kind "last Sunday of March" (Morocco's follow Ramadan), every change in the years around the plan is an
observance of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_EPOCH_YEAR = 1970
# Long enough to tell "the fourth Sunday" from "the last one".
_YEARS_AHEAD = 10
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


class _Onset(NamedTuple):
    """A change of the zone's offset, at a local time by the offset before it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


class _Rule(NamedTuple):
    """A change that comes every year: the ``nth`` weekday of a month (-1 is the last)."""

    month: int
    nth: int
    weekday: int
    onset: _Onset


@lru_cache(maxsize=64)
def vtimezone(key: str, first_year: int, last_year: int) -> bytes:
    """The component for the zone ``key``, right for all times of the given years, both inclusive."""
    zone = ZoneInfo(key)
    onsets = list(_onsets(zone, first_year - 1, last_year + _YEARS_AHEAD))
    timezone = Timezone()
    timezone.add("tzid", key)
    for observance in _observances(zone, onsets, first_year, last_year):
        timezone.add_component(observance)
    return bytes(timezone.to_ical())


def _observances(
    zone: ZoneInfo, onsets: list[_Onset], first_year: int, last_year: int
) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    if not onsets:
        yield _observance(_beginning(zone, _EPOCH_YEAR, _at_new_year(zone, first_year)))
    elif rules := _yearly_rules(onsets, last_year + _YEARS_AHEAD - first_year + 2):
        for rule in rules:
            yield _recurring(rule)
    else:
        yield _observance(_beginning(zone, first_year - 1, _at_new_year(zone, first_year - 1)))
        yield from (_observance(onset) for onset in onsets if onset.local.year <= last_year + 1)


def _onsets(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[_Onset]:
    """All changes of the offset in the years, found by looking at every day and halving the days that differ."""
    moment, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, following):
            yield _onset(zone, _first_moment_after(zone, moment, following))
        moment = following


def _first_moment_after(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _onset(zone: ZoneInfo, moment: datetime) -> _Onset:
    before, after = _offset(zone, moment - timedelta(seconds=1)), _offset(zone, moment)
    local = moment.astimezone(zone)
    return _Onset((moment + before).replace(tzinfo=None), before, after, local.tzname() or "", after > before)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _at_new_year(zone: ZoneInfo, year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)


def _beginning(zone: ZoneInfo, year: int, moment: datetime) -> _Onset:
    """An observance from the start of a year with the offset of a moment, before any change."""
    offset = _offset(zone, moment)
    return _Onset(datetime(year, 1, 1), offset, offset, moment.tzname() or "", summer=False)  # noqa: DTZ001


def _yearly_rules(onsets: Iterable[_Onset], years: int) -> list[_Rule]:
    """Two rules that give exactly these onsets over that many years, or none."""
    alike: dict[tuple[object, ...], list[_Onset]] = defaultdict(list)
    for onset in onsets:
        local = onset.local
        alike[local.month, local.weekday(), local.time(), onset.before, onset.after].append(onset)
    rules = [rule for group in alike.values() if len(group) == years and (rule := _rule(group))]
    return rules if len(rules) == len(alike) == 2 else []


def _rule(onsets: list[_Onset]) -> _Rule | None:
    """The nth weekday that all of them, of one month and weekday in different years, fall on."""
    nths = set.intersection(*(_nths(onset.local.date()) for onset in onsets))
    local = onsets[0].local
    return _Rule(local.month, max(nths), local.weekday(), onsets[0]) if nths else None


def _nths(day: date) -> set[int]:
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    return {nth, _LAST} if is_last else {nth}


def _recurring(rule: _Rule) -> TimezoneStandard | TimezoneDaylight:
    first = _nth_weekday(_EPOCH_YEAR, rule)
    observance = _observance(rule.onset._replace(local=datetime.combine(first, rule.onset.local.time())))
    byday = f"{rule.nth}{_WEEKDAYS[rule.weekday]}"
    observance.add("rrule", vRecur(freq="yearly", bymonth=rule.month, byday=byday))
    return observance


def _nth_weekday(year: int, rule: _Rule) -> date:
    days = [date(year, rule.month, day) for day in range(1, 29)]
    days += [day for extra in (1, 2, 3) if (day := days[-1] + timedelta(days=extra)).month == rule.month]
    matching = [day for day in days if day.weekday() == rule.weekday]
    return matching[rule.nth if rule.nth == _LAST else rule.nth - 1]


def _observance(onset: _Onset) -> TimezoneStandard | TimezoneDaylight:
    observance = TimezoneDaylight() if onset.summer else TimezoneStandard()
    observance.add("dtstart", onset.local)
    observance.add("tzoffsetfrom", onset.before)
    observance.add("tzoffsetto", onset.after)
    observance.add("tzname", onset.name)
    return observance
