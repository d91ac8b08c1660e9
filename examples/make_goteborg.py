"""Make the example ``goteborg-ht2026``: one autumn term of Göteborg's introduction, as CSV folder and as workbook.

The sizes come from public documents (the README beside the tables says which); every person, address, room and date is
invented. The same script gives the same bytes on every machine.
"""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from checklist import checklist
from making import (
    AFTERNOON,
    FULL_DAY,
    MORNING,
    Cell,
    Draw,
    Row,
    Table,
    Venue,
    address,
    destination,
    monday_after,
    names,
    write,
)

NAME = "goteborg-ht2026"
TITLE = "Introduktion HT 2026"
SEED = 2026
PLANNING_DATE = date(2026, 8, 3)

# Nordost 62, Centrum 58 and Sydväst 36 of about 200 in 2023 leave 44 for Hisingen; scaled to 88 of the example's 110.
# The last two administrations are guests at the city's central introduction.
HIRES = {"NO": 27, "CE": 26, "SV": 16, "HI": 19, "FS": 12, "AV": 10}

ORGANISATIONS = {
    "NO": ("Socialförvaltningen Nordost", "nordost"),
    "CE": ("Socialförvaltningen Centrum", "centrum"),
    "SV": ("Socialförvaltningen Sydväst", "sydvast"),
    "HI": ("Socialförvaltningen Hisingen", "hisingen"),
    "FS": ("Förvaltningen för funktionsstöd", "funktionsstod"),
    "AV": ("Äldre samt vård- och omsorgsförvaltningen", "aldrevardomsorg"),
}

CHILDREN, ADULTS, INCOME, DISABILITY, ELDERLY = (
    "barn och unga",
    "vuxna",
    "ekonomiskt bistånd",
    "funktionsnedsättning",
    "äldre",
)

UNITS = {
    "NO": (
        ("Barn och unga Angered", CHILDREN),
        ("Barn och unga Bergsjön", CHILDREN),
        ("Mottagning Nordost", CHILDREN),
        ("Vuxen Kortedala", ADULTS),
        ("Vuxen Angered", ADULTS),
        ("Ekonomiskt bistånd Gamlestaden", INCOME),
    ),
    "CE": (
        ("Barn och unga Majorna", CHILDREN),
        ("Barn och unga Örgryte", CHILDREN),
        ("Familjehem Centrum", CHILDREN),
        ("Vuxen Linné", ADULTS),
        ("Boende och hemlöshet", ADULTS),
        ("Ekonomiskt bistånd Centrum", INCOME),
    ),
    "SV": (
        ("Barn och unga Frölunda", CHILDREN),
        ("Barn och unga Högsbo", CHILDREN),
        ("Vuxen Sydväst", ADULTS),
        ("Ekonomiskt bistånd Tynnered", INCOME),
    ),
    "HI": (
        ("Barn och unga Biskopsgården", CHILDREN),
        ("Barn och unga Backa", CHILDREN),
        ("Våld i nära relationer Hisingen", ADULTS),
        ("Vuxen Lundby", ADULTS),
        ("Ekonomiskt bistånd Hisingen", INCOME),
    ),
    "FS": (
        ("Myndighet barn och unga", DISABILITY),
        ("Myndighet vuxna norr", DISABILITY),
        ("Myndighet vuxna söder", DISABILITY),
    ),
    "AV": (("Bistånd öster", ELDERLY), ("Bistånd väster", ELDERLY)),
}

# Hires by start date: a small group before the summer, most in August, then month by month ("hiring goes on all year").
STARTS = {
    date(2026, 6, 1): 5,
    date(2026, 6, 15): 6,
    date(2026, 7, 1): 4,
    date(2026, 8, 3): 9,
    date(2026, 8, 10): 10,
    date(2026, 8, 17): 13,
    date(2026, 8, 24): 7,
    date(2026, 9, 1): 10,
    date(2026, 9, 7): 7,
    date(2026, 9, 14): 6,
    date(2026, 9, 21): 4,
    date(2026, 10, 1): 6,
    date(2026, 10, 12): 5,
    date(2026, 10, 19): 4,
    date(2026, 11, 2): 7,
    date(2026, 11, 16): 5,
    date(2026, 11, 30): 2,
}

# Nothing is given in the summer: whoever came before it is to be ready as soon as those who come after it.
DEADLINES_FROM = date(2026, 8, 17)


