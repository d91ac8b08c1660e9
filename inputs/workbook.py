"""An .xlsx workbook as sheets, read by openpyxl after the archive was found harmless.

No file makes it fail with a traceback.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Protocol, cast
from xml.etree.ElementTree import Element, iterparse

from inputs.cells import CellValue, Unreadable
from inputs.csv_folder import MAX_FILE_BYTES
from inputs.findings import Findings
from inputs.tables import RawRow, Sheet, is_blank, spec_of

MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 1_048_576
# Far more than any table has; without a bound a stray cell in column XFD makes every row sixteen thousand cells wide.
MAX_COLUMNS = 256
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_LONGEST_SIGN = 40
# In UTF-8 or UTF-16; formulas with or without a namespace prefix.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_FORMULA = re.compile(rb"<\0?([A-Za-z0-9]{1,10}:)?f[\0 />]")


def sheets(path: Path, findings: Findings) -> list[Sheet]:
    """Every worksheet of the workbook; none when it cannot be read, which is reported."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            _refuse("för_stor_fil", "är större än 50 MB; rensa arbetsboken", path, findings)
            return []
        data = path.read_bytes()
    except OSError:
        _refuse("kan_inte_öppnas", "kan inte öppnas; stäng filen i andra program", path, findings)
        return []
    trouble = _trouble(data)
    if trouble is not None:
        _refuse(*trouble, path, findings)
        return []
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it drops; they say nothing about the cells.
            warnings.simplefilter("ignore")
            found = _read(data)
    except Exception:  # a damaged part may raise almost anything inside openpyxl, zipfile or expat
        found = []
    if not found:
        _refuse(*_DAMAGED, path, findings)
    return found


_DAMAGED = ("skadad_arbetsbok", "kan inte läsas som arbetsbok; öppna den i Excel och spara om den som .xlsx")


def _refuse(kind: str, message: str, path: Path, findings: Findings) -> None:
    findings.error(kind, message, value=path.name)


def _trouble(data: bytes) -> tuple[str, str] | None:
    """Why these bytes are not opened at all: kind and message."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            return "lösenord", "är skyddad med lösenord; spara den utan lösenord"
        return "gammalt_format", "är en arbetsbok i det gamla formatet .xls; spara om den som .xlsx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _trouble_inside(archive)
    except Exception:  # as above: a damaged archive raises more than BadZipFile
        return _DAMAGED


def _trouble_inside(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    # zipfile never unpacks more of a member than the size given here, so the sum cannot be lied about.
    if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
        return "för_stor_uppackad", "blir större än 200 MB uppackad; rensa arbetsboken"
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and _has_doctype(archive, member):
            return _DAMAGED
    return None


def _has_doctype(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether the part declares entities. No program that makes workbooks does; who does means to fill the memory."""
    with archive.open(member) as part:
        return _holds(part, _DOCTYPE)


def _holds(part: IO[bytes], sign: re.Pattern[bytes]) -> bool:
    tail = b""
    while chunk := part.read(_CHUNK):
        if sign.search(tail + chunk):
            return True
        tail = chunk[-_LONGEST_SIGN:]
    return False


class _ReadOnlySheet(Protocol):
    """What is used of openpyxl's read-only worksheet; its published types leave it out."""

    title: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self, *, max_row: int, max_col: int, values_only: bool) -> Iterator[tuple[object, ...]]: ...
    def _get_source(self) -> IO[bytes]: ...


def _read(data: bytes) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to load, and a folder of CSV files does without

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        return [_sheet(cast(_ReadOnlySheet, sheet)) for sheet in book.worksheets]
    finally:
        book.close()


def _sheet(sheet: _ReadOnlySheet) -> Sheet:
    # The size written in the sheet may be wrong; the cells are what counts.
    sheet.reset_dimensions()
    rows = _rows(sheet)
    # Of an unknown sheet one needs to know only whether it holds anything.
    return Sheet(sheet.title, list(rows if spec_of(sheet.title) else islice(rows, 1)), ragged=False)


def _rows(sheet: _ReadOnlySheet) -> Iterator[RawRow]:
    uncomputed = set(_uncomputed(sheet))
    rows_with_some = {row for row, _ in uncomputed}
    values = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
    for number, row in enumerate(values, start=1):
        # A sheet may have a million empty rows; this is the quick way past them.
        if row.count(None) == len(row) and number not in rows_with_some:
            continue
        cells = [
            _NO_VALUE if (number, place) in uncomputed else _plain(value) for place, value in enumerate(row, start=1)
        ]
        if not all(map(is_blank, cells)):
            yield RawRow(number, _trimmed(cells))


def _trimmed(cells: list[CellValue]) -> list[CellValue]:
    while cells and is_blank(cells[-1]):
        cells.pop()
    return cells


_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")


def _plain(value: object) -> CellValue:
    """The value with Excel's way of writing control characters (``_x000D_``) undone."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    return value  # type: ignore[return-value]  # openpyxl's cell values are those of CellValue


_NO_VALUE = Unreadable("formel", "har inget sparat värde; öppna arbetsboken i Excel och spara den, eller skriv värdet")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _uncomputed(sheet: _ReadOnlySheet) -> Iterator[tuple[int, int]]:
    """Cells with a formula that no program has computed yet; openpyxl gives them as blank, a silent loss."""
    with sheet._get_source() as source:
        if not _holds(source, _FORMULA):
            return
    from openpyxl.utils.cell import coordinate_to_tuple  # noqa: PLC0415  # as above

    with sheet._get_source() as source:
        for _, element in iterparse(source):
            if element.tag == f"{_MAIN}c" and _is_uncomputed(element) and (place := element.get("r")):
                yield coordinate_to_tuple(place)
            elif element.tag == f"{_MAIN}row":
                element.clear()


def _is_uncomputed(cell: Element) -> bool:
    # A stored empty text (t="str") is a value: the formula gave nothing.
    return cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v") and cell.get("t") != "str"
