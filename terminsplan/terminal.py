"""Everything that reaches the user's eyes: tables and words on the screen, one JSON object for programs.

Names and faulty values are data: they are never read as markup, and no control character of theirs gets out.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import TextIO, TypeVar

from rich.console import Console
from rich.text import Text

from scheduler.search.progress import Progress
from terminsplan.exits import Exit, RefusedError
from terminsplan.progress import counted, shown

PLAIN_WIDTH = 200
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_File = TypeVar("_File")


class Terminal:
    """Where a command speaks. Results go to standard output, or with ``as_json`` to standard error beside the JSON."""

    def __init__(self, *, quiet: bool = False, as_json: bool = False) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self.err = _console(sys.stderr)
        self.out = self.err if as_json else _console(sys.stdout)
        self._when_stopped = "Avbryter och sparar det bästa hittills."

    def show(self, *parts: object) -> None:
        """The summary: rich tables, or text. Nothing with ``--tyst``."""
        if not self.quiet:
            for part in parts:
                self.out.print(printable(part) if isinstance(part, str) else part, soft_wrap=isinstance(part, str))

    def note(self, *lines: str) -> None:
        """Something to know that is no error, beside the result. Nothing with ``--tyst``."""
        if not self.quiet:
            self._lines("yellow", lines)

    def progress(self, label: str = "") -> AbstractContextManager[Callable[[Progress], None]]:
        """What to tell of each step of a solve for as long as this lasts; ``label`` stands before it."""
        return shown(self.err, quiet=self.quiet, label=label)

    def heard_stop(self) -> None:
        """The first Ctrl-C while a plan is made and written; shown whatever the options: the user is waiting for it."""
        said = f"{self._when_stopped} Ctrl-C en gång till avslutar utan att spara."
        try:
            self._lines("yellow", (said,))
        except RuntimeError:  # the signal came in the midst of a line on the same stream
            os.write(2, f"\n{said}\n".encode())

    @contextmanager
    def writing(self) -> Iterator[Callable[[Iterable[_File]], Iterator[_File]]]:
        """While what was found is written, which takes a minute for a
        large term: gives files on, and tells how many there are so far.
        """
        self._when_stopped = "Det som är funnet skrivs just nu."
        with counted(self.err, quiet=self.quiet) as tell:

            def told(files: Iterable[_File]) -> Iterator[_File]:
                for number, file in enumerate(files):
                    tell("Skriver filerna", number, 0)
                    yield file

            yield told

    def complain(self, *lines: str) -> None:
        """What went wrong; shown whatever the options."""
        self._lines("red", lines)

    def refuse(self, refusal: RefusedError) -> None:
        """Why the command did nothing."""
        first, *rest = refusal.lines
        self.complain(f"Fel: {first}", *rest)
        self.result(refusal.code, {"error": "\n".join(refusal.lines), **refusal.details})

    def result(self, code: Exit, content: Mapping[str, object]) -> None:
        """The machine-readable result. ASCII only, so that no code page between here and the reader can spoil it."""
        if self.as_json:
            json.dump({"exit_code": int(code), **content}, sys.stdout, indent=2, default=_plain)
            sys.stdout.write("\n")

    def _lines(self, style: str, lines: Iterable[str]) -> None:
        for number, line in enumerate(lines):
            self.err.print(Text(_clean(line), style=style if number == 0 else ""), soft_wrap=True)


def printable(value: object) -> Text:
    """Text as it is, without markup and without characters that act on a terminal."""
    return Text(_clean(str(value)))


def spare_the_code_page(streams: Iterable[TextIO]) -> None:
    """Let no character stop the program where the code page does not have it, as in older Windows consoles."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _console(stream: TextIO) -> Console:
    """Tables fit the window; without one (a pipe, a file) they are wide enough for anything that is worth reading."""
    return Console(
        file=stream, width=None if stream.isatty() else PLAIN_WIDTH, highlight=False, emoji=False, markup=False
    )


def _clean(text: str) -> str:
    kept = (c if c == "\n" or unicodedata.category(c) not in _HIDDEN else "\N{REPLACEMENT CHARACTER}" for c in text)
    return "".join(kept)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