def settings() -> Table:
    """Inställningar; what is left out keeps its default."""
    values: dict[str, Cell] = {
        "termin": "HT 2026",
        "terminsstart": date(2026, 8, 17),
        "terminsslut": date(2027, 1, 15),
        "planeringsdag": PLANNING_DATE,
        "frist_månader": 4,
        "varseltid_dagar": 14,
        "max_kursdagar_per_vecka": 3,
        "max_kursdagar_per_vecka_med_ärenden": 2,
        "max_borta_per_enhet": 2,
        "max_andel_per_förvaltning": 50,
        "öppna_veckodagar": "mån-fre",
        "helgdagar": "SE",
        "tidszon": "Europe/Stockholm",
        "avsändare": "introduktion@goteborg.example",
    }
    return [{"nyckel": key, "värde": value} for key, value in values.items()]


def breaks() -> Table:
    """No training is attended in the autumn holiday (week 44) or over Christmas."""
    return [
        {"namn": "Höstlov", "från": date(2026, 10, 26), "till": date(2026, 10, 30), "förvaltning": None},
        {"namn": "Jullov", "från": date(2026, 12, 21), "till": date(2027, 1, 6), "förvaltning": None},
    ]


def organisations() -> Table:
    """The four social administrations and two more."""
    return [
        {"id": id_, "namn": name, "e-post": f"introduktion@{domain}.example"}
        for id_, (name, domain) in ORGANISATIONS.items()
    ]


