"""Make the example ``traineer``: 30 students, employed one weekday
a week for 20 weeks, who share sessions with the newly hired.
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
    meetings,
    modules,
    monday_after,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "traineer"
PLANNING_DATE = date(2026, 8, 3)
SEED = 30
FIRST_DAY, WEEKS = date(2026, 8, 31), 20
WEEKDAYS = ("mån", "tis", "ons", "tors", "fre")

# Students: Hisingen 10, Nordost 10, Sydväst 5, Centrum 5; the number of newly hired is invented.
ADMINISTRATIONS = {
    "NO": ("Socialförvaltningen Nordost", "nordost", 10, 13),
    "CE": ("Socialförvaltningen Centrum", "centrum", 5, 12),
    "SV": ("Socialförvaltningen Sydväst", "sydvast", 5, 8),
    "HI": ("Socialförvaltningen Hisingen", "hisingen", 10, 9),
}
UNITS = ("Barn och unga", "Vuxen", "Ekonomiskt bistånd")
STARTS = ("2026-08-17", "2026-08-31", "2026-09-14")

# Not in the weeks of the seminars: those of the same weekday are in both.
SHARED_DAYS = {
    "mån": "2026-09-14 2026-09-21",
    "tis": "2026-09-22 2026-10-06",
    "ons": "2026-10-07 2026-10-14",
    "tors": "2026-11-05 2026-11-19",
    "fre": "2026-11-20 2026-12-04",
}
# A complement of one administration alone, on every weekday once.
LOCAL_DAYS = "2026-09-28 2026-10-13 2026-11-11 2026-10-22 2026-10-09"
LOCAL = Slot(MORNING, Venue("Kontoret Gamlestaden", "Säveån"), "Rut Bergfalk")
SHARED = Slot(FULL_DAY, Venue("Kurshuset Packhuset", "Hamnsalen"), "Gunvor Stråhle, Tage Lindevall")
SEMINAR = Slot(AFTERNOON, Venue("Kontoret Vasa", "Kupan"), "Pia Norrblad")


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings("HT 2026", "2026-08-31", "2027-01-15", str(PLANNING_DATE), "goteborg"),
        "lov": breaks(("Höstlov", "2026-10-26", "2026-10-30"), ("Jullov", "2026-12-21", "2027-01-06")),
        "förvaltningar": organisations({id_: (name, domain) for id_, (name, domain, _, _) in ADMINISTRATIONS.items()}),
        "utbildningar": [
            programme("CI", "Central introduktion", sammanhållen="nej", dagar_mellan=7, blandad="ja", vikt=2),
            programme("TS", "Traineeseminarium", dagar_mellan=14, högst_dagar_mellan=35, målgrupp="trainee"),
            programme("LVU", "Nordosts egen halvdag om LVU", förvaltning="NO"),
        ],
        "moment": modules(
            {
                "CI": ("Stadens uppdrag och styrning", "Rollen som socialsekreterare"),
                "TS": ("Att skugga", "Att samtala", "Att utreda", "Att gå vidare"),
                "LVU": ("LVU i Nordost",),
            }
        ),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def rounds() -> Iterator[tuple[Row, Table]]:
    """All programmes on every weekday, so that each student can come on hers."""
    for weekday, written in SHARED_DAYS.items():
        id_ = f"CI-{weekday}"
        yield round_(id_, "CI", 16, min_deltagare=8, reserv=1), meetings(id_, days(written), SHARED)
    for number, on in enumerate(days(LOCAL_DAYS), start=1):
        id_ = f"LVU-{number}"
        yield round_(id_, "LVU", 8, förvaltning="NO"), meetings(id_, [on], LOCAL)
    for number, weekday in enumerate(WEEKDAYS):
        first = FIRST_DAY + timedelta(days=7 + number)
        dates = [first + timedelta(days=21 * module) for module in range(4)]
        id_ = f"TS-{weekday}"
        yield round_(id_, "TS", 8, min_deltagare=3), meetings(id_, dates, SEMINAR)


def people() -> Table:
    """The students and the newly hired of the four administrations."""
    draw = Draw(SEED)
    return hires(SEED, [post for id_ in ADMINISTRATIONS for post in _posts(id_, draw)])


def _posts(id_: str, draw: Draw) -> Iterator[Post]:
    name, domain, students, newly_hired = ADMINISTRATIONS[id_]
    area = name.removeprefix("Socialförvaltningen ")
    for index in range(students):
        student: Row = {
            "slutar": FIRST_DAY + timedelta(days=7 * WEEKS - 3),
            "arbetsdagar": WEEKDAYS[index % len(WEEKDAYS)],
            "målgrupp": "trainee",
        }
        yield Post(id_, domain, f"{UNITS[index % len(UNITS)]} {area}", FIRST_DAY, student)
    for index in range(newly_hired):
        start = day(STARTS[draw.number(len(STARTS))])
        cases: Row = {"ärenden_från": monday_after(start, 7 * (5 + draw.number(4)))}
        yield Post(id_, domain, f"{UNITS[index % len(UNITS)]} {area}", start, cases)


if __name__ == "__main__":
    main()
