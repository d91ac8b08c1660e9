"""What the scripts of the examples share: seeded chance, invented people, rows of the tables, CSV folder and workbook.

The same script gives the same bytes on every machine. People, addresses, rooms and trainers are invented; the sizes
come from the documents that each example's README names.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

import xlsxwriter

Cell = str | int | date | time | None
Row = dict[str, Cell]
Table = list[Row]
Hours = tuple[time, time]
T = TypeVar("T")

EXAMPLES = Path(__file__).resolve().parent

FULL_DAY = (time(9, 0), time(16, 0))
MORNING = (time(8, 30), time(12, 0))
AFTERNOON = (time(13, 0), time(16, 30))

FIRST_NAMES = """
Agnes Ahmed Aino Aisha Albin Alejandra Alva Amanda Amina Amira Anders Anna-Karin Ann-Sofie Arvid Asta Astrid Axel
Azra Beatrice Björn Bogdan Camilla Carl-Johan Cecilia Dalia Daniela Dilan Ebba Edvin Elif Elin Elsa-Maria Emelie
Emir Erik Ester Eva-Lotta Fatima Felicia Filip Frida Fredrik Gabriella Gunnar Göran Hamza Hanna Hedda Helin Henrik
Hugo Håkan Ida Ilona Ingrid Isak Jasmina Johanna Jonas Josefin Juan Julia Kajsa Karl-Oskar Katarzyna Kerstin Klara
Lars-Erik Leila Linnéa Linus Lovisa Lucía Magdalena Maj-Britt Malin Mariam Marie-Louise Marko Märta Mattias Mikaela
Mira Mohamed Måns Nadia Nils Noor Olivia Oskar Pär Petra Rebecka Rasmus Ronja Rozhin Sanna Sara Selma Signe
Siv-Britt Sofia Sólveig Stina Sven-Åke Sören Thi-Lan Tilde Tove Tuva Ulrika Viktor Vilma Wilma Yasmin Yusuf Zahra
Zoran Åsa Åke Öyvind
"""

LAST_NAMES = """
Abdi Ahlbäck Al-Khatib Andreasson Aronsson Arslan Askelöf Berggård Bergström Björkegren Blomqvist Boström Brännvall
Bülow Cederlöf Dahlbäck Demirtas Edvall Ekholm Eklöv Engdahl Eriksdotter Fagerlund Farah Fjällström Forslund Friberg
Gashi Granath Gyllenram Gärdestad Haddad Hagström Hallbäck Hassan Hedlund Hellgren Holmåker Hosseini Hägg Håkansson
Ibrahimović-Lind Jovanović Järnefelt Kallström Karimi Kjellberg Kowalczyk Kvarnström Köhler Lagerås Landgren
Lilliehöök Lindblad Lindqvist Ljungström Lövgren Malmsjö Mehmedović Mårtensson Nguyen Nordenhök Norrgård Nyström
Näslund Odenrick Olofsdotter Omar Palmér Pettersson Qvarnström Rahimi Rautio Rosengren Rydåker Sandell Sarkissian
Sjögren Skoglund Solberg Stenmark Strömbäck Svärd Söderqvist Sörensen Tahiri Thorell Tornéus Tuominen Ulfsdotter
Vallström Vesterberg Virtanen Wahlgren Wennerås Westerdahl Yildiz Zetterlund Åberg Åkerblom Ångström Ödman Öhrnell
Österlind Özdemir
"""


class Draw:
    """Seeded chance. Only ``Random.random`` is promised to give the same sequence in every Python version."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, below: int) -> int:
        """A whole number from 0 to ``below`` - 1."""
        return int(self._random.random() * below)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a new order."""
        return sorted(items, key=lambda _: self._random.random())


def names(draw: Draw, number: int) -> list[tuple[str, str]]:
    """So many first and last names, no pair twice, and namesakes rare."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < number:
        pairs = zip(draw.shuffled(FIRST_NAMES.split()), draw.shuffled(LAST_NAMES.split()) * 2, strict=False)
        found.update(dict.fromkeys(pairs))
    return list(found)[:number]


