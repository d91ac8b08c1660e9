"""What the commands of the service say: results on standard output, as text or as
JSON; messages on standard error. The options are those of ``terminsplan.options.command``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_NO_ERROR = 0


@dataclass(frozen=True)
class Telling:
    """How a command speaks: ``quiet`` leaves out what is no result, ``as_json`` makes the result JSON."""

    quiet: bool = False
    as_json: bool = False

    def result(self, lines: Iterable[str], **content: object) -> None:
        """What was asked for, as lines or as one JSON object, in ASCII as the other commands write it."""
        if self.as_json:
            self._json({"exit_code": _NO_ERROR, **content})
        else:
            sys.stdout.writelines(f"{line}\n" for line in lines)
            sys.stdout.flush()

    def done(self, *lines: str, **content: object) -> None:
        """What was done, on standard error; with JSON also an object on standard output."""
        if not self.quiet:
            sys.stderr.writelines(f"{line}\n" for line in lines)
        if self.as_json:
            self._json({"exit_code": _NO_ERROR, **content})

    def refused(self, code: int, why: str) -> None:
        """Why nothing was done, whatever the options."""
        sys.stderr.write(f"Fel: {why}\n")
        if self.as_json:
            self._json({"exit_code": code, "error": why})

    @staticmethod
    def _json(content: Mapping[str, object]) -> None:
        sys.stdout.write(f"{json.dumps(content, indent=2)}\n")
        sys.stdout.flush()


def telling_of(values: Mapping[str, Any]) -> Telling:
    """As a command was told."""
    return Telling(bool(values.get("quiet")), bool(values.get("as_json")))
