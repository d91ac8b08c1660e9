"""Public holidays of the days that matter to a term (INPUT.md, ``helgdagar``; MODEL.md, rule ``lov``)."""

from __future__ import annotations

from datetime import date

import holidays

from inputs.parsers import NO_HOLIDAYS
from models.problem import Holiday

SWEDEN = "SE"


def is_known(country: str) -> bool:
    """Whether there is a calendar of it, or it is the word for none."""
    return country == NO_HOLIDAYS or country in holidays.list_supported_countries()


def holidays_between(country: str, first: date, last: date) -> tuple[Holiday, ...]:
    """The country's public holidays from first to last; Sweden's with the three eves that are as good as holidays."""
    if country == NO_HOLIDAYS:
        return ()
    years = range(first.year, last.year + 1)
    calendar = _sweden(years) if country == SWEDEN else _other(country, years)
    return tuple(Holiday(day=day, name=name) for day, name in sorted(calendar.items()) if first <= day <= last)


def _sweden(years: range) -> dict[date, str]:
    # No Sundays: weekdays are another setting. "De facto" are Midsummer Eve, Christmas Eve and New Year's Eve.
    found = holidays.country_holidays(
        SWEDEN,
        years=years,
        include_sundays=False,
        language="sv",
        categories=(holidays.PUBLIC, holidays.DE_FACTO),
    )
    return dict(found)


def _other(country: str, years: range) -> dict[date, str]:
    # The country's own language: else the names, and the hash of the input, would follow the locale of the machine.
    language = holidays.country_holidays(country).default_language
    return dict(holidays.country_holidays(country, years=years, language=language))
