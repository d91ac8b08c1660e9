"""Make the example ``uppsala``: theme days in any order, and
from six months on a group that meets monthly for a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from making import (
    AFTERNOON,
    FULL_DAY,
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
    monday_after,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "uppsala"
PLANNING_DATE = date(2026, 8, 10)
SEED = 18
THEMES = ("Barnsamtal", "Våld i nära relationer", "Dokumentation", "Hållbart arbetsliv")
THEME_DAYS = {
    "TD-HT": "2026-09-16 2026-10-14 2026-11-11 2026-12-09",
    "TD-VT": "2027-01-27 2027-03-03 2027-04-07 2027-05-05",
}
# Twelve meetings, one a month but for July.
GROUPS = {
    "MG-1": """2026-09-22 2026-10-20 2026-11-17 2026-12-15 2027-01-19 2027-02-16
               2027-03-16 2027-04-20 2027-05-18 2027-06-15 2027-08-17 2027-09-14""",
    "MG-2": """2027-03-02 2027-04-13 2027-05-11 2027-06-08 2027-08-10 2027-09-07
               2027-10-05 2027-11-09 2027-12-07 2028-01-11 2028-02-01 2028-02-29""",
}
STARTS = {
    "2026-01-12": 3,
    "2026-02-02": 3,
    "2026-03-02": 2,
    "2026-06-01": 2,
    "2026-08-17": 5,
    "2026-09-01": 3,
}
UNITS = ("Barn och ungdom", "Vuxen", "Försörjningsstöd")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings("2026/2028", "2026-08-31", "2028-03-31", str(PLANNING_DATE), "uppsala"),
        "lov": breaks(
            ("Jullov", "2026-12-21", "2027-01-06"),
            ("Sommar", "2027-06-21", "2027-08-08"),
            ("Jullov", "2027-12-20", "2028-01-07"),
        ),
        "förvaltningar": organisations({"UP": ("Uppsala, socialförvaltningen", "uppsala")}),
        "utbildningar": programmes(),
        "moment": modules({"TD": THEMES, "MG": [f"Månadsträff {number}" for number in range(1, 13)]}),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def programmes() -> Table:
    """The group begins half a year after the start date; its meetings are three to ten weeks apart."""
    return [
        programme("TD", "Temadagar", sammanhållen="nej", i_ordning="nej", frist_månader=12),
        programme("MG", "Månadsgrupp", dagar_mellan=21, högst_dagar_mellan=70, frist_månader=21, tidigast_dag=182),
    ]


def rounds() -> Iterator[tuple[Row, Table]]:
    """The theme days every term, and two monthly groups."""
    hall = Slot(FULL_DAY, Venue("Stationshuset", "Fyrissalen"), "Birgit Sävjadal")
    circle = Slot(AFTERNOON, Venue("Socialkontoret", "Samtalsrummet"), "Albert Vaksala")
    for id_, dates in THEME_DAYS.items():
        yield round_(id_, "TD", 16), meetings(id_, days(dates), hall)
    for id_, dates in GROUPS.items():
        yield round_(id_, "MG", 10, min_deltagare=4), meetings(id_, days(dates), circle)


def people() -> Table:
    """18 who began from January to September; those of the spring have had their half-year."""
    starts = [day(written) for written, number in STARTS.items() for _ in range(number)]
    return hires(SEED, [_post(index, start) for index, start in enumerate(starts)])


def _post(index: int, start: date) -> Post:
    return Post("UP", "uppsala", UNITS[index % len(UNITS)], start, {"ärenden_från": monday_after(start, 42)})


if __name__ == "__main__":
    main()
