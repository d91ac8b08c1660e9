"""Make the example ``krokom``: no courses in the first six months, then a basic package."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from making import (
    FULL_DAY,
    Post,
    Row,
    Slot,
    Table,
    Venue,
    breaks,
    day,
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

NAME = "krokom"
PLANNING_DATE = date(2026, 8, 10)
SEED = 6
PACKAGE = ("BBIC", "Samtalsmetodik", "Våld i nära relationer", "Juridik")
# Twice a term, as BBIC's basic training is given.
FIRST_DAYS = {"GP-HT1": "2026-09-08", "GP-HT2": "2026-10-13", "GP-VT1": "2027-01-19", "GP-VT2": "2027-03-09"}
STARTS = (
    "2026-01-12",
    "2026-02-02",
    "2026-03-02",
    "2026-04-01",
    "2026-05-04",
    "2026-06-01",
    "2026-08-03",
    "2026-08-17",
)
UNITS = ("Barn och unga", "Vuxna och bistånd")
COURSE = Slot(FULL_DAY, Venue("Kommunhuset", "Rödösalen"), "Gudrun Alsensjö")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings("2026/2027", "2026-08-24", "2027-06-11", str(PLANNING_DATE), "krokom"),
        "lov": breaks(("Höstlov", "2026-10-26", "2026-10-30"), ("Jullov", "2026-12-21", "2027-01-06")),
        "förvaltningar": organisations({"KR": ("Krokom, socialförvaltningen", "krokom")}),
        "utbildningar": [
            programme("GP", "Grundpaket", dagar_mellan=14, högst_dagar_mellan=42, frist_månader=12, tidigast_dag=183)
        ],
        "moment": modules({"GP": PACKAGE}),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def rounds() -> Iterator[tuple[Row, Table]]:
    """Twice a term, three weeks between the days."""
    for id_, first in FIRST_DAYS.items():
        dates = [day(first) + timedelta(days=21 * number) for number in range(len(PACKAGE))]
        yield round_(id_, "GP", 8, min_deltagare=3), meetings(id_, dates, COURSE)


def people() -> Table:
    """Eight in a year; own cases from the first weeks, since the courses come later."""
    return hires(SEED, [_post(index, day(start)) for index, start in enumerate(STARTS)])


def _post(index: int, start: date) -> Post:
    return Post("KR", "krokom", UNITS[index % len(UNITS)], start, {"ärenden_från": start + timedelta(days=28)})


if __name__ == "__main__":
    main()
