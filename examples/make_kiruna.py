"""Make the example ``kiruna``: a small city with three newly hired, in groups that meet for reflection for a year.

Twice a month for four months, then monthly until a year has gone; few participants, long distances.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from making import (
    AFTERNOON,
    Post,
    Row,
    Slot,
    Table,
    Venue,
    breaks,
    day,
    days,
    destination,
    hires,
    meetings,
    modules,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "kiruna"
PLANNING_DATE = date(2026, 8, 3)
SEED = 33


class Group(NamedTuple):
    """Those who begin together: the first of eight fortnightly meetings, and the monthly ones that follow."""

    name: str
    first: str
    monthly: str


GROUPS = (
    Group("HT", "2026-09-02", "2027-01-14 2027-02-11 2027-03-11 2027-04-15 2027-05-20 2027-06-10 2027-08-12"),
    Group("VT", "2027-01-20", "2027-05-26 2027-06-16 2027-08-18 2027-09-15 2027-10-13 2027-11-10 2027-12-08"),
)
# Of 33 social workers five have 0 to 2 years, so two to three are new in a year; units so small that one away is many.
STARTS = {"2026-08-17": ("Barn och familj",), "2026-08-31": ("Vuxen",), "2027-01-11": ("Barn och familj",)}
MEETING = Slot(AFTERNOON, Venue("Stadshuset", "Sammanträdesrum 2, eller på skärm"), "Inga-Märta Niia")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings(
            *("2026/2027", "2026-08-17", "2027-12-17", str(PLANNING_DATE), "kiruna"),
            frist_månader=4,
            max_borta_per_enhet=1,
        ),
        "lov": breaks(("Jullov", "2026-12-21", "2027-01-06"), ("Sommar", "2027-06-21", "2027-08-08")),
        "förvaltningar": organisations({"KI": ("Kiruna, socialförvaltningen", "kiruna")}),
        "utbildningar": [
            programme("RI", "Reflektionsträffar", dagar_mellan=12, högst_dagar_mellan=28, tidigast_dag=2),
            programme(*("RM", "Månadsträffar"), dagar_mellan=21, högst_dagar_mellan=70, frist_månader=12, efter="RI"),
        ],
        "moment": modules(
            {
                "RI": [f"Reflektionsträff {number}" for number in range(1, 9)],
                "RM": [f"Månadsträff {number}" for number in range(1, 8)],
            }
        ),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def rounds() -> Iterator[tuple[Row, Table]]:
    """Two groups a year of at most six; those of the years before are still there, so that nobody is alone."""
    for group in GROUPS:
        fortnightly = [day(group.first) + timedelta(days=14 * number) for number in range(8)]
        for programme_id, dates in (("RI", fortnightly), ("RM", days(group.monthly))):
            id_ = f"{programme_id}-{group.name}"
            yield round_(id_, programme_id, 6), meetings(id_, dates, MEETING)


def people() -> Table:
    """Three in one year."""
    posts = [Post("KI", "kiruna", unit, day(start)) for start, units in STARTS.items() for unit in units]
    return hires(SEED, posts)


if __name__ == "__main__":
    main()
