"""What all sheets share: cells that can never run as formulas, tables with filters, and how a sheet prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from outputs.sheets.quick import QuickSheet

Cell = str | int | float | date | time | None

INK, PAPER, HEADING, RULE_LINE = "#1A2733", "#FFFFFF", "#12466B", "#C9D3DC"
# Background and text of each wording that is coloured: every pair is readable, and the wording says it all.
COLOURS = {
    "I tid": ("#DCEFE3", "#14532D"),
    "Klar": ("#E3E9EE", "#1F3442"),
    "Väntar": ("#FFF3D1", "#6B4500"),
    "Slutar": ("#F2F4F6", "#3B4A57"),
    "På egen tid": ("#D3E4F5", "#0B3A66"),
    "Försenad på egen tid": ("#FFE0CC", "#7A2E00"),
    "Försenad": ("#FFE0CC", "#7A2E00"),
    "Saknar plats": ("#F9D5D5", "#7A0C0C"),
    "Tom": ("#F2F4F6", "#3B4A57"),
    "Lediga platser": ("#DCEFE3", "#14532D"),
    "Nästan full": ("#FFF3D1", "#6B4500"),
    "Full": ("#D3E4F5", "#0B3A66"),
    "Överfull": ("#F9D5D5", "#7A0C0C"),
    "Inställd": ("#E3E3E3", "#3F3F3F"),
    "Öppnas inte": ("#F2F4F6", "#3B4A57"),
    "Ny plats": ("#DCEFE3", "#14532D"),
    "Flyttad": ("#FFF3D1", "#6B4500"),
    "Ändrad": ("#D3E4F5", "#0B3A66"),
}
TALLEST_ROW = 400
LINE_HEIGHT = 13
LETTERS_A_UNIT = 1.12
"""How many letters of Arial 10 fit in a unit of column width, which is a digit wide."""
# A4 landscape less the margins, in the pixels that column widths are counted in, where the font's stand-in is a wide
# one.
PRINTABLE_PIXELS = 830
# A font that LibreOffice has a stand-in of the same widths for: columns and pages come out alike in both.
FONT = {"font_name": "Arial", "font_size": 10}


@dataclass(frozen=True)
class Column:
    """A column of a table; ``kind`` is text, wrap, date, time, int, percent or label (a coloured wording)."""

    title: str
    width: float
    kind: str = "text"


class Book:
    """A workbook in the making, with the formats of the house."""

    def __init__(self, workbook: Workbook, footer: str) -> None:
        self.workbook = workbook
        self.footer = footer
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._of_cells: dict[tuple[object, ...], Format] = {}

    def format(self, **properties: object) -> Format:
        """One format for equal properties; Excel has a limit on how many there may be."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = FONT | {"font_color": INK, "valign": "top"}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def cell_format(self, kind: str, **more: object) -> Format:
        """The format of a table cell of one kind; there are many cells with few formats, which are found at once."""
        key = (kind, *more.items())
        if key in self._of_cells:
            return self._of_cells[key]
        line = {"bottom": 1, "bottom_color": RULE_LINE}
        extra: dict[str, dict[str, object]] = {
            "wrap": {"text_wrap": True},
            "date": {"num_format": "yyyy-mm-dd", "align": "left"},
            "time": {"num_format": "hh:mm", "align": "left"},
            "int": {"num_format": "#,##0", "align": "center"},
            "percent": {"num_format": "0%", "align": "center"},
        }
        made = self._of_cells[key] = self.format(**(line | extra.get(kind, {}) | more))
        return made

    def heading(self, centred: bool = False) -> Format:
        """The format of a column's heading, centred over numbers."""
        align = "center" if centred else "left"
        return self.format(bold=True, font_color=PAPER, bg_color=HEADING, text_wrap=True, valign="vcenter", align=align)

    def sheet(self, name: str, title: str, note: str = "") -> Worksheet:
        """A new sheet with its title and a line that says what one sees."""
        sheet: Worksheet = self.workbook.add_worksheet(name, QuickSheet)
        sheet.hide_gridlines(2)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=18, font_color=HEADING))
        if note:
            sheet.write_string(1, 0, note, self.format(font_color="#44525F"))
        self._print_setup(sheet)
        return sheet

    def _print_setup(self, sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&9{self.footer}&C&9&A&R&9Sida &P av &N")

    def write(self, sheet: Worksheet, row: int, column: int, value: Cell, kind: str = "text", **more: object) -> None:
        """One cell. Text goes in as text, whatever it begins with."""
        write_cell(sheet, row, column, value, self.cell_format(kind, **more))

    def widths(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        """Set the width of every column."""
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)

    def table(
        self,
        sheet: Worksheet,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        top: int,
        empty: str,
    ) -> None:
        """An Excel table with filters from row ``top``; ``empty`` is said where there are no rows."""
        if not rows:
            sheet.write_string(top, 0, empty, self.format(italic=True))
            return
        styles = [self.cell_format(column.kind) for column in columns]
        for number, row in enumerate(rows, top + 1):
            for place, (style, value) in enumerate(zip(styles, row, strict=True)):
                write_cell(sheet, number, place, value, style)
            sheet.set_row(number, row_height(columns, row))
        last = top + len(rows)
        sheet.set_row(top, 32)
        headings = [{"header": c.title, "header_format": self.heading(c.kind in ("int", "percent"))} for c in columns]
        sheet.add_table(top, 0, last, len(columns) - 1, {"name": name, "columns": headings, "style": None})
        for place, column in enumerate(columns):
            if column.kind == "label":
                self.colour(sheet, top + 1, place, last, place)

    def main_table(
        self,
        sheet: Worksheet,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        empty: str,
        freeze: int = 1,
    ) -> None:
        """The one table of a sheet: below title and note, with frozen and repeated headings."""
        self.widths(sheet, columns)
        self.table(sheet, name, columns, rows, top=3, empty=empty)
        sheet.freeze_panes(4, freeze)
        sheet.repeat_rows(3)

    def page_breaks(self, sheet: Worksheet, widths: Sequence[float], rows: Sequence[int]) -> None:
        """Begin a page at each of the rows; all columns still fit
        across, by scale, since Excel's fitting undoes breaks.
        """
        sheet.set_print_scale(print_scale(widths))
        sheet.set_h_pagebreaks(list(rows))

    def colour(self, sheet: Worksheet, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Colour the wordings of COLOURS in a range: by rules, so that sorting and typing keep them right."""
        for wording, (background, ink) in COLOURS.items():
            style = self.workbook.add_format({"bg_color": background, "font_color": ink})
            rule = {"type": "cell", "criteria": "==", "value": f'"{wording}"', "format": style}
            sheet.conditional_format(first_row, first_column, last_row, last_column, rule)


def write_cell(sheet: Worksheet, row: int, column: int, value: Cell, style: Format) -> None:
    """One cell in a format that is at hand."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date) and value.year < 1900:
        sheet.write_string(row, column, value.isoformat(), style)  # before the first day that Excel knows
    elif isinstance(value, (date, time)):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def row_height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """Room for the wrapped text: Excel guesses it on opening, LibreOffice and printing do not always."""
    lines = [lines_of(v, c.width) for c, v in zip(columns, row, strict=True) if c.kind == "wrap" and isinstance(v, str)]
    return min(TALLEST_ROW, LINE_HEIGHT * max([1, *lines]) + 3)


@lru_cache(maxsize=65536)
def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column of that width. Most are short, and the same in many rows."""
    letters = max(1, int(width * LETTERS_A_UNIT))
    return sum(1 if len(line) <= letters else max(1, len(wrap(line, letters))) for line in text.split("\n"))


def print_scale(widths: Sequence[float]) -> int:
    """The percentage at which columns of these widths fit across a page."""
    pixels = sum(7 * width + 5 for width in widths)
    return max(10, min(100, int(100 * PRINTABLE_PIXELS / pixels)))
