"""The Göteborg example as it is in mid-October: what has come in since the plan was made in August."""

import csv
from collections.abc import Callable
from pathlib import Path

PLANNING_DATE = "2026-10-14"
Row = dict[str, str]

LATE = """\
q01;Ebba Sandvik;ebba.sandvik@nordost.example;NO;Barn och unga Angered;2026-10-12;2027-01-11;barn och unga
q02;Yusuf Demir;yusuf.demir@nordost.example;NO;Mottagning Nordost;2026-10-19;2027-01-11;barn och unga
q03;Linn Åkerlund;linn.akerlund@centrum.example;CE;Vuxen Linné;2026-10-19;2027-01-18;vuxna
q04;Oskar Bergvall;oskar.bergvall@centrum.example;CE;Ekonomiskt bistånd Centrum;2026-11-02;2027-01-25;ekonomiskt bistånd
q05;Selma Nordin;selma.nordin@sydvast.example;SV;Vuxen Sydväst;2026-10-19;2027-01-11;vuxna
q06;Hugo Friberg;hugo.friberg@sydvast.example;SV;Barn och unga Frölunda;2026-11-02;2027-01-25;barn och unga
q07;Maryam Hosseini;maryam.hosseini@hisingen.example;HI;Ekonomiskt bistånd Hisingen;2026-10-19;2027-01-11;\
ekonomiskt bistånd
q08;Tove Malmsten;tove.malmsten@funktionsstod.example;FS;Myndighet vuxna norr;2026-10-26;2027-01-18;funktionsnedsättning
q09;Elis Rydell;elis.rydell@aldrevardomsorg.example;AV;Bistånd väster;2026-10-26;2027-01-18;äldre
q10;Nadja Österman;nadja.osterman@aldrevardomsorg.example;AV;Bistånd öster;2026-11-02;2027-01-25;äldre
"""
"""Ten late recruits, from every administration."""

STAYS_UNTIL_OCTOBER, GONE = "p092", "p103"
ABSENT = "p096"


def write_october(example: Path, folder: Path) -> Path:
    """The example's tables with ten late recruits, two leavers, a cancelled session, a smaller round and an absence."""
    folder.mkdir(parents=True)
    for table in sorted(example.glob("*.csv")):
        _rewrite(table, folder / table.name, _CHANGES.get(table.stem, lambda rows: rows))
    return folder


def _rewrite(source: Path, target: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        changed = change(list(rows))
        columns = dict.fromkeys([*(rows.fieldnames or ()), *(column for row in changed for column in row)])
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(changed)


def _hires(rows: list[Row]) -> list[Row]:
    columns = ("id", "namn", "e-post", "förvaltning", "enhet", "anställd_från", "ärenden_från", "målgrupp")
    late = [dict(zip(columns, line.split(";"), strict=True)) for line in LATE.splitlines()]
    stay = [row for row in rows if row["id"] != GONE]
    return [*_changed(stay, "id", STAYS_UNTIL_OCTOBER, slutar="2026-10-31"), *late]


def _changed(rows: list[Row], column: str, value: str, **cells: str) -> list[Row]:
    assert any(row[column] == value for row in rows)
    return [row | cells if row[column] == value else row for row in rows]


def _sessions(rows: list[Row]) -> list[Row]:
    cancelled = {"omgång": "HS-CE-4", "moment": "2"}
    return [row | {"status": "inställd"} if row | cancelled == row else row for row in rows]


_CHANGES: dict[str, Callable[[list[Row]], list[Row]]] = {
    "nyanställda": _hires,
    "tillfällen": _sessions,
    "omgångar": lambda rows: _changed(rows, "id", "CI-4", platser="21"),
    "frånvaro": lambda rows: [*rows, {"nyanställd": ABSENT, "från": "2026-11-23", "till": "2026-11-27"}],
}
