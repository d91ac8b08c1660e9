"""A small input that uses every table, and ways to write it and to break it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from inputs.read import Reading, read_problem

Tables = dict[str, list[list[Any]]]
PLANNING_DATE = date(2026, 9, 10)

_EXAMPLE = {
    "inställningar": """
        nyckel;värde
        termin;HT 2026
        terminsstart;2026-08-17
        terminsslut;2027-01-15
        avsändare;plan@example.se""",
    "lov": """
        namn;från;till;förvaltning
        Höstlov;2026-10-26;2026-10-30;""",
    "förvaltningar": """
        id;namn;e-post
        Centrum;Förvaltning Centrum;centrum@example.se
        Nordost;Förvaltning Nordost;
        Sydväst;Förvaltning Sydväst;""",
    "utbildningar": """
        id;namn;sammanhållen;dagar_mellan;högst_dagar_mellan;efter;vikt
        CI;Central introduktion;ja;7;60;;2
        HS;Handläggarskola;nej;;;CI;""",
    "moment": """
        utbildning;nr;namn
        CI;1;Dag 1
        CI;2;Dag 2
        HS;1;Metod""",
    "omgångar": """
        id;utbildning;förvaltning;platser;min_deltagare;reserv;status
        CI-1;CI;;20;;2;
        CI-2;CI;;20;;;förslag
        HS-1;HS;Centrum,Nordost;10;;;""",
    "tillfällen": """
        omgång;moment;datum;start;slut;plats;lokal;utbildare
        CI-1;1;2026-09-08;09:00;16:00;Rosenlund;A1;Berg
        CI-1;2;2026-09-22;09:00;16:00;Rosenlund;A1;Berg
        CI-2;1;2026-10-06;09:00;16:00;Rosenlund;A1;Lind
        CI-2;2;2026-10-20;09:00;16:00;Rosenlund;A1;Lind
        HS-1;1;2026-11-03;09:00;12:00;;;Ek
        HS-1;1;2026-11-10;09:00;12:00;;;Ek""",
    "kvoter": """
        omgång;förvaltning;högst;minst
        CI-1;Centrum;10;1
        CI-1;Nordost;;""",
    "nyanställda": """
        id;namn;förvaltning;anställd_från;e-post;ärenden_från;slutar;arbetsdagar;tillgodoräknas
        p1;Anna Ek;Centrum;2026-08-17;anna@example.se;2026-11-01;;mån-fre;
        p2;Bo Dahl;Nordost;2026-08-24;bo@example.se;;2027-06-30;mån,ons,tis;CI:1
        p3;Cy Falk;Centrum;2026-09-01;cy@example.se;;;;HS""",
    "frånvaro": """
        nyanställd;från;till
        p1;2026-10-05;2026-10-07""",
    "bokningar": """
        nyanställd;tillfälle
        p1;CI-1-1
        p1;CI-1-2""",
    "närvaro": """
        nyanställd;tillfälle;närvarande
        p1;CI-1-1;ja""",
    "spärrar": """
        nyanställd;omgång
        p2;CI-2""",
    "utbildare": """
        id;namn;e-post;förvaltning;enhet
        B;Berg;berg@example.se;Centrum;Kompetens
        L;Lind;;;
        E;Ek;;;
        A;Ask;;;""",
    "mentorer": """
        id;namn;förvaltning;enhet;e-post;målgrupp;arbetsdagar;högst;från;till
        m1;Gun Holm;Nordost;;gun@example.se;;mån-tors;2;2026-08-01;""",
    "uppgifter": """
        id;namn;ansvarig;från_dag;till_dag;timmar;efter;upprepas
        U1;Välkomstsamtal;chef;0;5;1,5;;
        U2;Reflektion;mentor;7;90;;CI:1;varannan vecka""",
    "prognos": """
        månad;förvaltning;antal;spridning
        2027-01;Centrum;2,5;1,2""",
}


def example() -> Tables:
    """A fresh copy, to be changed."""
    return {name: [line.strip().split(";") for line in text.strip().splitlines()] for name, text in _EXAMPLE.items()}


def put(tables: Tables, table: str, row: int, column: str, value: object) -> Tables:
    """Write a cell, as one would in Excel: row by its number, column by its heading, which is added when new."""
    rows = tables[table]
    if column not in rows[0]:
        rows[0].append(column)
    for line in rows:
        line.extend([""] * (len(rows[0]) - len(line)))
    rows[row - 1][rows[0].index(column)] = value
    return tables


def add(tables: Tables, table: str, line: str) -> Tables:
    """Append a row."""
    tables[table].append(line.split(";"))
    return tables


def drop_column(tables: Tables, table: str, column: str) -> Tables:
    """Remove a column with its heading."""
    place = tables[table][0].index(column)
    for row in tables[table]:
        del row[place : place + 1]
    return tables


def csv_text(rows: list[list[Any]], delimiter: str = ";", newline: str = "\r\n") -> str:
    """The rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def write_folder(folder: Path, tables: Mapping[str, list[list[Any]]]) -> Path:
    """Write the tables as a plain CSV folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_text(rows).encode())
    return folder


def write_workbook(path: Path, tables: Mapping[str, list[list[Any]]], **options: object) -> Path:
    """Write the tables as a workbook: text as text, numbers as numbers, dates and times as Excel's own."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd", **options})
    # The same tables are the same bytes, whenever they are written.
    book.set_properties({"created": datetime(2026, 8, 3, tzinfo=UTC)})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                elif value is not None:
                    sheet.write(place, column, value)
    book.close()
    return path


def read(tmp_path: Path, tables: Tables, planning_date: date | None = PLANNING_DATE) -> Reading:
    """Write as CSV and read."""
    return read_problem(write_folder(tmp_path / "in", tables), planning_date)


def errors(tmp_path: Path, tables: Tables) -> list[str]:
    """The lines of all errors; the problem is there exactly when there are none."""
    reading = read(tmp_path, tables)
    assert (reading.problem is None) == bool(reading.errors)
    return [str(finding) for finding in reading.errors]


def warnings(tmp_path: Path, tables: Tables) -> list[str]:
    """The lines of all warnings of an input without errors."""
    reading = read(tmp_path, tables)
    assert reading.errors == ()
    return [str(finding) for finding in reading.warnings]
