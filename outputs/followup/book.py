"""The follow-up as a workbook: a sheet of answers, a sheet a table."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO

import xlsxwriter

from outputs import words
from outputs.followup.figures import FollowUp
from outputs.followup.tables import Table, tables
from outputs.followup.words import headlines, notes
from outputs.sheets.book import HEADING, LINE_HEIGHT, Book, Column, lines_of, row_height
from outputs.xlsx import options

_WIDE, _NARROW = 34, 14
_ANSWERS = (Column("Fråga", 30, "wrap"), Column("Svar", 18, "wrap"), Column("Förklaring", 90, "wrap"))
_NOTE = Column("", 130, "wrap")


def workbook(found: FollowUp) -> bytes:
    """The workbook's bytes; the same figures give the same bytes."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as made:
        title = "Uppföljning av introduktionen"
        created = datetime.combine(found.last_day, time())
        made.set_properties({"title": title, "author": "terminsplan", "created": created})
        book = Book(made, f" {title}, {words.day(found.last_day)}")
        _answers(book, title, found)
        for table in tables(found):
            _table(book, table)
        _notes(book, found)
    return buffer.getvalue()


def _answers(book: Book, title: str, found: FollowUp) -> None:
    made = f"{words.listed(found.terms)}. Så som det var känt {words.day(found.last_day)}. Inga namn på personer."
    sheet = book.sheet("Översikt", title, made)
    book.widths(sheet, _ANSWERS)
    for number, row in enumerate(headlines(found), 3):
        question, figure, sentence = row
        book.write(sheet, number, 0, question, "wrap", bold=True)
        book.write(sheet, number, 1, figure, "wrap", bold=True, font_color=HEADING)
        book.write(sheet, number, 2, sentence, "wrap")
        sheet.set_row(number, row_height(_ANSWERS, row))


def _table(book: Book, table: Table) -> None:
    sheet = book.sheet(table.title, table.title)
    columns = [Column(title, _WIDE, "wrap") for title in table.first]
    columns += [Column(title, _NARROW, "int") for title in table.others]
    name = table.anchor.replace("-", "_")
    book.main_table(sheet, name, columns, table.rows, empty="Inget att visa.", freeze=len(table.first))
    if table.hidden:
        below = 5 + max(1, len(table.rows))
        style = book.format(text_wrap=True, italic=True)
        sheet.merge_range(below, 0, below, len(columns) - 1, "", style)
        sheet.write_string(below, 0, table.hidden, style)
        sheet.set_row(below, LINE_HEIGHT * (lines_of(table.hidden, sum(c.width for c in columns)) + 1))


def _notes(book: Book, found: FollowUp) -> None:
    sheet = book.sheet("Så räknas det", "Så räknas det")
    book.widths(sheet, [_NOTE])
    for number, note in enumerate(notes(found), 2):
        book.write(sheet, number, 0, note, "wrap")
        sheet.set_row(number, row_height([_NOTE], [note]))
