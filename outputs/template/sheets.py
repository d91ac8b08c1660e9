"""The sheets to fill in: headings with comments, an example row, and cells that know what belongs in them."""

from __future__ import annotations

from datetime import date, time

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from columns.kinds import (
    Cell,
    Clock,
    Column,
    Country,
    Day,
    Id,
    Kind,
    Month,
    PartReference,
    Reference,
    SessionReference,
    Table,
    Text,
    Timezone,
    Weekdays,
    WordsOrText,
)
from columns.settings import SETTINGS as SETTING_ROWS
from columns.tables import SETTINGS
from columns.writing import default_of
from outputs.sheets.book import HEADING, INK, PAPER, Book, lines_of
from outputs.template import guide
from outputs.template.filled import Rows
from outputs.template.guide_sheets import NEED_COLOURS
from outputs.template.marks import MARK, example_row
from outputs.template.names import LAST_ROW
from outputs.template.validation import Rule, rule, setting_rule

EXAMPLE, FIRST = 1, 2
_LAST = LAST_ROW - 1
_COMMENT_WIDTH, _COMMENT_LINE = 280, 19
# What Excel would otherwise read its own way: an id 007, the weekdays 1-5, the module CI:1.
_KEPT_AS_WRITTEN = (
    Text,
    Id,
    Month,
    Reference,
    PartReference,
    SessionReference,
    Weekdays,
    Country,
    Timezone,
    WordsOrText,
)
_MANY_COLUMNS = 8


def add(book: Book, table: Table, rows: Rows = ()) -> None:
    """Add the sheet of one table, with the rows that are known already, else with its example row."""
    sheet = book.workbook.add_worksheet(table.name)
    sheet.set_tab_color(NEED_COLOURS[table.need][0])
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, _frozen(table))
    for place, column in enumerate(table.columns):
        _column(book, sheet, place, column)
    for number, row in enumerate(rows or [example_row(table)], start=EXAMPLE):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, _style(book, table.columns[place].kind))
    if table is SETTINGS:
        _settings(book, sheet, rows)
    _signals(book, sheet, table)
    _print_setup(sheet, table)


def _frozen(table: Table) -> int:
    """How many columns stay in sight while one writes far to the right: id and name, or the first one."""
    if len(table.columns) < _MANY_COLUMNS:
        return 0
    return 2 if table.columns[1].name == "namn" else 1


def _column(book: Book, sheet: Worksheet, place: int, column: Column) -> None:
    sheet.set_column(place, place, column.width, _style(book, column.kind))
    sheet.write_string(0, place, column.name, _heading(book, column))
    text = guide.comment(column)
    lines = sum(lines_of(line, 40) for line in text.split("\n"))
    size = {"width": _COMMENT_WIDTH, "height": _COMMENT_LINE * lines + 12}
    sheet.write_comment(0, place, text, {**size, "font_name": "Calibri", "font_size": 10, "color": "#FFFBE6"})
    _validate(sheet, EXAMPLE, _LAST, place, rule(column.kind, xl_col_to_name(place)))


def _heading(book: Book, column: Column) -> Format:
    """Required columns are darker and show a star. It's in the number format: the cell holds the bare name."""
    common = {"bold": True, "valign": "vcenter", "border": 1, "border_color": PAPER}
    if column.required:
        return book.format(**common, font_color=PAPER, bg_color=HEADING, num_format='@" *"')
    return book.format(**common, font_color=INK, bg_color="#D3E4F5")


def _style(book: Book, kind: Kind) -> Format:
    formats = {Day: "yyyy-mm-dd", Clock: "hh:mm"} | dict.fromkeys(_KEPT_AS_WRITTEN, "@")
    return book.format(align="left", num_format=formats.get(type(kind), "General"))


def _validate(sheet: Worksheet, first: int, last: int, place: int, options: Rule | None) -> None:
    if options is not None:
        sheet.data_validation(first, place, last, place, dict(options))


def _write(sheet: Worksheet, row: int, place: int, value: Cell, style: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, place, None, style)
        case str():
            sheet.write_string(row, place, value, style)
        case date() | time():
            sheet.write_datetime(row, place, value, style)
        case int() | float():
            sheet.write_number(row, place, value, style)


def _settings(book: Book, sheet: Worksheet, rows: Rows) -> None:
    """Every key stands there from the start, with what is known already or else its default where that is a value."""
    known = {row[0]: row[1] for row in rows}
    for row, setting in enumerate(SETTING_ROWS, start=EXAMPLE if rows else FIRST):
        _write(sheet, row, 0, setting.key, _style(book, Text()))
        _write(sheet, row, 1, known.get(setting.key, default_of(setting)), _style(book, setting.kind))
        _validate(sheet, row, row, 1, setting_rule(setting, "B"))


def _signals(book: Book, sheet: Worksheet, table: Table) -> None:
    """By rules, not by hand: a row is grey as long as it's marked as an example, that is as long as it isn't read."""
    last_letter = xl_col_to_name(len(table.columns) - 1)
    ignored = book.workbook.add_format({"italic": True, "font_color": "#5A6875", "bg_color": "#ECEFF2"})
    is_example = f'=LEFT(TRIM($A2),{len(MARK)})="{MARK}"'
    example = {"type": "formula", "criteria": is_example, "format": ignored, "stop_if_true": True}
    sheet.conditional_format(EXAMPLE, 0, _LAST, len(table.columns) - 1, example)
    missing = book.workbook.add_format({"bg_color": "#FFE9A8"})
    for place, column in enumerate(table.columns):
        if column.required:
            is_missing = f"=AND(COUNTA($A2:${last_letter}2)>0,LEN(TRIM({xl_col_to_name(place)}2))=0)"
            signal = {"type": "formula", "criteria": is_missing, "format": missing}
            sheet.conditional_format(EXAMPLE, place, _LAST, place, signal)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last_letter}{LAST_ROW}"})


def _print_setup(sheet: Worksheet, table: Table) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L&9{table.name}&R&9Sida &P av &N")
