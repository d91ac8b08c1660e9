"""The first sheet (``Läs mig``) and the last (``Förklaringar``): the guide as one looks at and prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from xlsxwriter.worksheet import Worksheet

from columns.tables import MUST, TABLES, USEFUL, WHEN_NEEDED
from outputs.sheets.book import HEADING, LINE_HEIGHT, PAPER, RULE_LINE, Book, lines_of
from outputs.template import guide

GUIDE, EXPLANATIONS = "Läs mig", "Förklaringar"
QUIET = "#44525F"
# Background and text of what must, should or may be filled in; the word stands beside the colour.
NEED_COLOURS = {MUST: (HEADING, PAPER), USEFUL: ("#BFD8EA", "#0B3A66"), WHEN_NEEDED: ("#E9EDF1", "#3B4A57")}
_LAST = 4
# Characters of running text to one unit of column width: so many fit even in Liberation Sans, wider than Calibri.
_DENSITY = 1.35
_TEXT_WIDTH = 95 * _DENSITY


def add_guide(book: Book) -> None:
    """Add the sheet ``Läs mig`` with the reading guide."""
    sheet = book.workbook.add_worksheet(GUIDE)
    _page(sheet, (2, 5, 16, 16, 60), portrait=True)
    row = _title(book, sheet)
    row = _order(book, sheet, row)
    row = _texts(book, sheet, row, "Så hjälper arbetsboken till", guide.HELP_IN_WORKBOOK)
    row = _pairs(book, sheet, row, "Så skriver du", guide.WRITING)
    commands = [(what, command.format(source="ARBETSBOKEN.xlsx")) for what, command in guide.COMMANDS]
    row = _pairs(book, sheet, row, "När du har sparat", commands, look={"font_name": "Consolas", "font_size": 10})
    _texts(book, sheet, row, "Personuppgifter", (guide.PERSONAL_DATA,))


def add_explanations(book: Book) -> None:
    """Add the sheet ``Förklaringar``: every column of every sheet in one list."""
    sheet = book.workbook.add_worksheet(EXPLANATIONS)
    widths = (15, 36, 66, 34, 30)
    _page(sheet, widths, portrait=False)
    sheet.set_tab_color(QUIET)
    heading = book.format(bold=True, font_color=PAPER, bg_color=HEADING, valign="vcenter", text_wrap=True)
    for place, title in enumerate(("blad", "kolumn", "betyder", "tom cell betyder", "exempel")):
        sheet.write_string(0, place, title, heading)
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    before = ""
    for number, explanation in enumerate(guide.explanations(), start=1):
        _explanation(book, sheet, number, explanation, widths, new_table=explanation[0] != before)
        before = explanation[0]


def _explanation(
    book: Book, sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int], *, new_table: bool
) -> None:
    line = {"top": 1, "top_color": HEADING if new_table else RULE_LINE, "text_wrap": True}
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text, book.format(bold=place == 1, **line))
    _height(sheet, row, max(lines_of(text, width * _DENSITY) for text, width in zip(texts, widths, strict=True)))


def _page(sheet: Worksheet, widths: Sequence[int], *, portrait: bool) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    if not portrait:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1 if portrait else 0)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def _height(sheet: Worksheet, row: int, lines: int) -> None:
    """Merged cells never find their height themselves."""
    sheet.set_row(row, LINE_HEIGHT * lines + 4)


def _title(book: Book, sheet: Worksheet) -> int:
    sheet.set_row(0, 34)
    sheet.write_string(0, 1, guide.TITLE, book.format(bold=True, font_size=20, font_color=HEADING, valign="vcenter"))
    _wrapped(book, sheet, 1, guide.INTRODUCTION)
    return 3


def _wrapped(book: Book, sheet: Worksheet, row: int, text: str, first: int = 1) -> None:
    sheet.merge_range(row, first, row, _LAST, text, book.format(text_wrap=True, valign="vcenter"))
    _height(sheet, row, lines_of(text, _TEXT_WIDTH))


def _section(book: Book, sheet: Worksheet, row: int, title: str) -> int:
    style = book.format(bold=True, font_size=13, font_color=HEADING, bottom=2, bottom_color=HEADING)
    for place in range(1, _LAST + 1):
        sheet.write_blank(row, place, None, style)
    sheet.write_string(row, 1, title, style)
    sheet.set_row(row, 22)
    return row + 1


def _order(book: Book, sheet: Worksheet, row: int) -> int:
    row = _section(book, sheet, row, "Fyll i bladen i den här ordningen")
    line = {"bottom": 1, "bottom_color": RULE_LINE, "valign": "vcenter"}
    for number, table in enumerate(TABLES, start=1):
        background, ink = NEED_COLOURS[table.need]
        sheet.write_number(row, 1, number, book.format(**line, align="center", font_color=QUIET))
        link = book.format(**line, bold=True, underline=1, font_color=HEADING)
        sheet.write_url(row, 2, f"internal:'{table.name}'!A1", link, table.name, f"Gå till bladet {table.name}")
        sheet.write_string(row, 3, table.need, book.format(**line, bg_color=background, font_color=ink, align="center"))
        sheet.write_string(row, 4, table.purpose, book.format(**line, text_wrap=True, indent=1))
        _height(sheet, row, lines_of(table.purpose, 60 * _DENSITY))
        row += 1
    return row + 1


def _texts(book: Book, sheet: Worksheet, row: int, title: str, texts: Sequence[str]) -> int:
    row = _section(book, sheet, row, title)
    for text in texts:
        _wrapped(book, sheet, row, text)
        row += 1
    return row + 1


def _pairs(
    book: Book,
    sheet: Worksheet,
    row: int,
    title: str,
    pairs: Sequence[tuple[str, str]],
    *,
    look: Mapping[str, object] = MappingProxyType({}),
) -> int:
    row = _section(book, sheet, row, title)
    for first, second in pairs:
        sheet.write_string(row, 1, first, book.format(bold=True, valign="vcenter"))
        sheet.write_string(row, 3, second, book.format(valign="vcenter", **look))
        _height(sheet, row, 1)
        row += 1
    return row + 1
