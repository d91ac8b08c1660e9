"""Make the example ``umea``: four half-days, given every term, taken in any order, obligatory for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from making import (
    MORNING,
    Draw,
    Post,
    Row,
    Slot,
    Venue,
    breaks,
    day,
    days,
    destination,
    hires,
    meetings,
    modules,
    monday_after,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "umea"
PLANNING_DATE = date(2026, 8, 10)
SEED = 4
HALF_DAYS = ("Socialtjänstens uppdrag", "Juridik", "Dokumentation", "Bemötande")
TERMS = {
    "UM-HT": "2026-09-10 2026-10-08 2026-11-12 2026-12-10",
    "UM-VT": "2027-01-28 2027-02-25 2027-04-08 2027-05-13",
}
STARTS = {
    "2026-08-03": 5,
    "2026-08-17": 8,
    "2026-09-01": 6,
    "2026-09-21": 3,
    "2026-10-12": 4,
    "2026-11-16": 4,
    "2027-01-07": 6,
    "2027-02-01": 4,
}
UNITS = ("Barn 1", "Barn 2", "Ungdom", "Vuxen", "Ekonomiskt bistånd", "Äldreomsorg", "Funktionshinder")
HALL = Slot(MORNING, Venue("Stadsbiblioteket", "Hörsalen"), "Signar Degerfors")


def main() -> None:
    """Write the example."""
    tables = {
        "inställningar": settings("2026/2027", "2026-08-24", "2027-06-11", str(PLANNING_DATE), "umea"),
        "lov": breaks(
            ("Höstlov", "2026-10-26", "2026-10-30"),
            ("Jullov", "2026-12-21", "2027-01-06"),
            ("Sportlov", "2027-03-01", "2027-03-05"),
        ),
        "förvaltningar": organisations({"UM": ("Umeå, socialtjänsten", "umea")}),
        "utbildningar": [
            programme("UM", "Introduktionsserie", sammanhållen="nej", i_ordning="nej", frist_månader=6, gäller="alla")
        ],
        "moment": modules({"UM": HALF_DAYS}),
        "omgångar": [round_(id_, "UM", 26) for id_ in TERMS],
        "tillfällen": [row for id_, dates in TERMS.items() for row in meetings(id_, days(dates), HALL)],
        "nyanställda": hires(SEED, posts()),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def posts() -> Iterator[Post]:
    """Forty in a year, a quarter of them experienced; the series is for them too."""
    draw = Draw(SEED)
    starts = [day(written) for written, number in STARTS.items() for _ in range(number)]
    for index, start in enumerate(starts):
        cases = monday_after(start, 7 * (3 + draw.number(5)))
        experienced: Row = {"erfaren": "ja"} if index % 4 == 1 else {}
        yield Post("UM", "umea", UNITS[index % len(UNITS)], start, {"ärenden_från": cases, **experienced})


if __name__ == "__main__":
    main()