def programmes() -> Table:
    """Central introduktion module by module; Yrkesresan and handläggarskola as cohorts of beginners.

    Yrkesresan is for children and the young, and comes before what it teaches.
    Handläggarskola goes on beside the first few cases, for two months.
    """
    columns = (
        *(
            "id",
            "namn",
            "sammanhållen",
            "i_ordning",
            "dagar_mellan",
            "högst_dagar_mellan",
            "frist_månader",
            "tidigast_dag",
        ),
        *("före_ärenden", "gäller", "målgrupp", "blandad", "vikt"),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("CI", "Central introduktion", "nej", "ja", 7, None, None, None, "nej", "alla", None, "ja", 1),
        ("YR", "Yrkesresan Ny", "ja", "ja", 7, None, None, 7, "ja", "oerfarna", CHILDREN, "ja", 2),
        ("HS", "Handläggarskola", "ja", "ja", 5, 21, 2, None, "nej", "oerfarna", None, "nej", 2),
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


MODULES = {
    "CI": ("Stadens uppdrag och styrning", "Rollen som socialsekreterare"),
    "YR": ("Rollen och uppdraget", "Samtalet", "Utredning och analys", "Samverkan och uppföljning"),
    "HS": ("Aktualisering", "Utredning", "Dokumentation", "Beslut och insats", "Uppföljning"),
}


def modules() -> Table:
    """The parts of each programme."""
    return [
        {"utbildning": programme, "nr": number, "namn": name}
        for programme, names in MODULES.items()
        for number, name in enumerate(names, start=1)
    ]


class Course(NamedTuple):
    """What the rounds of one series share."""

    programme: str
    hours: tuple[time, time]
    venue: Venue
    trainers: str
    min_participants: int
    reserve: int | None = None
    open_to: str | None = None


class Running(NamedTuple):
    """One round: its days (day/month, one a module) and what sets it apart from its course."""

    course: Course
    seats: int
    days: str
    proposed: bool = False
    trainers: str | None = None
    venue: Venue | None = None


ATTIC = Venue("Kurshuset Packhuset", "Vindsrummet", accessible=False)
CENTRAL = Course(
    "CI", FULL_DAY, Venue("Kurshuset Packhuset", "Hamnsalen"), "Gunvor Stråhle, Tage Lindevall", 10, reserve=2
)
JOURNEY = Course("YR", FULL_DAY, Venue("Konferens Älvstranden", "Älvsalen"), "Berit Källmark, Jon Asplid", 8, reserve=1)
# Experienced staff hold the local series, when they have time.
NORTH_EAST = Course("HS", AFTERNOON, Venue("Kontoret Gamlestaden", "Säveån"), "Rut Bergfalk", 3, open_to="NO")
CENTRE = Course("HS", MORNING, Venue("Kontoret Vasa", "Kupan", accessible=False), "Ivar Sundhage", 3, open_to="CE")
SOUTH_WEST = Course("HS", MORNING, Venue("Kontoret Frölunda", "Ruddalen"), "Selim Aydar", 3, open_to="SV")
HISINGEN = Course("HS", MORNING, Venue("Kontoret Lundby", "Kvillebäcken"), "Torvald Ekmark", 3, open_to="HI")
GUESTS = Course("HS", AFTERNOON, Venue("Kontoret Rosenlund", "Vallgraven"), "Pia Norrblad", 3, open_to="FS, AV")
# Two proposals that count on her at the same hours: only one of them can run.
SHARED_TRAINER = "Maj-Lis Öhrström"

# Central introduktion once a month; Yrkesresan three starts a term; handläggarskola five half-days within six weeks, so
# often that whoever begins when there is one is through it after two months.
ROUNDS = {
    "CI-1": Running(CENTRAL, 24, "26/8 9/9"),
    "CI-2": Running(CENTRAL, 22, "23/9 7/10", venue=ATTIC),
    "CI-3": Running(CENTRAL, 25, "22/10 12/11"),
    "CI-4": Running(CENTRAL, 25, "25/11 9/12"),
    "CI-5": Running(CENTRAL, 12, "7/1 14/1", proposed=True, venue=ATTIC),
    "YR-1": Running(JOURNEY, 13, "18/8 1/9 15/9 29/9"),
    "YR-2": Running(JOURNEY, 12, "22/9 6/10 20/10 10/11", trainers="Berit Källmark, Sahar Mirzad"),
    "YR-3": Running(JOURNEY, 11, "17/11 1/12 15/12 12/1", proposed=True, trainers="Jon Asplid, Sahar Mirzad"),
    "HS-NO-1": Running(NORTH_EAST, 8, "31/8 7/9 14/9 21/9 28/9"),
    "HS-NO-2": Running(NORTH_EAST._replace(hours=MORNING), 6, "21/9 28/9 5/10 12/10 19/10"),
    "HS-NO-3": Running(NORTH_EAST, 4, "19/10 2/11 9/11 16/11 23/11"),
    "HS-NO-4": Running(NORTH_EAST, 3, "16/11 23/11 30/11 7/12 14/12", proposed=True, trainers=SHARED_TRAINER),
    "HS-CE-1": Running(CENTRE, 9, "3/9 10/9 17/9 24/9 1/10"),
    "HS-CE-2": Running(CENTRE._replace(hours=AFTERNOON), 7, "24/9 1/10 8/10 15/10 22/10"),
    "HS-CE-3": Running(CENTRE, 5, "22/10 5/11 12/11 19/11 26/11"),
    "HS-CE-4": Running(
        CENTRE._replace(hours=AFTERNOON), 4, "16/11 23/11 30/11 7/12 14/12", proposed=True, trainers=SHARED_TRAINER
    ),
    "HS-SV-1": Running(SOUTH_WEST, 6, "28/8 4/9 11/9 18/9 25/9"),
    "HS-SV-2": Running(SOUTH_WEST._replace(hours=AFTERNOON), 3, "25/9 2/10 9/10 16/10 23/10", proposed=True),
    # The last of these comes too late for too few of Hisingen's own: they go together.
    "HS-SV-3": Running(SOUTH_WEST._replace(open_to="SV, HI"), 5, "6/11 13/11 20/11 27/11 4/12", proposed=True),
    "HS-HI-1": Running(HISINGEN, 8, "31/8 7/9 14/9 21/9 28/9"),
    "HS-HI-2": Running(HISINGEN._replace(hours=AFTERNOON), 4, "21/9 28/9 5/10 12/10 19/10"),
    "HS-FA-1": Running(GUESTS, 7, "3/9 10/9 17/9 24/9 1/10"),
    "HS-FA-2": Running(GUESTS._replace(hours=MORNING), 6, "24/9 1/10 8/10 15/10 22/10"),
    "HS-FA-3": Running(GUESTS, 4, "12/11 19/11 26/11 3/12 10/12", proposed=True),
}


def rounds() -> Table:
    """Every running of a programme, with its seats."""
    return [
        {
            "id": id_,
            "utbildning": running.course.programme,
            "förvaltning": running.course.open_to,
            "platser": running.seats,
            "min_deltagare": running.course.min_participants,
            "reserv": running.course.reserve,
            "status": "förslag" if running.proposed else "fast",
        }
        for id_, running in ROUNDS.items()
    ]


def sessions() -> Table:
    """One row a meeting; ids are left to their default."""
    return [
        {
            "omgång": id_,
            "moment": module,
            "datum": _day(written),
            "start": course.hours[0],
            "slut": course.hours[1],
            "plats": venue.place,
            "lokal": venue.room,
            "utbildare": running.trainers or course.trainers,
            "tillgänglig": "ja" if venue.accessible else "nej",
        }
        for id_, running in ROUNDS.items()
        for course, venue in [(running.course, running.venue or running.course.venue)]
        for module, written in enumerate(running.days.split(), start=1)
    ]


def _day(written: str) -> date:
    """A day of the term from ``day/month``; January is next year's."""
    day, month = map(int, written.split("/"))
    return date(2027 if month == 1 else 2026, month, day)


def quotas() -> Table:
    """Administrations compete for seats: the largest is held back in Yrkesresan, small ones keep a seat or two."""
    return [
        {"omgång": "YR-1", "förvaltning": "NO", "högst": 5, "minst": None},
        {"omgång": "YR-1", "förvaltning": "SV", "högst": None, "minst": 2},
        {"omgång": "CI-1", "förvaltning": "AV", "högst": None, "minst": 2},
    ]


def _unit_seats(organisation: str) -> list[tuple[str, str]]:
    """As many (unit, target group) as the administration hires, dealt evenly."""
    units = UNITS[organisation]
    return [units[i % len(units)] for i in range(HIRES[organisation])]


def hires() -> Table:
    """About 110 hires in order of their start dates."""
    draw = Draw(SEED)
    invented = names(draw, sum(HIRES.values()))
    posts = draw.shuffled([(o, unit, group) for o in HIRES for unit, group in _unit_seats(o)])
    starts = [day for day, number in STARTS.items() for _ in range(number)]
    rows: Table = []
    for index, ((first, last), (organisation, unit, group), start) in enumerate(
        zip(invented, posts, starts, strict=False)
    ):
        experienced = index % 5 == 3  # a fifth come from the same work in another municipality
        # New graduates carry no cases of their own for six to ten weeks, those with experience for two.
        weeks = 2 if experienced else 6 + draw.number(5)
        cases_from = monday_after(max(start, date(2026, 7, 20)), 7 * weeks)
        rows.append(
            {
                "id": f"p{index + 1:03}",
                "namn": f"{first} {last}",
                "e-post": address(first, last, ORGANISATIONS[organisation][1]),
                "förvaltning": organisation,
                "enhet": unit,
                **manager(organisation, unit),
                "anställd_från": start,
                "frist_från": DEADLINES_FROM if start < date(2026, 8, 1) else None,
                "ärenden_från": cases_from,
                "slutar": None,
                "arbetsdagar": None,
                "erfaren": "ja" if experienced else None,
                "målgrupp": group,
                "kräver_tillgänglig": None,
                "prioritet": None,
                "utbildningar": None,
                "tillgodoräknas": None,
            }
        )
    for id_, changes in PARTICULARS.items():
        rows[int(id_[1:]) - 1].update(changes)
    return rows


# Employed one day a week beside her studies, for a term; takes the central introduction only.
STUDENT: Row = {"utbildningar": "CI", "slutar": date(2027, 1, 15), "ärenden_från": None, "erfaren": None}

# What is particular about some of the hires.
PARTICULARS: dict[str, Row] = {
    "p026": {**STUDENT, "arbetsdagar": "ons"},
    "p037": {**STUDENT, "arbetsdagar": "fre"},
    "p059": {**STUDENT, "arbetsdagar": "ons"},
    # Part-time.
    "p008": {"arbetsdagar": "mån-tors"},
    "p021": {"arbetsdagar": "tis-fre"},
    "p032": {"arbetsdagar": "mån,tis,tors,fre"},
    "p045": {"arbetsdagar": "mån-tors"},
    "p052": {"arbetsdagar": "mån,ons-fre"},
    "p071": {"arbetsdagar": "mån,tis,tors,fre"},
    # Accessible rooms.
    "p012": {"kräver_tillgänglig": "ja"},
    "p030": {"kräver_tillgänglig": "ja"},
    "p066": {"kräver_tillgänglig": "ja"},
    # Took the central introduction, or its first day, in the spring.
    "p001": {"tillgodoräknas": "CI:1"},
    "p003": {"tillgodoräknas": "CI:1"},
    "p014": {"tillgodoräknas": "CI"},
    # A unit that cannot wait: cases after two weeks.
    "p018": {"ärenden_från": date(2026, 8, 24), "prioritet": 2},
    "p041": {"ärenden_från": date(2026, 9, 7), "prioritet": 2},
    "p063": {"ärenden_från": date(2026, 9, 21)},
    # Temporary employment.
    "p010": {"slutar": date(2026, 12, 31)},
    "p047": {"slutar": date(2026, 11, 30)},
}

ABSENCES: tuple[tuple[str, date, date], ...] = (
    ("p005", date(2026, 8, 17), date(2026, 8, 26)),
    ("p011", date(2026, 9, 7), date(2026, 9, 11)),
    ("p019", date(2026, 10, 5), date(2026, 10, 9)),
    ("p024", date(2026, 9, 21), date(2026, 10, 2)),
    ("p033", date(2026, 11, 2), date(2026, 11, 13)),
    ("p040", date(2026, 9, 29), date(2026, 9, 30)),
    ("p048", date(2026, 10, 12), date(2026, 11, 6)),
    ("p055", date(2026, 11, 23), date(2026, 12, 4)),
    ("p068", date(2026, 12, 7), date(2026, 12, 18)),
    ("p079", date(2026, 11, 9), date(2026, 11, 27)),
)


def absences() -> Table:
    """From and to, never why."""
    return [{"nyanställd": hire, "från": first, "till": last} for hire, first, last in ABSENCES]


def managers() -> dict[tuple[str, str], tuple[str, str]]:
    """First and last name of each unit's manager, by administration and unit."""
    invented = iter(_other_names(sum(map(len, UNITS.values()))))
    return {(organisation, unit): next(invented) for organisation, units in UNITS.items() for unit, _ in units}


def manager(organisation: str, unit: str) -> Row:
    """What a hire's row says of her manager."""
    first, last = managers()[organisation, unit]
    return {"chef": f"{first} {last}", "chef_e-post": address(first, last, ORGANISATIONS[organisation][1])}


def mentors() -> Table:
    """One of each unit and one more of each of the larger ones: a few too few for all hires of the autumn."""
    posts = [
        (organisation, unit, group)
        for organisation, units in UNITS.items()
        for unit, group in (*units, *units[: len(units) // 3])
    ]
    invented = _other_names(sum(map(len, UNITS.values())) + len(posts))[-len(posts) :]
    rows: Table = [
        {
            "id": f"m{number:02}",
            "namn": f"{first} {last}",
            "förvaltning": organisation,
            "enhet": unit,
            "e-post": address(first, last, ORGANISATIONS[organisation][1]),
            "målgrupp": group,
            "arbetsdagar": None,
            "högst": 3,
            "från": None,
            "till": None,
        }
        for number, ((first, last), (organisation, unit, group)) in enumerate(
            zip(invented, posts, strict=True), start=1
        )
    ]
    for id_, changes in PARTICULAR_MENTORS.items():
        rows[int(id_[1:]) - 1].update(changes)
    return rows


def _other_names(number: int) -> list[tuple[str, str]]:
    """Names that no hire has, the same whoever else asks."""
    taken = set(names(Draw(SEED), 2 * sum(HIRES.values())))
    return [name for name in names(Draw(SEED + 2), number + len(taken)) if name not in taken][:number]


# What is particular about some of the mentors: part-time, on leave, or soon to retire.
PARTICULAR_MENTORS: dict[str, Row] = {
    "m03": {"arbetsdagar": "mån-tors"},
    "m09": {"arbetsdagar": "mån,ons,tors,fre"},
    "m14": {"från": date(2026, 9, 14)},
    "m20": {"till": date(2026, 12, 31), "högst": 1},
}


def bookings() -> Table:
    """Seats already promised."""
    return [{"nyanställd": "p002", "tillfälle": f"CI-1-{module}"} for module in (1, 2)]


def tables() -> dict[str, Table]:
    """All tables by name, in the order of the sheets."""
    return {
        "inställningar": settings(),
        "lov": breaks(),
        "förvaltningar": organisations(),
        "utbildningar": programmes(),
        "moment": modules(),
        "omgångar": rounds(),
        "tillfällen": sessions(),
        "kvoter": quotas(),
        "nyanställda": hires(),
        "frånvaro": absences(),
        "bokningar": bookings(),
        "mentorer": mentors(),
        "uppgifter": checklist(),
    }


if __name__ == "__main__":
    write(destination(NAME), NAME, tables(), PLANNING_DATE, TITLE)
