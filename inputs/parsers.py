"""From the kind of a column to the parser of its cells, and from there to all cells of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import holidays

from columns.kinds import (
    MAX_COUNT,
    Clock,
    Column,
    Country,
    Day,
    HalfSteps,
    Hours,
    Id,
    Kind,
    Month,
    Number,
    Open,
    PartReference,
    Reference,
    SessionReference,
    Text,
    Timezone,
    Weekdays,
    Whole,
    Words,
    WordsOrText,
    YesNo,
)
from inputs.cells import (
    BadCellError,
    CellValue,
    Parser,
    clock,
    day,
    half_steps,
    identifier,
    identifiers,
    last_day,
    last_day_or_none,
    minutes,
    month,
    number,
    one_of,
    one_of_or_text,
    text,
    texts,
    weekdays,
    whole,
    yes_no,
)
from inputs.entries import RowReader
from inputs.names import did_you_mean

NO_HOLIDAYS = "-"


def cells_reader(columns: Iterable[Column]) -> Callable[[RowReader], dict[str, Any]]:
    """What reads the values of a row by the fields of its columns, and reports every faulty cell; made once a table."""
    readers = [(column.field, _cell_reader(column)) for column in columns]
    return lambda row: {field: read(row) for field, read in readers}


def _cell_reader(column: Column) -> Callable[[RowReader], Any]:
    """What reads one cell: the default of its column where it is blank or could not be read."""
    name, parse, default = column.name, parser_of(column.kind), column.default
    if column.required:
        placeholder = _placeholder(column.kind) if default is None else default
        return lambda row: row.required(name, parse, placeholder)
    return lambda row: row.optional(name, parse, default)


@cache
def parser_of(kind: Kind) -> Parser[Any]:  # noqa: PLR0911  one return a kind
    """What reads the cells of a kind."""
    match kind:
        case Whole(low, high):
            return whole(low, MAX_COUNT if high is None else high)
        case HalfSteps(low, high):
            return half_steps(low, high)
        case Hours(at_most):
            return minutes(whole_only=at_most)
        case WordsOrText(words):
            return one_of_or_text(words)
        case Words(words, meanings):
            return one_of(dict(zip(words, meanings, strict=True)))
        case PartReference() | Text(several=True):
            return texts
        case Reference(several=True):
            return identifiers
        case Day(Open.NO_DATE):
            return last_day_or_none
        case Day(Open.TO_THE_END):
            return last_day
        case Id() | Reference() | SessionReference():
            return identifier
    return _ALWAYS_THE_SAME[type(kind)]


def _placeholder(kind: Kind) -> object:
    """What stands in for a required value that could not be read: the least one of its type."""
    match kind:
        case Day() | Month():
            return date.min
        case Clock():
            return time.min
        case Whole() | Number():
            return 0
        case YesNo():
            return False
    return ""


def _country(value: CellValue) -> str:
    code = text(value)
    if code == NO_HOLIDAYS:
        return code
    known = holidays.list_supported_countries()
    if code.upper() not in known:
        raise BadCellError("okänt_land", f"är ingen landskod; skriv som SE, eller {NO_HOLIDAYS} för inga helgdagar")
    # Three letters mean the same country as two: one normal form.
    return str(holidays.country_holidays(code.upper()).country)


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def _timezone(value: CellValue) -> str:
    name = text(value)
    known = _timezones()
    if name not in known:
        raise BadCellError("okänd_tidszon", f"är ingen tidszon; skriv som Europe/Stockholm{did_you_mean(name, known)}")
    return name


_ALWAYS_THE_SAME: dict[type[Kind], Parser[Any]] = {
    Text: text,
    Day: day,
    Month: month,
    Number: number,
    Clock: clock,
    YesNo: yes_no,
    Weekdays: weekdays,
    Country: _country,
    Timezone: _timezone,
}
