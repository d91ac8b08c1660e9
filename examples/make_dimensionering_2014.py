"""Make the example ``dimensionering-2014``: how many rounds of
central introduction 280 hires a year need, in ten districts.

Nobody is hired yet: the table ``prognos`` says how many are expected each month. The
candidates are one round a month outside the summer, over a year of starts and the four
months after it, so that everybody's deadline lies within: as it is year after year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from make_goteborg_2014 import DISTRICTS, HIRES, SHARES
from making import (
    FULL_DAY,
    MORNING,
    Row,
    Slot,
    Table,
    Venue,
    days,
    destination,
    meeting,
    modules,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "dimensionering-2014"
PLANNING_DATE = date(2014, 11, 3)
PROGRAMME = "CI"
SEATS = 36
"""Assumed; what fewer and more seats would mean is told in the README."""
FIRST_MONTH, MONTHS = date(2015, 1, 1), 12
FIRST_DAYS = (
    "2015-01-20 2015-02-17 2015-03-17 2015-04-21 2015-05-19 2015-09-01 2015-10-06 2015-11-03 2015-12-01 "
    "2016-01-19 2016-02-16 2016-03-15 2016-04-12"
)
"""Late in May and early in September, so that nobody's four months fall into the summer between."""
HALL = Slot(FULL_DAY, Venue("Burgårdens konferens", "Sal 1"), "Utbildningskoordinatorn")
MORNING_HALL = HALL._replace(hours=MORNING)


def main() -> None:
    """Write the example."""
    firsts = days(FIRST_DAYS)
    tables = {
        "inställningar": settings("2015", "2015-01-07", "2016-04-30", str(PLANNING_DATE), "goteborg"),
        "förvaltningar": organisations(DISTRICTS),
        "utbildningar": [programme(PROGRAMME, "Central introduktion", gäller="alla")],
        "moment": modules({PROGRAMME: ("Staden och uppdraget", "Rätt och värdegrund", "Dialog och reflektion")}),
        "omgångar": [round_(_id(first), PROGRAMME, SEATS, status="förslag") for first in firsts],
        "tillfällen": [row for first in firsts for row in _sessions(first)],
        "prognos": list(_forecast()),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def _months(number: int) -> list[date]:
    return [FIRST_MONTH + relativedelta(months=n) for n in range(number)]


def _id(first: date) -> str:
    return f"{PROGRAMME}-{first:%y%m}"


def _sessions(first: date) -> Table:
    """One and a half days, and half a day one week and two weeks later."""
    return [
        meeting(_id(first), 1, first, HALL),
        meeting(_id(first), 1, first + timedelta(days=1), MORNING_HALL),
        meeting(_id(first), 2, first + timedelta(days=7), MORNING_HALL),
        meeting(_id(first), 3, first + timedelta(days=14), MORNING_HALL),
    ]


def _forecast() -> Iterator[Row]:
    """One number for every month, shared by the districts as in ``goteborg-2014``."""
    for month in _months(MONTHS):
        for district, share in zip(DISTRICTS, SHARES, strict=True):
            expected = HIRES * share / sum(SHARES) / MONTHS
            yield {"månad": f"{month:%Y-%m}", "förvaltning": district, "antal": f"{expected:.3f}"}


if __name__ == "__main__":
    main()
