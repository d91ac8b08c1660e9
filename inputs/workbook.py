"""An .xlsx workbook as sheets, read by openpyxl after the archive was found harmless.

No file makes it fail with a traceback.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import fromstring

from inputs.csv_folder import MAX_FILE_BYTES
from inputs.findings import Findings
from inputs.tables import Sheet, spec_of

MAX_UNPACKED_BYTES = 200_000_000
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20
_LONGEST_SIGN = 40
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
# In UTF-8 or UTF-16.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")


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
        return "för_stor_uppackad", f"blir större än 200 MB uppackad; {_how_to_shrink(archive)}"
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and _has_doctype(archive, member):
            return _DAMAGED
    if _is_strict(archive):
        return "strikt_format", (
            'är sparad som "Strict Open XML-kalkylblad"; välj Spara som och filformatet "Excel-arbetsbok (*.xlsx)"'
        )
    return None


def _is_strict(archive: zipfile.ZipFile) -> bool:
    return "xl/workbook.xml" in archive.namelist() and _STRICT in archive.read("xl/workbook.xml")


def _how_to_shrink(archive: zipfile.ZipFile) -> str:
    """What to do about too large a workbook: its largest sheet by name, where that can be told."""
    largest = max(archive.infolist(), key=lambda member: member.file_size)
    name = _sheet_names(archive).get(largest.filename)
    if name is None:
        return "rensa arbetsboken"
    return f"bladet {name} är störst; markera de tomma raderna under och kolumnerna bredvid tabellen och ta bort dem"


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by their file in the archive; none when these parts are damaged or oversized."""
    parts = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    try:
        if any(
            archive.getinfo(part).file_size > _CHUNK or _has_doctype(archive, archive.getinfo(part)) for part in parts
        ):
            return {}
        book, relations = (fromstring(archive.read(part)) for part in parts)
    except Exception:  # as above: the message does without the name
        return {}
    targets = {found.get("Id"): str(PurePosixPath("xl") / found.get("Target", "")) for found in relations}
    return {
        targets[link].replace("xl/xl/", "xl/").lstrip("/"): sheet.get("name", "")
        for sheet in book.iter()
        for key, link in sheet.attrib.items()
        if key.endswith("}id") and link in targets
    }


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


def _read(data: bytes) -> list[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415  # slow to load, and a folder of CSV files does without

    from inputs.worksheet import read_sheet  # noqa: PLC0415  # as above

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        # Of an unknown sheet one needs to know only whether it holds anything, unless it is an attendance list.
        return [read_sheet(sheet, book, whole=spec_of(sheet.title) is not None) for sheet in book.worksheets]
    finally:
        book.close()
