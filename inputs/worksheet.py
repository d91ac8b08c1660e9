"""The cells of one worksheet, as a person sees them: percent, leading zeros, errors, merged and hidden cells.

openpyxl's own parser reads the cells; what its read-only mode leaves out is added here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import IO, Any, cast
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet._reader import WorkSheetParser

from inputs.cells import FORMULA_ERROR, CellValue, Unreadable
from inputs.tables import Merged, RawRow, Sheet, is_blank, is_list

MAX_ROWS = 1_048_576
# Far more than any table has; without a bound a stray cell in column XFD makes every row sixteen thousand cells wide.
MAX_COLUMNS = 256
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CHUNK = 1 << 20
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
_NO_VALUE = Unreadable("formel", "har inget sparat värde; öppna arbetsboken i Excel och spara den, eller skriv värdet")
_PERCENT = re.compile(r"0(?:\.(?P<decimals>0+))? ?%")
# As ``000`` and ``"p"000``; a currency before a number is no part of it.
_ID_FORMAT = re.compile(r'(?P<before>(?:"[^"\s]+"|\\\S)*)(?P<zeros>0+)')
_CURRENCIES = frozenset({"kr", "sek", "eur", "€", "$"})

# Cells and rows that are nothing but formatting, as Excel, LibreOffice and openpyxl write them.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: [a-z]+="[^"<>]*")* ?(?:/>|></c>)')
_EMPTY_ROW = re.compile(rb'<row r="[0-9]+"(?: [^<>]*[^<>/])? ?(?:/>|>\s*</row>)')


class _Styles:
    """Number formats by a cell's style, and which styles strike through, as openpyxl read them from the workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  # openpyxl's types leave out what is used of it
        self.epoch = book.epoch
        self.dates = book._date_formats
        self.durations = book._timedelta_formats
        self._formats: Mapping[int, str] = {
            place: _number_format(book, style.numFmtId) for place, style in enumerate(book._cell_styles)
        }
        fonts = [bool(font.strike) for font in book._fonts]
        self.struck = frozenset(
            place for place, style in enumerate(book._cell_styles) if style.fontId < len(fonts) and fonts[style.fontId]
        )

    def format_of(self, style: int) -> str:
        """The number format of a cell."""
        return self._formats.get(style, "General")


def _number_format(book: Any, number: int) -> str:  # noqa: ANN401  # as above
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE  # noqa: PLC0415  # only here

    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "General")
    custom = book._number_formats
    place = number - BUILTIN_FORMATS_MAX_SIZE
    return str(custom[place]) if place < len(custom) else "General"


class _Parser(WorkSheetParser):
    """openpyxl's parser with a cell's value as it is shown; ``struck_rows`` have a value that is struck through."""

    def __init__(self, source: IO[bytes], strings: list[str], styles: _Styles) -> None:
        super().__init__(source, strings, data_only=True, epoch=styles.epoch)
        self._styles = styles
        self.struck_rows: set[int] = set()

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """openpyxl's cell. Without date formats given to it, numbers come as numbers."""
        cell = super().parse_cell(element)
        cell["value"] = self._value(element, cell)
        if cell["style_id"] in self._styles.struck and not is_blank(cell["value"]):
            self.struck_rows.add(cell["row"])
        return cell

    def _value(self, element: Element, cell: Mapping[str, Any]) -> CellValue:
        value, kind = cell["value"], cell["data_type"]
        if kind == "e":
            return Unreadable(str(value or "fel"), FORMULA_ERROR)
        if value is None and element.get("t") != "str" and element.find(f"{_MAIN}f") is not None:
            # A stored empty text is a value: the formula gave nothing. No value at all was never computed.
            return _NO_VALUE
        if kind == "n" and value is not None:
            return self._number(value, cell["style_id"])
        if isinstance(value, str) and "_x" in value:
            return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
        return cast(CellValue, value)

    def _number(self, value: float, style: int) -> CellValue:
        if style in self._styles.dates:
            return self._date(value, style)
        shown_as = self._styles.format_of(style)
        percent = _PERCENT.fullmatch(shown_as)
        if percent:
            return _percent(value, len(percent["decimals"] or ""))
        return _as_id(value, shown_as) or value

    def _date(self, value: float, style: int) -> CellValue:
        """The date; a number beyond the calendar, as 20260824, stays one."""
        try:
            found = from_excel(value, self._styles.epoch, timedelta=style in self._styles.durations)
        except (OverflowError, ValueError):
            return value
        return cast(CellValue, found if found is not None else value)


