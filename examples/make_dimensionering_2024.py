"""Make the example ``dimensionering-2024``: how many starts of
Yrkesresan a term Göteborg's four social administrations need.

200 hires a year, of whom part work with children and the young;
the candidates are five starts a term, of which the answer chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from making import (
    FULL_DAY,
    Row,
    Slot,
    Venue,
    breaks,
    day,
    destination,
    meetings,
    modules,
    organisations,
    programme,
    round_,
    settings,
    write,
)

NAME = "dimensionering-2024"
PLANNING_DATE = date(2024, 6, 3)
PROGRAMME = "YR"
SEATS = 20
HIRES = {"NO": 62, "CE": 58, "SV": 36, "HI": 44}
"""A year. Three are those of 2023; the fourth is what is left of about 200."""
CHILDREN = 0.6
"""Of the hires work with children and the young: assumed."""
ORGANISATIONS = {
    "NO": ("Socialförvaltningen Nordost", "nordost"),
    "CE": ("Socialförvaltningen Centrum", "centrum"),
    "SV": ("Socialförvaltningen Sydväst", "sydvast"),
    "HI": ("Socialförvaltningen Hisingen", "hisingen"),
}
MONTHS = (
    *(("2024-08", 26), ("2024-09", 22), ("2024-10", 18), ("2024-11", 14), ("2024-12", 8), ("2025-01", 24)),
    *(("2025-02", 16), ("2025-03", 16), ("2025-04", 14), ("2025-05", 12), ("2025-06", 16), ("2025-07", 14)),
)
"""How the 200 are spread over the year: assumed, most after the summer and after the turn of the year."""
FIRST_DAYS = {
    "HT24": "2024-08-27 2024-09-10 2024-09-24 2024-10-08 2024-10-22",
    "VT25": "2025-01-21 2025-02-04 2025-02-25 2025-03-18 2025-04-08",
    "HT25": "2025-08-26 2025-09-09 2025-09-23 2025-10-07 2025-10-21",
}
TRAINERS = ("Berit Källmark", "Jon Asplid", "Sahar Mirzad", "Ingela Rönnfors", "Petter Sundhage")
"""One for each start of a term, each in a room of her own: so all could run."""


def main() -> None:
    """Write the example."""
    firsts = [(f"YR-{term}-{n}", day(w)) for term, days in FIRST_DAYS.items() for n, w in enumerate(days.split(), 1)]
    tables = {
        "inställningar": settings("2024/2025", "2024-08-19", "2026-01-31", str(PLANNING_DATE), "goteborg"),
        "lov": breaks(
            ("Höstlov", "2024-10-28", "2024-11-01"),
            ("Sportlov", "2025-02-10", "2025-02-14"),
            ("Höstlov", "2025-10-27", "2025-10-31"),
        ),
        "förvaltningar": organisations(ORGANISATIONS),
        "utbildningar": [
            programme(
                PROGRAMME, "Yrkesresan Ny", dagar_mellan=7, frist_månader=6, målgrupp="barn och unga", blandad="ja"
            )
        ],
        "moment": modules(
            {PROGRAMME: ("Rollen och uppdraget", "Samtalet", "Utredning och analys", "Samverkan och uppföljning")}
        ),
        "omgångar": [round_(id_, PROGRAMME, SEATS, status="förslag") for id_, _ in firsts],
        "tillfällen": [row for id_, first in firsts for row in meetings(id_, _days(first), _hall(id_))],
        "prognos": list(_forecast()),
    }
    write(destination(NAME), NAME, tables, PLANNING_DATE)


def _hall(round_id: str) -> Slot:
    number = int(round_id[-1])
    return Slot(FULL_DAY, Venue("Konferens Älvstranden", f"Sal {number}"), TRAINERS[number - 1])


def _days(first: date) -> list[date]:
    """Four days, two weeks apart; a day in the autumn or winter break is moved a week."""
    closed = {date(2024, 10, 29), date(2025, 10, 28), date(2025, 2, 11)}
    days = [first + timedelta(days=14 * n) for n in range(4)]
    return [one + timedelta(days=7) if one in closed else one for one in days]


def _forecast() -> Iterator[Row]:
    """Rows of those who work with children and the young, and of the others, who do not go."""
    total = sum(number for _, number in MONTHS)
    for month, number in MONTHS:
        for organisation, hires in HIRES.items():
            expected = hires * number / total
            for group, share in (("barn och unga", CHILDREN), ("vuxna", 1 - CHILDREN)):
                yield {
                    "månad": month,
                    "förvaltning": organisation,
                    "antal": f"{expected * share:.3f}",
                    "målgrupp": group,
                }


if __name__ == "__main__":
    main()
