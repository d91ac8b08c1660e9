"""How a command ends: the exit codes of OUTPUT.md, and the way to end early with a word to the user."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes. ``BUG`` is not in the contract: something went wrong that nobody foresaw."""

    DONE = 0
    BUG = 1
    INPUT = 2
    CHECK_FAILED = 3
    NOTHING_FOUND = 4
    NOT_ALL_ON_TIME = 5
    STOPPED = 130


class RefusedError(Exception):
    """The command cannot do what was asked. ``lines`` say so in Swedish, ``details`` are for ``--json``."""

    def __init__(self, *lines: str, code: Exit = Exit.INPUT, details: Mapping[str, object] | None = None) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.code = code
        self.details = details or {}