def address(first: str, last: str, domain: str) -> str:
    """An address under ``.example``, a top domain that RFC 2606 keeps free of real owners."""
    return f"{_plain(f'{first}.{last}')}@{domain}.example"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def monday_after(start: date, days: int) -> date:
    """The first Monday that lies at least so many days after the start."""
    first = start + timedelta(days=days)
    return first + timedelta(days=-first.weekday() % 7)


def day(written: str) -> date:
    """``2026-08-24`` as a date."""
    return date.fromisoformat(written)


def days(written: str) -> list[date]:
    """Several of them, with spaces between."""
    return [day(word) for word in written.split()]


class Venue(NamedTuple):
    """Where a session is held, and whether one gets in without stairs."""

    place: str
    room: str
    accessible: bool = True


def settings(term: str, first: str, last: str, planning_day: str, sender: str, **others: Cell) -> Table:
    """Inställningar; what is left out keeps its default."""
    values: dict[str, Cell] = {
        "termin": term,
        "terminsstart": day(first),
        "terminsslut": day(last),
        "planeringsdag": day(planning_day),
        **others,
        "avsändare": f"introduktion@{sender}.example",
    }
    return [{"nyckel": key, "värde": value} for key, value in values.items()]


def breaks(*written: tuple[str, str, str]) -> Table:
    """Lov for all: name, first and last day."""
    return [{"namn": name, "från": day(first), "till": day(last)} for name, first, last in written]


def organisations(name_and_domain: Mapping[str, tuple[str, str]]) -> Table:
    """Förvaltningar with an address each."""
    return [
        {"id": id_, "namn": name, "e-post": f"introduktion@{domain}.example"}
        for id_, (name, domain) in name_and_domain.items()
    ]


PROGRAMME_COLUMNS = (
    *("id", "namn", "sammanhållen", "i_ordning", "dagar_mellan", "högst_dagar_mellan", "frist_månader", "tidigast_dag"),
    *("före_ärenden", "efter", "gäller", "målgrupp", "blandad", "vikt"),
)


SELDOM = ("förvaltning", "form", "timmar")
"""Columns of utbildningar that only some examples have."""


def programme(id_: str, name: str, **others: Cell) -> Row:
    """A row of utbildningar; what is left out keeps its default."""
    columns = (*PROGRAMME_COLUMNS, *(column for column in SELDOM if column in others))
    return _row(columns, {"id": id_, "namn": name, **others})


def modules(named: Mapping[str, Sequence[str]]) -> Table:
    """The parts of each programme, numbered in order."""
    return [
        {"utbildning": id_, "nr": number, "namn": name}
        for id_, parts in named.items()
        for number, name in enumerate(parts, start=1)
    ]


ROUND_COLUMNS = ("id", "utbildning", "förvaltning", "platser", "min_deltagare", "reserv", "status")


def round_(id_: str, programme_id: str, seats: int, **others: Cell) -> Row:
    """A row of omgångar."""
    return _row(ROUND_COLUMNS, {"id": id_, "utbildning": programme_id, "platser": seats, "status": "fast", **others})


class Slot(NamedTuple):
    """When in the day, where, and by whom a session is held."""

    hours: Hours
    venue: Venue
    trainers: str


def meeting(round_id: str, module: int, on: date, slot: Slot) -> Row:
    """A row of tillfällen."""
    (start, end), venue, trainers = slot
    return {
        "omgång": round_id,
        "moment": module,
        "datum": on,
        "start": start,
        "slut": end,
        "plats": venue.place,
        "lokal": venue.room,
        "utbildare": trainers,
        "tillgänglig": "ja" if venue.accessible else "nej",
    }


def meetings(round_id: str, dates: Iterable[date], slot: Slot) -> Table:
    """One meeting a module, in number order."""
    return [meeting(round_id, number, on, slot) for number, on in enumerate(dates, start=1)]


