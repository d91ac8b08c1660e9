"""Make the example ``goteborg-vt2027``: the spring after
``goteborg-ht2026``, with those who still had something left to do.

What came over from the autumn lies in ``fran-ht2026``, as ``terminsplan nasta-termin``
wrote it after the plan of December (``make chain`` does that again). Here the
coordinator's part is added: the term, its breaks, rounds and sessions, and new hires.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from make_goteborg import (
    ADULTS,
    CENTRAL,
    CENTRE,
    CHILDREN,
    DISABILITY,
    ELDERLY,
    GUESTS,
    HISINGEN,
    INCOME,
    JOURNEY,
    NORTH_EAST,
    SOUTH_WEST,
    Running,
)
from make_goteborg_chain import new_names, recruit
from making import AFTERNOON, EXAMPLES, MORNING, Row, Slot, Table, breaks, destination, meetings, round_, write

NAME = "goteborg-vt2027"
CARRIED = EXAMPLES / NAME / "fran-ht2026"
PLANNING_DATE = date(2027, 1, 4)
FIRST_NUMBER = 121
TERM: Mapping[str, str] = {
    "termin": "VT 2027",
    "terminsstart": "2027-01-18",
    "terminsslut": "2027-06-11",
    "planeringsdag": str(PLANNING_DATE),
}

# Ids that no round of the autumn had: the calendars of both terms may lie in the same place.
ROUNDS = {
    "CI-V1": Running(CENTRAL, 24, "20/1 27/1"),
    "CI-V2": Running(CENTRAL, 20, "24/2 10/3"),
    "CI-V3": Running(CENTRAL, 20, "7/4 21/4"),
    "CI-V4": Running(CENTRAL, 20, "12/5 26/5", proposed=True),
    "YR-V1": Running(JOURNEY, 10, "26/1 9/2 23/2 9/3"),
    "YR-V2": Running(JOURNEY, 10, "16/3 6/4 20/4 4/5"),
    "YR-V3": Running(JOURNEY, 10, "27/4 11/5 25/5 8/6", proposed=True, trainers="Jon Asplid, Sahar Mirzad"),
    "HS-NO-V1": Running(NORTH_EAST, 8, "1/2 8/2 22/2 1/3 8/3"),
    "HS-NO-V2": Running(NORTH_EAST, 4, "15/3 22/3 5/4 12/4 19/4"),
    "HS-NO-V3": Running(NORTH_EAST, 4, "3/5 10/5 17/5 24/5 31/5"),
    "HS-CE-V1": Running(CENTRE, 6, "4/2 11/2 25/2 4/3 11/3"),
    "HS-CE-V2": Running(CENTRE._replace(hours=AFTERNOON), 4, "11/3 18/3 25/3 8/4 15/4"),
    "HS-CE-V3": Running(CENTRE, 4, "22/4 29/4 13/5 20/5 27/5", proposed=True),
    "HS-SV-V1": Running(SOUTH_WEST, 6, "29/1 5/2 12/2 26/2 5/3"),
    "HS-SV-V2": Running(
        SOUTH_WEST._replace(open_to="SV, HI", hours=AFTERNOON), 5, "5/3 12/3 19/3 9/4 16/4", proposed=True
    ),
    "HS-HI-V1": Running(HISINGEN, 6, "1/2 8/2 22/2 1/3 8/3"),
    "HS-HI-V2": Running(HISINGEN, 4, "3/5 10/5 17/5 24/5 31/5", proposed=True),
    "HS-FA-V1": Running(GUESTS, 8, "4/2 11/2 25/2 4/3 11/3"),
    "HS-FA-V2": Running(GUESTS._replace(hours=MORNING), 5, "11/3 18/3 25/3 8/4 15/4", proposed=True),
}
POSTS = (
    ("NO", "Barn och unga Angered", CHILDREN),
    ("CE", "Barn och unga Örgryte", CHILDREN),
    ("SV", "Barn och unga Frölunda", CHILDREN),
    ("HI", "Barn och unga Biskopsgården", CHILDREN),
    ("NO", "Vuxen Kortedala", ADULTS),
    ("CE", "Vuxen Linné", ADULTS),
    ("FS", "Myndighet vuxna söder", DISABILITY),
    ("NO", "Ekonomiskt bistånd Gamlestaden", INCOME),
    ("HI", "Vuxen Lundby", ADULTS),
    ("AV", "Bistånd väster", ELDERLY),
)
STARTS = {"2027-01-11": 8, "2027-02-01": 8, "2027-03-01": 7, "2027-04-01": 5, "2027-05-03": 4}


def main(carried: Path = CARRIED) -> None:
    """Write the example."""
    write(destination(NAME), NAME, tables(carried), PLANNING_DATE)


def tables(carried: Path) -> dict[str, Table]:
    """What came over, filled in."""
    over = {path.stem: list(_rows(path)) for path in sorted(carried.glob("*.csv"))}
    given = list(ROUNDS.items())
    return {
        "inställningar": [
            {**row, "värde": TERM.get(str(row["nyckel"]), row["värde"])} for row in over["inställningar"]
        ],
        "lov": breaks(("Sportlov", "2027-02-15", "2027-02-19"), ("Påsklov", "2027-03-29", "2027-04-02")),
        "förvaltningar": over["förvaltningar"],
        "utbildningar": over["utbildningar"],
        "moment": over["moment"],
        "omgångar": [_round(id_, running) for id_, running in given],
        "tillfällen": [row for id_, running in given for row in _sessions(id_, running)],
        "nyanställda": [*over["nyanställda"], *_new_hires()],
        "mentorer": over["mentorer"],
        "uppgifter": over["uppgifter"],
    }


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if not next(iter(row.values())).startswith("Exempel:"):
                yield {column: cell or None for column, cell in row.items()}


def _round(id_: str, running: Running) -> Row:
    course = running.course
    return round_(
        id_,
        course.programme,
        running.seats,
        förvaltning=course.open_to,
        min_deltagare=course.min_participants,
        reserv=course.reserve,
        status="förslag" if running.proposed else "fast",
    )


def _sessions(id_: str, running: Running) -> Table:
    course = running.course
    slot = Slot(course.hours, running.venue or course.venue, running.trainers or course.trainers)
    dates = [date(2027, int(month), int(day_)) for day_, month in (word.split("/") for word in running.days.split())]
    return meetings(id_, dates, slot)


def _new_hires() -> Iterator[Row]:
    """Numbered on from the autumn's, with names that nobody had then."""
    starts = [start for start, number in STARTS.items() for _ in range(number)]
    # The first names that are free in August are the autumn's late recruits.
    invented = new_names(FIRST_NUMBER + len(starts))[-len(starts) :]
    for number, (start, name) in enumerate(zip(starts, invented, strict=True), start=FIRST_NUMBER):
        organisation, unit, group = POSTS[(number - FIRST_NUMBER) % len(POSTS)]
        yield recruit(number, name, (organisation, unit, group, start))


if __name__ == "__main__":
    main()
