"""Make the example ``stockholm-grund``: fourteen districts that choose
the central basic course alone, or the advanced one after it too.

Which districts chose both stands in the column ``förvaltning`` of the advanced course.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from making import (
    FULL_DAY,
    Draw,
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

NAME = "stockholm-grund"
PLANNING_DATE = date(2016, 8, 8)
SEED = 2016

DISTRICTS = {
    "RK": ("Rinkeby-Kista", "rinkebykista"),
    "ST": ("Spånga-Tensta", "spangatensta"),
    "HV": ("Hässelby-Vällingby", "hasselby"),
    "BR": ("Bromma", "bromma"),
    "KU": ("Kungsholmen", "kungsholmen"),
    "NM": ("Norrmalm", "norrmalm"),
    "OM": ("Östermalm", "ostermalm"),
    "SM": ("Södermalm", "sodermalm"),
    "EA": ("Enskede-Årsta-Vantör", "enskede"),
    "SK": ("Skarpnäck", "skarpnack"),
    "FA": ("Farsta", "farsta"),
    "AL": ("Älvsjö", "alvsjo"),
    "HL": ("Hägersten-Liljeholmen", "hagersten"),
    "SH": ("Skärholmen", "skarholmen"),
}
# Invented: these chose the basic course alone.
BASIC_ALONE = ("NM", "OM", "KU", "BR", "SM")

STARTS = days("2016-06-01 2016-08-15 2016-08-22 2016-09-05 2016-10-03 2016-11-07 2017-01-09 2017-02-06")

BASIC = {"GK-1": "2016-09-06", "GK-2": "2016-10-04", "GK-3": "2016-11-15", "GK-4": "2017-01-17", "GK-5": "2017-03-07"}
ADVANCED = {"FK-1": "2016-11-22", "FK-2": "2017-03-14", "FK-3": "2017-04-18"}
COURSE = Slot(FULL_DAY, Venue("Kurslokal Klara", "Sal 1"), "Malva Rosendahl, Edit Brunnsjö")
DEEPENING = Slot(FULL_DAY, Venue("Kurslokal Klara", "Sal 2"), "Hjalmar Stenvik")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings(
            "Läsåret 2016/2017", "2016-09-01", "2017-06-09", str(PLANNING_DATE), "stockholm", frist_månader=4
        ),
        "lov": breaks(
            ("Höstlov", "2016-10-31", "2016-11-04"),
            ("Jullov", "2016-12-22", "2017-01-05"),
            ("Sportlov", "2017-02-27", "2017-03-03"),
        ),
        "förvaltningar": organisations(DISTRICTS),
        "utbildningar": programmes(),
        "moment": modules(
            {
                "GK": ("Uppdraget", "Barnet i centrum", "Utredning", "Dokumentation"),
                "FK": ("Svåra samtal", "Analys", "Uppföljning"),
            }
        ),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def programmes() -> Table:
    """The basic course for all, the advanced one after it within a year for the districts that chose both."""
    both = ", ".join(district for district in DISTRICTS if district not in BASIC_ALONE)
    return [
        programme("GK", "Central grundkurs", dagar_mellan=6, blandad="ja", vikt=2),
        programme(
            "FK", "Fördjupningskurs", dagar_mellan=6, frist_månader=12, efter="GK", blandad="ja", förvaltning=both
        ),
    ]


def rounds() -> Iterator[tuple[Row, Table]]:
    """Both courses, a day a week."""
    for id_, first in BASIC.items():
        yield round_(id_, "GK", 24, min_deltagare=10, reserv=2), meetings(id_, _weekly(first, 4), COURSE)
    for id_, first in ADVANCED.items():
        dates = _weekly(first, 3)
        yield round_(id_, "FK", 24, min_deltagare=10, status="förslag"), meetings(id_, dates, DEEPENING)


def _weekly(first: str, times: int) -> list[date]:
    return [day(first) + timedelta(days=7 * week) for week in range(times)]


def people() -> Table:
    """Eight in each district but the smaller ones, spread over the year."""
    draw = Draw(SEED)
    return hires(
        SEED,
        [
            _post(district, STARTS[(index + place) % len(STARTS)], draw)
            for place, district in enumerate(DISTRICTS)
            for index in range(8 if district not in ("AL", "KU") else 4)
        ],
    )


def _post(district: str, start: date, draw: Draw) -> Post:
    name, domain = DISTRICTS[district]
    unit = f"{('Barn och unga', 'Mottagning', 'Vuxna')[draw.number(3)]} {name}"
    cases = monday_after(start, 7 * (5 + draw.number(4)))
    return Post(district, domain, unit, start, {"ärenden_från": cases})


if __name__ == "__main__":
    main()
