"""A folder of CSV files as sheets: encoding, delimiter and quotes found out, rows numbered as Excel numbers them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from inputs.findings import Findings
from inputs.schema import TableSpec
from inputs.tables import RawRow, Sheet, is_blank, recognised, spec_of

MAX_FILE_BYTES = 50_000_000
_DELIMITERS = (";", ",", "\t")


def sheets(folder: Path, findings: Findings, read: Collection[Path] = ()) -> list[Sheet]:
    """Every CSV file of the folder, in name order; hidden files
    (``._x.csv`` of macOS) are none. ``read`` are read otherwise.
    """
    present = (path for path in folder.iterdir() if path not in read)
    files = sorted(path for path in present if not path.name.startswith(".") and path.is_file())
    paths = [path for path in files if path.suffix.casefold() == ".csv"]
    _warn_of_unread([path for path in files if path not in paths], findings)
    if not paths:
        findings.error(
            "inga_tabeller",
            "har inga CSV-filer; ange mappen med tabellerna som nyanställda.csv, eller en arbetsbok (.xlsx)",
            value=str(folder),
        )
    return [sheet(path, findings) for path in paths]


# What is added to the name of a copy: "kvoter (1)", "kvoter - kopia".
_COPY = re.compile(r"\s*(\([0-9]+\)|[-–]\s*(kopia|copy).*)$", re.IGNORECASE)


def _warn_of_unread(files: Iterable[Path], findings: Findings) -> None:
    """Name each file that is called like a table but is no CSV file: Windows hides the last part of ``x.csv.txt``."""
    for path in files:
        name = unicodedata.normalize("NFC", path.name)
        spec = spec_of(_COPY.sub("", name.partition(".")[0]))
        if spec is not None:
            message = f"läses inte; spara den som {spec.name}.csv (filformat CSV UTF-8) om den ska räknas"
            findings.warn("fil_som_inte_läses", message, table=spec.name, value=name)


def sheet(path: Path, findings: Findings) -> Sheet:
    """One CSV file."""
    # macOS hands out names with the dots of å, ä, ö apart.
    name = unicodedata.normalize("NFC", path.stem)
    spec = spec_of(name)
    shown_name = spec.name if spec else name
    unreadable = Sheet(name, (), ragged=True, readable=False)
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            findings.error("för_stor_fil", "filen är större än 50 MB; dela upp eller rensa den", table=shown_name)
            return unreadable
        data = path.read_bytes()
    except OSError:
        findings.error("kan_inte_öppnas", "filen kan inte öppnas; stäng den i andra program", table=shown_name)
        return unreadable
    text = _decoded(data)
    if _looks_like_another_code_page(data, text):
        message = 'filen ser ut att vara sparad som CSV för Macintosh eller MS-DOS; spara den i Excel som "CSV UTF-8"'
        findings.error("annan_teckenkod", message, table=shown_name)
        return unreadable
    if text is not None and _may_be_another_code_page(data, text):
        message = (
            'kan vara sparad som CSV för Macintosh eller MS-DOS; är å, ä och ö fel: spara den i Excel som "CSV UTF-8"'
        )
        findings.warn("kanske_annan_teckenkod", message, table=shown_name, value=path.name)
    # A null among the headings is the mark of a program's own format; in a cell it is told with its place.
    if text is None or "\0" in text.partition("\n")[0]:
        findings.error("ingen_textfil", 'filen är ingen text; spara den i Excel som "CSV UTF-8"', table=shown_name)
        return unreadable
    return _parsed(name, shown_name, text, spec, findings)


def _decoded(data: bytes) -> str | None:
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif data.startswith(BOM_UTF8):
        encodings = ["utf-8-sig"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


# What å, ä, ö, é and ü of Mac Roman and of the DOS code pages look like in Windows-1252.
_RARE = "ŠŒš€…„†”Ž™‚Ÿ"
_IN_WORDS = re.compile(
    f"(?<=[A-Za-z])[{_RARE}](?=[A-Za-z])|(?<=[A-Za-z])[ŠŒš†„‚ŽŸ](?![A-Za-z])|[Œš€†™](?=[a-z])|(?<![^\\W_])[ŠŒš†](?![^\\W_])"
)
# A right quotation mark beside a letter; it needs another of its kind, or a left one, in its line.
_QUOTE = re.compile("(?<=[A-Za-z])”|”(?=[A-Za-z])")
_DOUBTFUL = re.compile("[ŠŒš„†Ž‚Ÿ]|(?<=[A-Za-z])[…™€]|[…€](?=[A-Za-z])|(?<![^\\s;,])(?<![0-9] )[…”™€](?![^\\s;,])")
_SWEDISH = re.compile("[åäöÅÄÖ]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def _looks_like_another_code_page(data: bytes, text: str | None) -> bool:
    """Whether å, ä and ö are those of Mac Roman or DOS: odd signs inside words and no Swedish letter anywhere."""
    if text is None:
        return not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF8)) and not _CONTROL_BYTES.search(data)
    if not _is_single_bytes(data) or _SWEDISH.search(text):
        return False
    return bool(_IN_WORDS.search(text)) or any(
        (line.count("”") - line.count("“")) % 2 and _QUOTE.search(line) for line in text.splitlines()
    )


def _may_be_another_code_page(data: bytes, text: str) -> bool:
    """Signs that may be meant and may be letters of another code page; and no Swedish letter that would tell."""
    return _is_single_bytes(data) and not _SWEDISH.search(text) and bool(_DOUBTFUL.search(text))


def _is_single_bytes(data: bytes) -> bool:
    """A byte is a sign: neither UTF-8 nor UTF-16."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return False


_SEPARATOR_LINE = re.compile(r'"?sep=(?P<sign>[^\r\n"])"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


def _parsed(name: str, shown_name: str, text: str, spec: TableSpec | None, findings: Findings) -> Sheet:
    rows: list[RawRow] = []
    number = 0
    # Excel obeys such a line and does not show it: rows are counted from the next.
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator["sign"] if separator else _delimiter(text, spec)
    with _cells_of_any_length():
        try:
            for number, record in enumerate(_records(text, delimiter), start=1):
                if not all(map(is_blank, record)):
                    rows.append(RawRow(number, record))
        except csv.Error:
            findings.error(
                "citattecken",
                'ett citattecken (") stängs inte rätt i raden; ta bort det, eller skriv det dubbelt ("") inne i text',
                table=shown_name,
                row=number + 1,
            )
            return Sheet(name, rows, ragged=True, readable=False)
    return Sheet(name, rows, ragged=True)


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """The limit on cells is ours, told with row and column; the one of the csv module would end the file there."""
    before = csv.field_size_limit(MAX_FILE_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str, spec: TableSpec | None) -> str:
    """The delimiter that gives the heading row most known columns, then most columns; else the first of the list."""

    def score(delimiter: str) -> tuple[int, int]:
        heading = _first_record(text, delimiter)
        return recognised(heading, spec), len(heading)

    return max(_DELIMITERS, key=score)


def _first_record(text: str, delimiter: str) -> list[str]:
    try:
        return next((r for r in _records(text, delimiter) if not all(map(is_blank, r))), [])
    except csv.Error:
        return []