def _as_id(value: float, shown_as: str) -> str | None:
    """``007`` or ``p007`` where Excel shows so; None for a format that changes no more than how a number looks."""
    found = _ID_FORMAT.fullmatch(shown_as)
    if found is None or value < 0 or not float(value).is_integer():
        return None
    before = found["before"].replace('"', "").replace("\\", "")
    if before.casefold() in _CURRENCIES or (not before and len(found["zeros"]) == 1):
        return None
    return f"{before}{str(int(value)).zfill(len(found['zeros']))}"


def _percent(value: float, decimals: int) -> str:
    """``50 %``, rounded as Excel shows it."""
    shown = (Decimal(repr(value)) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{shown} %".replace(".", ",")


class _WithoutEmptyCells(io.RawIOBase):
    """A worksheet's XML without cells and rows that are only formatted: a million of them cost no time."""

    def __init__(self, source: IO[bytes]) -> None:
        super().__init__()
        self._source = source
        self._tail = b""
        self._ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """A piece of the XML, not necessarily of that size; nothing at the end."""
        while not self._ended:
            piece = self._next()
            if piece:
                return piece
        return b""

    def _next(self) -> bytes:
        chunk = self._source.read(_CHUNK)
        text = self._tail + chunk
        self._ended = not chunk
        # A row, or else an element, is kept whole, so that none is cut where it would not be known again.
        end = len(text) if self._ended else max(text.rfind(b"<row "), 0) or max(text.rfind(b"<"), 0)
        self._tail = text[end:]
        return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", text[:end]))


def read_sheet(sheet: Any, book: Any, *, whole: bool) -> Sheet:  # noqa: ANN401  # as above
    """One of openpyxl's read-only worksheets; not ``whole``: only whether it holds anything, unless it is a list."""
    with sheet._get_source() as source:
        parser = _Parser(cast("IO[bytes]", _WithoutEmptyCells(source)), sheet._shared_strings, _Styles(book))
        rows: list[RawRow] = []
        for row in _rows(parser):
            rows.append(row)
            if not (whole or is_list(rows)):
                break
        return Sheet(
            sheet.title,
            rows,
            ragged=False,
            merged=_merged(parser),
            hidden=sheet.sheet_state != "visible",
            hidden_rows=frozenset(int(row) for row, found in parser.row_dimensions.items() if _is_hidden(found)),
            hidden_columns=frozenset(_hidden_columns(parser)),
            struck_rows=frozenset(parser.struck_rows),
        )


def _rows(parser: _Parser) -> Iterator[RawRow]:
    for number, cells in parser.parse():
        if number > MAX_ROWS:
            continue
        values: list[CellValue] = []
        for cell in cells:
            place = cell["column"] - 1
            if place < MAX_COLUMNS and not is_blank(cell["value"]):
                values += [None] * (place + 1 - len(values))
                values[place] = cell["value"]
        if values:
            yield RawRow(number, values)


def _is_hidden(dimension: Mapping[str, str]) -> bool:
    return dimension.get("hidden") in {"1", "true"}


def _hidden_columns(parser: _Parser) -> Iterator[int]:
    for dimension in parser.column_dimensions.values():
        if _is_hidden(dimension):
            yield from range(int(dimension["min"]) - 1, min(int(dimension["max"]), MAX_COLUMNS))


def _merged(parser: _Parser) -> tuple[Merged, ...]:
    if parser.merged_cells is None:
        return ()
    found = []
    for ref in sorted(str(cell.ref) for cell in parser.merged_cells.mergeCell):
        left, top, right, bottom = (end or 1 for end in range_boundaries(ref))
        found.append(Merged(ref, range(top, bottom + 1), range(left - 1, right)))
    return tuple(found)
