"""Make what came after August in ``goteborg-ht2026``: the tables as
they stood when the term was planned again, in October and December.

Each is the whole input of its day, as the coordinator keeps it: the tables of August with what has happened since.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import make_goteborg as august
from making import HIRE_COLUMNS, Draw, Row, Table, address, day, destination, monday_after, names, write_csv

OCTOBER, DECEMBER = "oktober", "december"
PLANNING_DAYS = {OCTOBER: date(2026, 10, 5), DECEMBER: date(2026, 12, 1)}
SEED = 2027
FIRST_NUMBER = sum(august.HIRES.values()) + 1

Tables = dict[str, Table]
Post = tuple[str, str, str, str]

# Late recruits: administration, unit, target group and start date.
LATE = {
    OCTOBER: (
        ("NO", "Mottagning Nordost", august.CHILDREN, "2026-10-05"),
        ("CE", "Vuxen Linné", august.ADULTS, "2026-10-12"),
        ("HI", "Barn och unga Backa", august.CHILDREN, "2026-10-12"),
        ("SV", "Barn och unga Högsbo", august.CHILDREN, "2026-10-19"),
        ("FS", "Myndighet vuxna norr", august.DISABILITY, "2026-11-02"),
        ("NO", "Vuxen Kortedala", august.ADULTS, "2026-11-09"),
    ),
    DECEMBER: (
        ("CE", "Barn och unga Majorna", august.CHILDREN, "2026-12-01"),
        ("NO", "Barn och unga Angered", august.CHILDREN, "2026-12-07"),
        ("AV", "Bistånd öster", august.ELDERLY, "2026-12-14"),
        ("HI", "Vuxen Lundby", august.ADULTS, "2027-01-04"),
    ),
}
# Gone from the table: they have left already. The others are to leave.
LEFT = {OCTOBER: ("p033", "p096"), DECEMBER: ("p075",)}
LEAVING: dict[str, dict[str, date]] = {
    OCTOBER: {"p052": day("2026-11-13")},
    DECEMBER: {"p087": day("2026-12-18")},
}
# p002, who had seats from the start, missed the second day; another came without a seat.
ATTENDANCE = {OCTOBER: (("p002", "CI-1-2", "nej"), ("p004", "CI-2-1", "ja")), DECEMBER: ()}
ABSENCES = {
    OCTOBER: (("p061", "2026-10-19", "2026-10-23"), ("p090", "2026-11-09", "2026-11-13")),
    DECEMBER: (("p104", "2027-01-07", "2027-01-15"),),
}
# The trainer fell ill: the last afternoon of one series comes a week and a day later.
MOVED = {OCTOBER: {("HS-NO-3", 5): day("2026-12-01")}, DECEMBER: {}}
# What the plan of October proposed is decided by December.
DECIDED = {OCTOBER: (), DECEMBER: ("CI-5",)}


def main() -> None:
    """Write the folders of both days beside that of August."""
    place = destination(august.NAME)
    tables = august.tables()
    late = late_recruits()
    for when, planning_day in PLANNING_DAYS.items():
        tables = later(tables, when, planning_day, late[when])
        write_csv(place / when, tables)


def later(tables: Tables, when: str, planning_day: date, late: Table) -> Tables:
    """The tables with what has happened since they were last planned."""
    known = without(tables["nyanställda"], "id", LEFT[when])
    for row in known:
        row["slutar"] = LEAVING[when].get(str(row["id"]), row["slutar"])
    absences = without(tables["frånvaro"], "nyanställd", LEFT[when])
    return {
        **tables,
        "inställningar": [
            {**row, "värde": planning_day} if row["nyckel"] == "planeringsdag" else row
            for row in tables["inställningar"]
        ],
        "omgångar": [{**row, "status": "fast"} if row["id"] in DECIDED[when] else row for row in tables["omgångar"]],
        "tillfällen": [_moved(row, when) for row in tables["tillfällen"]],
        "nyanställda": known + late,
        "frånvaro": absences
        + [{"nyanställd": hire, "från": day(first), "till": day(last)} for hire, first, last in ABSENCES[when]],
        "närvaro": tables.get("närvaro", [])
        + [
            {"nyanställd": hire, "tillfälle": session, "närvarande": present}
            for hire, session, present in ATTENDANCE[when]
        ],
    }


def without(table: Table, column: str, ids: Iterable[str]) -> Table:
    """Copies of the rows that speak of others."""
    return [dict(row) for row in table if row[column] not in set(ids)]


def _moved(row: Row, when: str) -> Row:
    return {**row, "datum": MOVED[when].get((str(row["omgång"]), int(str(row["moment"]))), row["datum"])}


def late_recruits() -> dict[str, Table]:
    """Invented people, numbered on from those of August."""
    posts = [(when, post) for when, late in LATE.items() for post in late]
    found: dict[str, Table] = {when: [] for when in LATE}
    for number, (name, (when, post)) in enumerate(zip(new_names(len(posts)), posts, strict=True), start=FIRST_NUMBER):
        found[when].append(recruit(number, name, post))
    return found


def new_names(number: int) -> list[tuple[str, str]]:
    """Names that nobody had in August."""
    taken = {row["namn"] for row in august.hires()}
    invented = names(Draw(SEED), number + len(taken))
    return [name for name in invented if " ".join(name) not in taken][:number]


def recruit(number: int, name: tuple[str, str], post: Post) -> Row:
    """A new graduate who carries no cases of her own for the first seven weeks."""
    organisation, unit, group, written = post
    return dict.fromkeys(HIRE_COLUMNS) | {
        "id": f"p{number:03}",
        "namn": " ".join(name),
        "e-post": address(*name, august.ORGANISATIONS[organisation][1]),
        "förvaltning": organisation,
        "enhet": unit,
        **august.manager(organisation, unit),
        "anställd_från": day(written),
        "ärenden_från": monday_after(day(written), 7 * 7),
        "målgrupp": group,
    }


if __name__ == "__main__":
    main()
