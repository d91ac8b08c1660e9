"""A zip of CSV files, unpacked within limits: no file of it decides where it is written."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from terminsplan.system_errors import NO_ROOM

MOST_MEMBERS = 100
MOST_BYTES = 200_000_000
_CHUNK = 1 << 20
_ENCRYPTED, _UTF8 = 0x1, 0x800
_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tar", ".xlsx", ".bz2", ".xz"})
_LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class RefusedArchiveError(Exception):
    """The archive is not read; the message says why, in Swedish."""


def unpack(archive: Path, folder: Path) -> None:
    """Write the members into one flat folder; raises RefusedArchiveError for what may not be in such a zip."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = list(_members(opened))
            if not any(PurePosixPath(name).suffix.casefold() == ".csv" for _, name in members):
                raise RefusedArchiveError(
                    "zip-filen har inga CSV-filer; packa mappen med tabellerna som nyanställda.csv"
                )
            room = MOST_BYTES
            folder.mkdir(mode=0o700)
            for member, name in members:
                room -= _extract(opened, member, folder / name, room)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        raise RefusedArchiveError("filen är ingen hel zip-fil; packa mappen med CSV-filer igen") from error


def _members(opened: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    found = opened.infolist()
    if len(found) > MOST_MEMBERS:
        raise RefusedArchiveError(f"zip-filen har {len(found)} filer; högst {MOST_MEMBERS} tas emot")
    folders, names = set(), set()
    for member in found:
        path = PurePosixPath(unicodedata.normalize("NFC", _name(member).replace("\\", "/")))
        if member.is_dir() or path.name in _LEFT_BY_SYSTEMS or path.parts[0] == "__MACOSX":
            continue
        _refuse(member, path)
        folders.add(path.parent)
        if path.name.casefold() in names:
            raise RefusedArchiveError(f"zip-filen har två filer som heter {path.name}")
        names.add(path.name.casefold())
        yield member, path.name
    if len(folders) > 1:
        raise RefusedArchiveError("zip-filen har tabeller i flera mappar; lägg alla i en")


def _name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the mark of UTF-8 it
    may be that all the same, else it is what Windows calls OEM.
    """
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
        return raw.decode("utf-8")
    except UnicodeEncodeError:
        return member.filename
    except UnicodeDecodeError:
        return raw.decode("cp850", "replace")


def _refuse(member: zipfile.ZipInfo, path: PurePosixPath) -> None:
    if (
        path.is_absolute()
        or ".." in path.parts
        or len(path.parts) > 2
        or ":" in path.name
        or not path.name.isprintable()
    ):
        raise RefusedArchiveError("zip-filen har en fil i en annan mapp; lägg tabellerna överst i den, eller i en mapp")
    if member.flag_bits & _ENCRYPTED:
        raise RefusedArchiveError("zip-filen är krypterad; packa den utan lösenord")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise RefusedArchiveError("zip-filen har en länk; packa filerna själva")
    if path.suffix.casefold() in _ARCHIVES:
        raise RefusedArchiveError("zip-filen har en packad fil eller arbetsbok i sig; packa bara CSV-filer")


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, room: int) -> int:
    """The bytes written, at most ``room`` whatever the archive says of itself."""
    written = 0
    with opened.open(member) as source, place.open("xb") as target:
        place.chmod(0o600)
        while part := source.read(_CHUNK):
            written += len(part)
            if written > room:
                raise RefusedArchiveError("zip-filens innehåll är för stort (högst 200 MB uppackat)")
            target.write(part)
    return written