HIRE_COLUMNS = (
    *(
        "id",
        "namn",
        "e-post",
        "förvaltning",
        "enhet",
        "anställd_från",
        "ärenden_från",
        "slutar",
        "arbetsdagar",
        "erfaren",
    ),
    *("målgrupp", "kräver_tillgänglig", "prioritet", "utbildningar", "tillgodoräknas"),
)


class Post(NamedTuple):
    """What is decided about a hire before she has a name: employer
    (with the domain of its addresses), unit, and the rest.
    """

    organisation: str
    domain: str
    unit: str
    start: date
    others: Mapping[str, Cell] = {}


def hires(seed: int, posts: Iterable[Post], letter: str = "p") -> Table:
    """Invented people on the posts, numbered in order of their start dates."""
    ordered = sorted(posts, key=lambda post: post.start)
    invented = names(Draw(seed), len(ordered))
    return [
        _row(
            HIRE_COLUMNS,
            {
                "id": f"{letter}{number:03}",
                "namn": f"{first} {last}",
                "e-post": address(first, last, post.domain),
                "förvaltning": post.organisation,
                "enhet": post.unit,
                "anställd_från": post.start,
                **post.others,
            },
        )
        for number, (post, (first, last)) in enumerate(zip(ordered, invented, strict=True), start=1)
    ]


def _row(columns: Sequence[str], values: Mapping[str, Cell]) -> Row:
    """All columns in their order; a slip of the pen is no new column."""
    if unknown := values.keys() - set(columns):
        raise KeyError(*sorted(unknown))
    return {column: values.get(column) for column in columns}


def spread(total: int, shares: Sequence[float]) -> list[int]:
    """Whole numbers in the given proportions that make up the total: the largest remainders are rounded up."""
    exact = [total * share / sum(shares) for share in shares]
    counts = [int(number) for number in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: counts[i] - exact[i])
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def write(folder: Path, name: str, tables: Mapping[str, Table], created: date, title: str | None = None) -> None:
    """The example as CSV folder and as workbook."""
    filled = {table: rows for table, rows in tables.items() if rows}
    write_csv(folder / "csv", filled)
    (folder / f"{name}.xlsx").write_bytes(workbook_bytes(filled, title or name, created))


def write_csv(folder: Path, tables: Mapping[str, Table]) -> None:
    """A file a table, but for empty ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if table:
            (folder / f"{name}.csv").write_bytes(csv_bytes(table))


def destination(name: str) -> Path:
    """The folder that a script was told to write to, else that of the example."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES / name


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell)


def csv_bytes(table: Table) -> bytes:
    """One table as Swedish Excel saves "CSV UTF-8": byte order mark, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=_columns(table), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _as_text(cell) for name, cell in row.items()} for row in table)
    return text.getvalue().encode("utf-8-sig")


def _columns(table: Table) -> list[str]:
    """Those that any row has; where one lacks it the cell is blank."""
    return list(dict.fromkeys(column for row in table for column in row))


def workbook_bytes(named: Mapping[str, Table], title: str, created: date) -> bytes:
    """All tables as sheets of one workbook, dates and times as real ones."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": datetime.combine(created, time())})
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    clock = book.add_format({"num_format": "hh:mm", "align": "left"})
    for name, table in named.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        columns = _columns(table)
        for column, key in enumerate(columns):
            sheet.write_string(0, column, key, heading)
            widest = max(len(_as_text(cell)) for cell in (key, *(row.get(key) for row in table)))
            sheet.set_column(column, column, 2 + widest)
        for number, row in enumerate(table, start=1):
            for column, key in enumerate(columns):
                cell = row.get(key)
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, time):
                    sheet.write_datetime(number, column, cell, clock)
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return _stored(raw.getvalue())


def _stored(archive: bytes) -> bytes:
    """The archive without compression: deflate gives other bytes with another version of zlib."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename)
            entry.create_system = 3  # else Windows writes another byte here
            target.writestr(entry, source.read(item))
    return out.getvalue()
