"""What a table of the template is made of: columns, and the kind of thing that each of them holds.

The kinds say what may be written; how a cell helps to write it (validation.py) and looks (book.py) follows from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

Cell = str | int | date | time | None


@dataclass(frozen=True)
class Text:
    """Free text, or a list of words that no other sheet knows."""


@dataclass(frozen=True)
class Id:
    """A name by which other sheets refer to the row; no other row has it."""


@dataclass(frozen=True)
class Day:
    """A date."""


@dataclass(frozen=True)
class Clock:
    """A time of day."""


@dataclass(frozen=True)
class YesNo:
    """``ja`` or ``nej``."""


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds; no upper bound of its own where ``high`` is None."""

    low: int = 0
    high: int | None = None


@dataclass(frozen=True)
class Words:
    """One of some fixed words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggested:
    """The words are offered, others may be written."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """The id of a row on another sheet, or with ``several`` a list of such ids."""

    table: str
    several: bool = False


@dataclass(frozen=True)
class SessionReference:
    """The id of a session. It is mostly made from round and module, so that the sheet cannot offer all of them."""


Kind = Text | Id | Day | Clock | YesNo | Whole | Words | Suggested | Reference | SessionReference


@dataclass(frozen=True)
class Column:
    """A column: what it means, what a blank cell means, and what the example row holds. Texts are the user's."""

    name: str
    kind: Kind
    meaning: str
    example: Cell = None
    blank: str = ""
    required: bool = False
    width: int = 14


@dataclass(frozen=True)
class Setting:
    """A row of ``inställningar``; ``value`` is the default that stands in the sheet from the start."""

    key: str
    kind: Kind
    meaning: str
    example: Cell
    value: Cell = None
    blank: str = ""


@dataclass(frozen=True)
class Table:
    """A sheet to fill in. ``need`` is when one needs it, ``purpose`` what one row of it says."""

    name: str
    need: str
    purpose: str
    columns: tuple[Column, ...]
