"""Workbooks that are made of answers, plain tables and explanations: the follow-up and the dimensioning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter

from outputs import words
from outputs.page.tables import Table
from outputs.sheets.book import HEADING, LINE_HEIGHT, Book, Column, lines_of, row_height
from outputs.xlsx import options

_WIDE, _NARROW = 34, 14
_ANSWERS = (Column("Fråga", 30, "wrap"), Column("Svar", 24, "wrap"), Column("Förklaring", 90, "wrap"))
_NOTE = Column("", 130, "wrap")


@dataclass(frozen=True)
class Contents:
    """What is told: a title, a line below it, the day it is true
    of, answers (question, figure, sentence), tables, and notes.
    """

    title: str
    subtitle: str
    day: date
    answers: Sequence[tuple[str, str, str]]
    tables: Sequence[Table]
    notes: Sequence[str]


def workbook(contents: Contents) -> bytes:
    """The workbook's bytes; the same contents give the same bytes."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as made:
        created = datetime.combine(contents.day, time())
        made.set_properties({"title": contents.title, "author": "terminsplan", "created": created})
        book = Book(made, f" {contents.title}, {words.day(contents.day)}")
        _add_answers(book, contents)
        for table in contents.tables:
            _add_table(book, table)
        _add_notes(book, contents.notes)
    return buffer.getvalue()


def _add_answers(book: Book, contents: Contents) -> None:
    sheet = book.sheet("Översikt", contents.title, contents.subtitle)
    book.widths(sheet, _ANSWERS)
    for number, row in enumerate(contents.answers, 3):
        question, figure, sentence = row
        book.write(sheet, number, 0, question, "wrap", bold=True)
        book.write(sheet, number, 1, figure, "wrap", bold=True, font_color=HEADING)
        book.write(sheet, number, 2, sentence, "wrap")
        sheet.set_row(number, row_height(_ANSWERS, row))


def _add_table(book: Book, table: Table) -> None:
    sheet = book.sheet(table.title, table.title)
    columns = [Column(title, _WIDE, "wrap") for title in table.first]
    columns += [Column(title, _NARROW, "int") for title in table.others]
    name = table.anchor.replace("-", "_")
    book.main_table(sheet, name, columns, table.rows, empty="Inget att visa.", freeze=len(table.first))
    if table.note:
        below = 5 + max(1, len(table.rows))
        style = book.format(text_wrap=True, italic=True)
        sheet.merge_range(below, 0, below, len(columns) - 1, "", style)
        sheet.write_string(below, 0, table.note, style)
        sheet.set_row(below, LINE_HEIGHT * (lines_of(table.note, sum(c.width for c in columns)) + 1))


def _add_notes(book: Book, notes: Iterable[str]) -> None:
    sheet = book.sheet("Så räknas det", "Så räknas det")
    book.widths(sheet, [_NOTE])
    for number, note in enumerate(notes, 2):
        book.write(sheet, number, 0, note, "wrap")
        sheet.set_row(number, row_height([_NOTE], [note]))
