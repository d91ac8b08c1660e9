"""Workbooks that are made of answers, plain tables and explanations: the follow-up and the dimensioning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from outputs import words
from outputs.page.shares import SureShare
from outputs.page.tables import Table
from outputs.sheets.book import HEADING, LINE_HEIGHT, RULE_LINE, Book, Column, lines_of, row_height
from outputs.xlsx import options

_WIDE, _NARROW = 34, 14
_ANSWERS = (Column("Fråga", 30, "wrap"), Column("Svar", 24, "wrap"), Column("Förklaring", 90, "wrap"))
_NOTE = Column("", 130, "wrap")


_SHARE = "0.0%"
_HEADING_HEIGHT = 32
_CHART_ROWS = 16
"""Rows of a sheet that a drawing covers."""


@dataclass(frozen=True)
class Curve:
    """Shares to be drawn, with what they tell and what stands below them."""

    title: str
    below: str
    shares: Sequence[SureShare]


@dataclass(frozen=True)
class Contents:
    """What is told: a title, a line below it, the day it is true of,
    answers (question, figure, sentence), tables, notes, and curves.
    """

    title: str
    subtitle: str
    day: date
    answers: Sequence[tuple[str, str, str]]
    tables: Sequence[Table]
    notes: Sequence[str]
    curves: Sequence[Curve] = ()


def workbook(contents: Contents) -> bytes:
    """The workbook's bytes; the same contents give the same bytes."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, options()) as made:
        created = datetime.combine(contents.day, time())
        made.set_properties({"title": contents.title, "author": "terminsplan", "created": created})
        book = Book(made, f" {contents.title}, {words.day(contents.day)}")
        _add_answers(book, contents)
        if contents.curves:
            _add_curves(book, contents.curves)
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


def _add_curves(book: Book, curves: Sequence[Curve]) -> None:
    """A drawing each, beside the numbers that it is drawn from: the share, and the two limits that it lies between."""
    sheet = book.sheet("Kurva", "Kurva")
    book.widths(sheet, [Column("", _NARROW)] * 4)
    top = 2
    for curve in curves:
        headings = (curve.below.capitalize(), curve.title, "Minst", "Högst")
        sheet.set_row(top, _HEADING_HEIGHT)
        for place, heading in enumerate(headings):
            sheet.write_string(top, place, heading, book.heading(centred=True))
        for row, one in enumerate(curve.shares, top + 1):
            sheet.write_string(row, 0, one.name, book.cell_format("int"))
            for place, share in enumerate((one.share, one.low, one.high), 1):
                sheet.write_number(row, place, share, book.cell_format("percent", num_format=_SHARE))
        _draw(book, sheet, curve, top)
        top += max(_CHART_ROWS, len(curve.shares)) + 2


def _draw(book: Book, sheet: Worksheet, curve: Curve, top: int) -> None:
    chart = book.workbook.add_chart({"type": "line"})
    last = top + len(curve.shares)
    dashed = {"color": HEADING, "width": 1, "dash_type": "dash"}
    solid = {"color": HEADING, "width": 2.25}
    mark = {"type": "circle", "size": 7, "fill": {"color": HEADING}, "border": {"color": HEADING}}
    for place, line in ((1, solid), (2, dashed), (3, dashed)):
        chart.add_series(
            {
                "name": [sheet.name, top, place],
                "categories": [sheet.name, top + 1, 0, last, 0],
                "values": [sheet.name, top + 1, place, last, place],
                "line": line,
                "marker": mark if place == 1 else {"type": "none"},
            }
        )
    chart.set_title({"name": curve.title, "name_font": {"size": 12, "color": HEADING}, "overlay": False})
    chart.set_x_axis({"name": curve.below})
    chart.set_y_axis(
        {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": RULE_LINE}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 300})
    sheet.insert_chart(top, 5, chart, {"description": "; ".join(one.told for one in curve.shares)})


def _add_table(book: Book, table: Table) -> None:
    sheet = book.sheet(table.title, table.title)
    columns = [Column(title, _WIDE, "wrap") for title in table.first]
    columns += [
        Column(title, _room_for(row[place] for row in table.rows), "int")
        for place, title in enumerate(table.others, len(table.first))
    ]
    name = table.anchor.replace("-", "_")
    book.main_table(sheet, name, columns, table.rows, empty="Inget att visa.", freeze=len(table.first))
    if table.note:
        below = 5 + max(1, len(table.rows))
        style = book.format(text_wrap=True, italic=True)
        sheet.merge_range(below, 0, below, len(columns) - 1, "", style)
        sheet.write_string(below, 0, table.note, style)
        sheet.set_row(below, LINE_HEIGHT * (lines_of(table.note, sum(c.width for c in columns)) + 1))


def _room_for(cells: Iterable[str | int]) -> float:
    """A width in which none is cut off."""
    return max([_NARROW, *(len(str(cell)) for cell in cells)])


def _add_notes(book: Book, notes: Iterable[str]) -> None:
    sheet = book.sheet("Så räknas det", "Så räknas det")
    book.widths(sheet, [_NOTE])
    for number, note in enumerate(notes, 2):
        book.write(sheet, number, 0, note, "wrap")
        sheet.set_row(number, row_height([_NOTE], [note]))
