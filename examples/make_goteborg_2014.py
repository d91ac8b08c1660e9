"""Make the example ``goteborg-2014``: the 2014 proposal for ten districts and 280 hires a year, in two parts.

Part one is 1.5 + 0.5 + 0.5 days within four months, once a month outside the summer: nine rounds. Part two is 12.5 days
in 19 themes, promised to all within two years, in any order; experienced staff may join in single themes. Each theme is
a programme of its own, so that what a year cannot hold waits for the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from making import (
    AFTERNOON,
    FULL_DAY,
    MORNING,
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
    meeting,
    modules,
    monday_after,
    organisations,
    programme,
    round_,
    settings,
    spread,
    write,
)

NAME = "goteborg-2014"
PLANNING_DATE = date(2014, 5, 5)
SEED = 2014
PART_ONE = "DEL1"
HIRES = 280

# The least that can do: nine rounds of 31 seats are 279.
SEATS = 32
FIRST_DAYS = "2014-09-09 2014-10-07 2014-11-11 2014-12-02 2015-01-20 2015-02-17 2015-03-17 2015-04-14 2015-05-19"

DISTRICTS = {
    "AN": ("Angered", "angered"),
    "OG": ("Östra Göteborg", "ostra"),
    "OH": ("Örgryte-Härlanda", "orgryte"),
    "CE": ("Centrum", "centrum"),
    "ML": ("Majorna-Linné", "majorna"),
    "AF": ("Askim-Frölunda-Högsbo", "askim"),
    "VG": ("Västra Göteborg", "vastra"),
    "VH": ("Västra Hisingen", "vhisingen"),
    "LU": ("Lundby", "lundby"),
    "NH": ("Norra Hisingen", "nhisingen"),
}
# Invented proportions: the proposal says ten districts and about 280 in all.
SHARES = (15, 14, 8, 9, 9, 10, 9, 11, 7, 8)

# Hires from June to May who reach one of the nine rounds; most come after the summer and after the turn of the year.
STARTS = {
    "2014-06-02": 10,
    "2014-06-16": 10,
    "2014-07-01": 6,
    "2014-08-04": 16,
    "2014-08-18": 22,
    "2014-09-01": 24,
    "2014-09-15": 14,
    "2014-10-01": 18,
    "2014-10-20": 10,
    "2014-11-03": 14,
    "2014-11-17": 10,
    "2014-12-01": 12,
    "2015-01-07": 24,
    "2015-01-19": 10,
    "2015-02-02": 16,
    "2015-02-16": 8,
    "2015-03-02": 14,
    "2015-03-16": 8,
    "2015-04-01": 12,
    "2015-04-20": 10,
    "2015-05-04": 12,
}

# 19 themes, 12.5 days: six whole days and thirteen half-days. All but the last four, 10.5 days, follow the handling
# process.
WHOLE_DAY_THEMES = (
    "Aktualisera och förhandsbedöma",
    "Inleda och planera en utredning",
    "Utreda: samtal och möten",
    "Analysera och bedöma",
    "Besluta och verkställa",
    "Följa upp och avsluta",
)
HALF_DAY_THEMES = (
    "Orosanmälan",
    "Skyddsbedömning",
    "Barnets röst i utredningen",
    "Dokumentation under utredningen",
    "Risk och behov",
    "Kommunicera ett förslag till beslut",
    "Beslut som överklagas",
    "Vårdplan och genomförandeplan",
    "Överväga och ompröva",
    "Våld i nära relationer",
    "Samverkan med skola och vård",
    "Sekretess",
    "Hot, våld och egen hållbarhet",
)
OTHER_THEMES = 4
"""So many of the half-days, the last ones, are about something else than the handling process."""
THEMES = WHOLE_DAY_THEMES + HALF_DAY_THEMES

# Each theme twice in the spring: on Thursdays in order (but for Ascension Day), on Tuesdays in reverse order.
THURSDAYS = [day("2015-01-15") + timedelta(days=7 * week) for week in range(20) if week != 17]
TUESDAYS = [day("2015-01-13") + timedelta(days=7 * week) for week in range(19)]
# Promised to all 280 within two years, so half of the places are needed in a year: 19 x 2 x 70.
THEME_SEATS = HIRES // 4

HALL = Venue("Kurshuset Norra Hamngatan", "Stora salen")
STUDIO = Venue("Kurshuset Norra Hamngatan", "Studion")


def main() -> None:
    """Write the example."""
    tables = {
        "inställningar": settings(
            "Läsåret 2014/2015", "2014-09-01", "2015-09-30", str(PLANNING_DATE), "goteborg", frist_månader=4
        ),
        "lov": breaks(("Höstlov", "2014-10-27", "2014-10-31"), ("Jullov", "2014-12-22", "2015-01-06")),
        "förvaltningar": organisations(DISTRICTS),
        "utbildningar": programmes(),
        "moment": modules({PART_ONE: ("Stadens uppdrag", "Rollen", "Uppföljning")}),
        "omgångar": [row for row, _ in rounds()],
        "tillfällen": [row for _, sessions in rounds() for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def programmes() -> Table:
    """Part one in order and with days between to practise at home; then the themes in any order, within two years."""
    return [
        programme(PART_ONE, "Gemensam introduktion, del 1", i_ordning="ja", dagar_mellan=6, blandad="ja", vikt=2),
        *(
            programme(theme_id(number), f"Tema: {theme}", frist_månader=24, tidigast_dag=120)
            for number, theme in enumerate(THEMES, start=1)
        ),
    ]


def theme_id(number: int) -> str:
    """``T01`` to ``T19``."""
    return f"T{number:02}"


def rounds() -> Iterator[tuple[Row, Table]]:
    """Each round with its sessions."""
    for number, first in enumerate(days(FIRST_DAYS), start=1):
        yield part_one(f"{PART_ONE}-{number}", first)
    for number in range(1, len(THEMES) + 1):
        for term in (1, 2):
            yield part_two(number, term)


def part_one(id_: str, first: date) -> tuple[Row, Table]:
    """A day and a half, then two half-days a week or more apart."""
    whole = Slot(FULL_DAY, HALL, "Gunvor Stråhle, Tage Lindevall")
    half = whole._replace(hours=MORNING)
    sessions = [
        meeting(id_, 1, first, whole),
        meeting(id_, 1, first + timedelta(days=1), half),
        meeting(id_, 2, first + timedelta(days=8), half),
        meeting(id_, 3, first + timedelta(days=15), half),
    ]
    return round_(id_, PART_ONE, SEATS, min_deltagare=10), sessions


def part_two(number: int, term: int) -> tuple[Row, Table]:
    """One theme on one day: the first six take a whole day, the other thirteen half a day."""
    hours = FULL_DAY if number <= len(WHOLE_DAY_THEMES) else AFTERNOON
    id_ = f"{theme_id(number)}-{term}"
    on = THURSDAYS[number - 1] if term == 1 else TUESDAYS[-number]
    return round_(id_, theme_id(number), THEME_SEATS), [meeting(id_, 1, on, Slot(hours, STUDIO, "Berit Källmark"))]


def people() -> Table:
    """280 new hires, dealt over districts and start dates, and experienced staff who join single themes."""
    draw = Draw(SEED)
    districts = draw.shuffled(
        [id_ for id_, number in zip(DISTRICTS, spread(HIRES, SHARES), strict=True) for _ in range(number)]
    )
    starts = [day(written) for written, number in STARTS.items() for _ in range(number)]
    new = [
        _post(district, start, {"ärenden_från": monday_after(start, 7 * (4 + draw.number(5)))})
        for district, start in zip(districts, starts, strict=True)
    ]
    return hires(SEED, [*new, *_experienced(draw)])


def _experienced(draw: Draw) -> Iterator[Post]:
    """Two of each district, employed the year before; the themes they asked for are all they take."""
    for district in DISTRICTS:
        for start in days("2013-08-19 2013-11-04"):
            wanted = ", ".join(map(theme_id, sorted(draw.shuffled(range(1, len(THEMES) + 1))[:3])))
            yield _post(district, start, {"erfaren": "ja", "utbildningar": wanted})


def _post(district: str, start: date, others: Row) -> Post:
    name, domain = DISTRICTS[district]
    unit = f"{('Barn och unga', 'Vuxna', 'Ekonomiskt bistånd')[start.day % 3]} {name}"
    return Post(district, domain, unit, start, others)


if __name__ == "__main__":
    main()
