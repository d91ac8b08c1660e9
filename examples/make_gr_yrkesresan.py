"""Make the example ``gr-yrkesresan``: a region of 13 municipalities, 143 newly hired a year, six starts of Yrkesresan.

Each start has two groups of 25. Seats follow the municipalities'
shares; a group with too few participants is not given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

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
    spread,
    write,
)

NAME = "gr-yrkesresan"
PLANNING_DATE = date(2020, 12, 7)
SEED = 2020
ACCOUNTS = 286
"""Of people with 0 to 2 years in the profession in the region: about half of them are new in a year."""
HIRES = ACCOUNTS // 2
SEATS = 25
LEAST = 12

MUNICIPALITIES = {
    "GBG": ("Göteborg", "goteborg", 56),
    "KBA": ("Kungsbacka", "kungsbacka", 8),
    "MLN": ("Mölndal", "molndal", 6),
    "ALE": ("Ale", "ale", 3),
    "ALI": ("Alingsås", "alingsas", 4),
    "HAR": ("Härryda", "harryda", 4),
    "KUN": ("Kungälv", "kungalv", 4),
    "LER": ("Lerum", "lerum", 4),
    "LIL": ("Lilla Edet", "lillaedet", 1),
    "OCK": ("Öckerö", "ockero", 1),
    "PAR": ("Partille", "partille", 4),
    "STE": ("Stenungsund", "stenungsund", 3),
    "TJO": ("Tjörn", "tjorn", 2),
}
# The days of the first group of each start; the second one meets the day after.
COURSE_DAYS = (
    "2021-01-12 2021-01-26 2021-02-09 2021-02-23",
    "2021-03-02 2021-03-16 2021-03-30 2021-04-13",
    "2021-04-20 2021-05-04 2021-05-18 2021-06-01",
    "2021-08-24 2021-09-07 2021-09-21 2021-10-05",
    "2021-09-28 2021-10-12 2021-10-26 2021-11-09",
    "2021-11-16 2021-11-23 2021-12-07 2021-12-14",
)
# Invented: a start day for each half-month of the year, with the part of all who begin then.
STARTS = {
    "2020-11-16": 8,
    "2020-12-01": 10,
    "2021-01-07": 16,
    "2021-01-18": 9,
    "2021-02-01": 12,
    "2021-02-15": 7,
    "2021-03-01": 11,
    "2021-03-15": 7,
    "2021-04-06": 11,
    "2021-05-03": 9,
    "2021-06-01": 10,
    "2021-06-14": 6,
    "2021-08-02": 14,
    "2021-08-16": 17,
    "2021-09-01": 15,
    "2021-09-20": 9,
    "2021-10-01": 10,
}
GROUPS = {
    "A": Slot(FULL_DAY, Venue("Konferens Älvstranden", "Älvsalen"), "Berit Källmark, Jon Asplid"),
    "B": Slot(FULL_DAY, Venue("Konferens Älvstranden", "Ljusgården"), "Sahar Mirzad, Rut Bergfalk"),
}


def main() -> None:
    """Write the example."""
    given = list(rounds())
    tables = {
        "inställningar": settings("2021", "2021-01-11", "2021-12-17", str(PLANNING_DATE), "regionen"),
        "lov": breaks(("Sportlov", "2021-02-15", "2021-02-19"), ("Höstlov", "2021-11-01", "2021-11-05")),
        "förvaltningar": organisations({id_: (name, domain) for id_, (name, domain, _) in MUNICIPALITIES.items()}),
        "utbildningar": [
            programme("YR", "Yrkesresan Ny", dagar_mellan=7, högst_dagar_mellan=28, frist_månader=6, tidigast_dag=7),
            programme("WEBB", "Webbkurs om att utreda och dokumentera", frist_månader=2, form="egen tid", timmar=3),
        ],
        "moment": modules({"YR": ("Rollen och uppdraget", "Samtalet", "Utredning och analys", "Uppföljning")}),
        "omgångar": [row for row, _ in given],
        "tillfällen": [row for _, sessions in given for row in sessions],
        "kvoter": [row for round_row, _ in given for row in quotas(round_row)],
        "nyanställda": people(),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def rounds() -> Iterator[tuple[Row, Table]]:
    """Six starts of two groups, a day apart; whether the second group is worth giving is for the plan to say."""
    for number, written in enumerate(COURSE_DAYS, start=1):
        for later, (group, slot) in enumerate(GROUPS.items()):
            id_ = f"YR-{number}{group}"
            status = "förslag" if group == "B" else "fast"
            dates = [on + timedelta(days=later) for on in days(written)]
            yield round_(id_, "YR", SEATS, min_deltagare=LEAST, status=status), meetings(id_, dates, slot)


def quotas(round_row: Row) -> Iterator[Row]:
    """At most its share of a group, rounded up; the smallest ones, with a seat or two, may take one more."""
    for id_, (_, _, share) in MUNICIPALITIES.items():
        most = ceil(SEATS * share / 100)
        yield {"omgång": round_row["id"], "förvaltning": id_, "högst": most + (most < 3), "minst": None}


def people() -> Table:
    """All newly hired, dealt over the municipalities by their shares."""
    draw = Draw(SEED)
    shares = [share for _, _, share in MUNICIPALITIES.values()]
    counts = spread(HIRES, shares)
    employers = draw.shuffled([id_ for id_, n in zip(MUNICIPALITIES, counts, strict=True) for _ in range(n)])
    starts = [day(w) for w, n in zip(STARTS, spread(HIRES, list(STARTS.values())), strict=True) for _ in range(n)]
    return hires(SEED, [_post(*both, draw) for both in zip(employers, starts, strict=True)])


def _post(municipality: str, start: date, draw: Draw) -> Post:
    name, domain, share = MUNICIPALITIES[municipality]
    unit = (
        f"{('Barn och unga', 'Mottagning', 'Familjehem')[draw.number(3)]} {name} {1 + draw.number(max(1, share // 8))}"
    )
    return Post(municipality, domain, unit, start, {"ärenden_från": monday_after(start, 7 * (6 + draw.number(5)))})


if __name__ == "__main__":
    main()
