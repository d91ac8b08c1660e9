"""Make the example ``jonkoping``: a course of ten days given as half-days, one start a term.

Each of the ten modules is two half-days; the experienced take some modules only, and have the others credited.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from making import (
    MORNING,
    Post,
    Row,
    Slot,
    Table,
    Venue,
    breaks,
    day,
    destination,
    hires,
    meeting,
    modules,
    monday_after,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "jonkoping"
PLANNING_DATE = date(2026, 8, 3)
SEED = 10
DAYS = 10
# Tuesdays of the ten weeks; the second half-day of a module follows on the Thursday.
TUESDAYS = {
    "JK-HT": [day("2026-09-01") + timedelta(days=7 * week) for week in range(11) if week != 8],
    "JK-VT": [day("2027-01-19") + timedelta(days=7 * week) for week in range(11) if week != 4],
}
STARTS = {"2026-06-15": 2, "2026-08-10": 5, "2026-08-24": 5, "2026-09-21": 3, "2026-11-02": 3, "2027-01-07": 6}
UNITS = ("Barn och unga öster", "Barn och unga väster", "Vuxen", "Ekonomiskt bistånd")
# Experienced: the law and the methods they know already.
KNOWN = ", ".join(f"JK:{number}" for number in (1, 2, 4, 5, 8, 9))
COURSE = Slot(MORNING, Venue("Kurshuset Munksjön", "Vättersalen"), "Tyra Lindgård, Valfrid Hökensås")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings("2026/2027", "2026-08-24", "2027-06-11", str(PLANNING_DATE), "jonkoping"),
        "lov": breaks(
            ("Höstlov", "2026-10-26", "2026-10-30"),
            ("Jullov", "2026-12-21", "2027-01-08"),
            ("Sportlov", "2027-02-15", "2027-02-19"),
        ),
        "förvaltningar": organisations({"JK": ("Jönköping, socialförvaltningen", "jonkoping")}),
        "utbildningar": [
            programme("JK", "Introduktionskurs", dagar_mellan=5, högst_dagar_mellan=14, frist_månader=12, vikt=2)
        ],
        "moment": modules({"JK": [f"Kursdag {number}" for number in range(1, DAYS + 1)]}),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def rounds() -> Iterator[tuple[Row, Table]]:
    """One start a term; a course day is two mornings of one week."""
    for id_, tuesdays in TUESDAYS.items():
        mornings = [
            meeting(id_, number, tuesday + timedelta(days=later), COURSE)
            for number, tuesday in enumerate(tuesdays, start=1)
            for later in (0, 2)
        ]
        yield round_(id_, "JK", 14, min_deltagare=6, reserv=1), mornings


def people() -> Table:
    """24 in a year, every sixth experienced."""
    starts = [day(written) for written, number in STARTS.items() for _ in range(number)]
    return hires(SEED, [_post(index, start) for index, start in enumerate(starts)])


def _post(index: int, start: date) -> Post:
    experienced = index % 6 == 2
    others: Row = {
        "ärenden_från": monday_after(start, 7 * (2 if experienced else 6)),
        "erfaren": "ja" if experienced else None,
        "tillgodoräknas": KNOWN if experienced else None,
    }
    return Post("JK", "jonkoping", UNITS[index % len(UNITS)], start, others)


if __name__ == "__main__":
    main()
