"""Workbooks made to hurt, and good ones with bytes changed at random.

None may end as a bug does, take long, or be read as another plan's
input: each gives a Swedish sentence, or what its cells say.
"""

from __future__ import annotations

import csv
import io
import random
import re
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from click.testing import Result
from openpyxl import Workbook

Typed = Callable[..., Result]
Parts = dict[str, bytes]
MOST_SECONDS = 20.0
SHEET = "xl/worksheets/sheet6.xml"
"""Of ``nyanställda``: the sixth table of the small term."""
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><worksheet>&a9;</worksheet>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'


def workbook(tables: Path) -> bytes:
    """The tables of a CSV folder as a workbook, in the order of their names' files."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for file in sorted(tables.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        for row in csv.reader(io.StringIO(file.read_text("utf-8")), delimiter=";"):
            sheet.append(row)
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def parts_of(data: bytes) -> Parts:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    """An archive with these members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return whole.getvalue()


def attacks(good: bytes) -> Iterator[tuple[str, bytes]]:
    """Each attack by its name."""
    parts = parts_of(good)
    sheet = parts[SHEET]

    def with_sheet(data: bytes) -> bytes:
        return archive_of(parts | {SHEET: data})

    def with_first_cell(cell: bytes) -> bytes:
        return with_sheet(re.sub(rb'<c r="A2".*?</c>', lambda _: cell, sheet, count=1))

    yield "nothing", b""
    yield "no archive", b"PK\x03\x04" + b"\0" * 500
    yield "an archive of nothing", archive_of({})
    yield "an archive of other things", archive_of({"brev.txt": b"Hej"})
    yield "an older kind of file", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096
    yield "encrypted", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    yield "cut short", good[: len(good) // 2]
    yield "its list of members cut off", good[:-30]
    yield "a bomb", archive_of(parts | {SHEET: b"<worksheet>" + b" " * 250_000_000})
    yield "a bomb beside", archive_of(parts | {"xl/media/bild.png": b"\0" * 250_000_000})
    yield "entities in entities", with_sheet(LAUGHS)
    yield "entities in entities, in UTF-16", with_sheet(LAUGHS.decode().encode("utf-16"))
    yield "an entity from outside", with_sheet(OUTSIDE)
    yield "a way out of the archive", archive_of(parts | {"../../ut.txt": b"ute", "/tmp/ut.txt": b"ute"})
    yield "members twice", good[:-22] + archive_of(parts)
    yield "elements in elements", with_sheet(b"<worksheet>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</worksheet>")
    yield "no end of a tag", with_sheet(sheet[: len(sheet) // 2])
    yield "no XML", with_sheet(b"\xff\xfe\x00<")
    yield "no sheet", archive_of({name: data for name, data in parts.items() if name != SHEET})
    yield "no list of sheets", archive_of({name: data for name, data in parts.items() if name != "xl/workbook.xml"})
    yield "no types", archive_of({name: data for name, data in parts.items() if "Content_Types" not in name})
    yield "a cell far away", with_first_cell(b'<c r="XFD1048576" t="inlineStr"><is><t>p9</t></is></c>')
    yield "a cell beyond all cells", with_first_cell(b'<c r="ZZZZ99999999" t="inlineStr"><is><t>p9</t></is></c>')
    yield "a cell nowhere", with_first_cell(b'<c r="1A" t="inlineStr"><is><t>p9</t></is></c>')
    yield "a shared text that is not there", with_first_cell(b'<c r="A2" t="s"><v>999999999</v></c>')
    yield "a shared text before the first", with_first_cell(b'<c r="A2" t="s"><v>-1</v></c>')
    yield "a style that is not there", with_first_cell(b'<c r="A2" s="999999"><v>1</v></c>')
    yield "a number without end", with_first_cell(b'<c r="A2"><v>1e999</v></c>')
    yield "no number", with_first_cell(b'<c r="A2"><v>NaN</v></c>')
    yield "a number of 100,000 digits", with_first_cell(b'<c r="A2"><v>' + b"9" * 100_000 + b"</v></c>")
    yield (
        "a text of a million signs",
        with_first_cell(b'<c r="A2" t="inlineStr"><is><t>' + b"a" * 1_000_000 + b"</t></is></c>"),
    )
    yield "a kind that is not known", with_first_cell(b'<c r="A2" t="zzz"><v>1</v></c>')
    yield "a formula", with_first_cell(b'<c r="A2"><f>WEBSERVICE("http://example.invalid")</f><v>p9</v></c>')
    yield (
        "a range of everything",
        with_sheet(
            sheet.replace(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            )
        ),
    )
    yield (
        "a range of nothing",
        with_sheet(
            sheet.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="::"/></mergeCells>')
        ),
    )
    yield (
        "two million rows",
        with_sheet(
            sheet.replace(
                b"</sheetData>", b"".join(b'<row r="%d"/>' % n for n in range(9, 2_000_000)) + b"</sheetData>"
            )
        ),
    )


def changed_at_random(good: bytes, chance: random.Random) -> bytes:
    """The workbook with some bytes of one of its parts, or of the archive itself, changed, removed or doubled."""
    if chance.random() < 0.3:
        return _scrambled(good, chance)
    parts = parts_of(good)
    name = chance.choice(sorted(parts))
    return archive_of(parts | {name: _scrambled(parts[name], chance)})


def _scrambled(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10))):
        place, length = chance.randrange(len(changed)), chance.choice((1, 1, 4, 40))
        way = chance.random()
        if way < 0.5:
            changed[place] = chance.randrange(256)
        elif way < 0.75:
            del changed[place : place + length]
        else:
            changed[place:place] = changed[place : place + length]
        if not changed:
            return bytes(changed)
    return bytes(changed)


def tried(typed: Typed, tables: Path, place: Path, *, seed: int, number: int) -> tuple[int, list[str]]:
    """How many workbooks were tried, attacks and so many changed at random, and what was wrong with which."""
    place.mkdir(parents=True, exist_ok=True)
    good, chance, failed = workbook(tables), random.Random(seed), []
    random_ones = ((f"changed at random, {n}", changed_at_random(good, chance)) for n in range(number))
    hostile = [*attacks(good), *random_ones]
    for name, data in hostile:
        file = place / "underlag.xlsx"
        file.write_bytes(data)
        began = time.monotonic()
        result = typed("kontrollera", file)
        if wrong := _wrong(result, time.monotonic() - began):
            failed.append(f"{name}: {wrong}")
    outside = [str(p) for p in (place.parent / "ut.txt", place.parent.parent / "ut.txt") if p.exists()]
    return len(hostile), failed + outside


def _wrong(result: Result, seconds: float) -> str:
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        return "".join(traceback.format_exception(result.exception))
    if result.exit_code not in (0, 2) or "Traceback" in result.output:
        return f"code {result.exit_code}: {result.output[-500:]}"
    if result.exit_code == 2 and not result.output.strip():
        return "refused without a word"
    return f"{seconds:.0f} s" if seconds > MOST_SECONDS else ""
