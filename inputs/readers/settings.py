"""Table ``inställningar``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import holidays

from inputs.cells import MAX_MONTHS, BadCellError, CellValue, Parser, clean, day, shown, text, weekdays, whole
from inputs.entries import Entry
from inputs.findings import Findings
from inputs.names import did_you_mean, fold
from inputs.schema import SETTINGS
from inputs.tables import Row, Table
from models.problem import ALL_WORKDAYS

NO_HOLIDAYS = "-"


@dataclass(frozen=True)
class SettingsRows:
    """The settings with their defaults; the horizon is None where the sessions decide. ``entries``: rows by key."""

    term: str = ""
    horizon_start: date | None = None
    horizon_end: date | None = None
    deadline_months: int = 4
    notice_days: int = 14
    weekly_cap: int = 3
    weekly_cap_with_cases: int = 2
    max_away_per_unit: int = 2
    max_share_percent: int = 50
    open_weekdays: tuple[int, ...] = ALL_WORKDAYS
    holiday_country: str = "SE"
    timezone: str = "Europe/Stockholm"
    planning_date: date | None = None
    organizer: str | None = None
    calendar_series: str | None = None
    entries: Mapping[str, Entry[str]] = field(default_factory=dict)


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


_KEYS: Mapping[str, tuple[str, Parser[Any]]] = {
    "termin": ("term", text),
    "terminsstart": ("horizon_start", day),
    "terminsslut": ("horizon_end", day),
    "frist_månader": ("deadline_months", whole(0, MAX_MONTHS)),
    "varseltid_dagar": ("notice_days", whole(0)),
    "max_kursdagar_per_vecka": ("weekly_cap", whole(1, 7)),
    "max_kursdagar_per_vecka_med_ärenden": ("weekly_cap_with_cases", whole(1, 7)),
    "max_borta_per_enhet": ("max_away_per_unit", whole(0)),
    "max_andel_per_förvaltning": ("max_share_percent", whole(0, 100)),
    "öppna_veckodagar": ("open_weekdays", weekdays),
    "helgdagar": ("holiday_country", _country),
    "tidszon": ("timezone", _timezone),
    "planeringsdag": ("planning_date", day),
    "avsändare": ("organizer", text),
    "kalenderserie": ("calendar_series", text),
}
_BY_FOLD = {fold(key): key for key in _KEYS}


def read(tables: Mapping[str, Table], findings: Findings) -> SettingsRows:
    """The settings; a blank value means the default, an unknown key is a warning."""
    table = tables.get(SETTINGS.name)
    given: dict[str, Any] = {}
    entries: dict[str, Entry[str]] = {}
    if table is None or not table.columns.issuperset(SETTINGS.columns):
        return SettingsRows()
    for row in table.rows:
        key = _key(row, entries, findings)
        if key is None:
            continue
        entries[key] = _entry(row, key)
        field_name, parse = _KEYS[key]
        value = _value(row, parse, entries[key], findings)
        if value is not None:
            given[field_name] = value
    return SettingsRows(**given, entries=entries)


def _key(row: Row, seen: Mapping[str, Entry[str]], findings: Findings) -> str | None:
    name = shown(row.cells.get("nyckel"))
    if not name.strip():
        findings.error(
            "värde_saknas", "värde saknas; fyll i cellen", table=SETTINGS.name, row=row.number, column="nyckel"
        )
        return None
    key = _BY_FOLD.get(fold(name))
    if key is None:
        message = f"är ingen inställning och läses inte{did_you_mean(name, _KEYS)}"
        findings.warn("okänd_inställning", message, value=name, table=SETTINGS.name, row=row.number, column="nyckel")
    elif key in seen:
        message = f"finns redan på rad {seen[key].row}; behåll en av raderna"
        findings.error("dubblett", message, value=name, table=SETTINGS.name, row=row.number, column="nyckel")
        return None
    return key


def _entry(row: Row, key: str) -> Entry[str]:
    return Entry(key, SETTINGS.name, row.number, {"värde": shown(row.cells.get("värde"))})


def _value(row: Row, parse: Parser[Any], entry: Entry[str], findings: Findings) -> object:
    try:
        value = clean(row.cells.get("värde"))
        return None if value is None else parse(value)
    except BadCellError as bad:
        entry.error(findings, bad.kind, "värde", f"({entry.item}) {bad.message}")
        return None
