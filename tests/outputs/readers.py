"""Independent readers of iCalendar, run as programs of their own; see tests/readers/.

Each is given paths on standard input and writes, for every file, a line ``calendar``, method, name and number of
properties, then a line for every event: uid, start, end (UTC), sequence, status, summary, location, description,
organizer, attendee and her name. Texts are hexadecimal UTF-8.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "readers"


class ReadEvent(NamedTuple):
    """An event as a reader understood it."""

    uid: str
    start: datetime
    end: datetime
    sequence: int
    status: str
    summary: str
    location: str
    description: str
    organizer: str
    attendee: str
    attendee_name: str


class ReadCalendar(NamedTuple):
    """A calendar as a reader understood it; ``properties`` counts those of the calendar itself."""

    method: str
    name: str
    properties: int
    events: tuple[ReadEvent, ...]


Reader = Callable[[Sequence[Path]], list[ReadCalendar]]


class MissingReaderError(Exception):
    """What is not installed, and how it gets installed."""


def _icaljs(_scratch: Path) -> list[str]:
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "ical.js").is_dir():
        raise MissingReaderError("ical.js saknas: kör 'npm ci --prefix tests/readers'")
    return [node, str(FOLDER / "read_icaljs.mjs")]


def _libical(scratch: Path) -> list[str]:
    compiler, program = shutil.which("gcc"), scratch / "read_libical"
    if compiler is None:
        raise MissingReaderError("gcc saknas, som läsaren för libical byggs med: 'apt-get install gcc libical-dev'")
    source = FOLDER / "read_libical.c"
    built = subprocess.run(
        [compiler, "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lical"],
        check=False,
        capture_output=True,
        text=True,
    )
    if "libical/ical.h" in built.stderr:
        raise MissingReaderError("libical saknas: 'apt-get install libical-dev'")
    assert built.returncode == 0, built.stderr
    return [str(program)]


def _vobject(_scratch: Path) -> list[str]:
    if find_spec("vobject") is None:
        raise MissingReaderError("vobject saknas: 'pip install vobject'")
    return [sys.executable, str(FOLDER / "read_vobject.py")]


def _khal(_scratch: Path) -> list[str]:
    if find_spec("khal") is None:
        raise MissingReaderError("khal saknas: 'pip install khal'")
    return [sys.executable, str(FOLDER / "read_khal.py")]


_COMMANDS = {"ical.js": _icaljs, "libical": _libical, "vobject": _vobject, "khal": _khal}
READERS = tuple(_COMMANDS)


@cache
def reader(name: str, scratch: Path) -> Reader:
    """The reader of this name; raises MissingReaderError."""
    command = _COMMANDS[name](scratch)
    return lambda paths: _parsed(_output(command, paths))


def installed(scratch: Path) -> tuple[dict[str, Reader], list[str]]:
    """All readers that are here, and what is said about those that are not."""
    found, missing = {}, []
    for name in READERS:
        try:
            found[name] = reader(name, scratch)
        except MissingReaderError as error:
            missing.append(str(error))
    return found, missing


def _output(command: list[str], paths: Iterable[Path]) -> str:
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "TZ": "UTC"}
    done = subprocess.run(
        command, input="\n".join(map(str, paths)) + "\n", check=False, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _parsed(output: str) -> list[ReadCalendar]:
    calendars: list[ReadCalendar] = []
    for line in output.splitlines():
        kind, *fields = line.split("\t")
        if kind == "calendar":
            calendars.append(ReadCalendar(_text(fields[0]), _text(fields[1]), int(fields[2]), ()))
        else:
            last = calendars[-1]
            calendars[-1] = last._replace(events=(*last.events, _event(kind, *fields)))
    return calendars


def _event(uid: str, start: str, end: str, sequence: str, status: str, *texts: str) -> ReadEvent:
    return ReadEvent(_text(uid), _utc(start), _utc(end), int(sequence), status, *map(_text, texts))


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _text(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode()
