"""What a table of the input is made of: columns and settings, and the kind of thing that each of them holds.

The kinds say what may be written. How a cell is read (inputs/parsers.py), written (columns/writing.py), and helps while
one fills it in (outputs/template/validation.py) follows from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto

Cell = str | int | float | date | time | None

MAX_COUNT = 100_000
"""The most that a count or a number of days may be which has no upper
bound of its own: it keeps date arithmetic inside the calendar.
"""

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""The years of all days that may be written."""


@dataclass(frozen=True)
class Text:
    """Free text, or with ``several`` a list of words that no other sheet knows."""

    several: bool = False


@dataclass(frozen=True)
class Id:
    """A name by which other sheets refer to the row; no other row has it."""


class Open(Enum):
    """What a last day far off means, by which people write "until further notice"."""

    TO_THE_END = auto()
    """To the end of the horizon."""
    NO_DATE = auto()
    """No date, as a blank cell."""


@dataclass(frozen=True)
class Day:
    """A date; ``open_end`` of a last day says what one far off means, else it is a date as any other."""

    open_end: Open | None = None


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
class HalfSteps:
    """A number within bounds, in steps of a half: ``2,5``. Whole ones are whole numbers in the models too."""

    low: int
    high: int


@dataclass(frozen=True)
class Number:
    """A number of 0 or more, with decimals where one likes."""


@dataclass(frozen=True)
class Hours:
    """A number of hours of 0 or more, decimals are fine; whole minutes in the models.

    A fraction of a minute is rounded, but dropped where the hours are the most that something may last (``at_most``).
    """

    at_most: bool = False


@dataclass(frozen=True)
class Month:
    """A month, ``2027-01``; its first day in the models."""


@dataclass(frozen=True)
class WordsOrText:
    """Some fixed words, or free text instead."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One of some fixed words; ``meanings`` are their values in the models, in the same order."""

    words: tuple[str, ...]
    meanings: tuple[object, ...]


@dataclass(frozen=True)
class Weekdays:
    """Days of the week: a span, or some of them with commas between."""

    words: tuple[str, ...] = ("mån-fre", "mån-tors", "tis-fre", "mån", "tis", "ons", "tors", "fre")


@dataclass(frozen=True)
class Country:
    """The code of a country whose public holidays are closed days, or ``-`` for none."""

    words: tuple[str, ...] = ("SE", "-")


@dataclass(frozen=True)
class Timezone:
    """The name of a time zone."""

    words: tuple[str, ...] = ("Europe/Stockholm",)


@dataclass(frozen=True)
class Reference:
    """The id of a row on another sheet, or with ``several`` a list of such ids."""

    table: str
    several: bool = False


@dataclass(frozen=True)
class PartReference(Reference):
    """Ids of another sheet, each alone (``CI``) or with the number of a part (``CI:1``)."""

    several: bool = True


@dataclass(frozen=True)
class SessionReference:
    """The id of a session. It is mostly made from round and module, so that the sheet cannot offer all of them."""


Kind = (
    Text
    | Id
    | Day
    | Month
    | Clock
    | YesNo
    | Whole
    | HalfSteps
    | Number
    | Hours
    | Words
    | WordsOrText
    | Weekdays
    | Country
    | Timezone
    | Reference
    | SessionReference
)


class Personal(Enum):
    """What a column tells of a person, and so what stands there instead with ``--pseudonymer``."""

    NAME = auto()
    """The person's name: the id of the row instead."""
    ADDRESS = auto()
    """The e-mail address of whom the row is about: one that leads nowhere instead."""
    TRAINER = auto()
    """Names of trainers, the same wherever they stand: an alias instead of each."""
    MANAGER = auto()
    """The name of a manager, who has no row of her own: an alias instead."""
    MANAGER_ADDRESS = auto()
    """The e-mail address of a manager: one that leads nowhere instead, the same for all of her people."""
    RESPONSIBLE = auto()
    """Who is responsible, where that is not one of the column's own words: an alias instead."""


@dataclass(frozen=True)
class Column:
    """A column: what it means, what a blank cell means, and what the example row holds. Texts are the user's.

    ``field``: the attribute of the model that holds its value. ``default``: the value of a blank cell, or of a required
    cell that could not be read (None: whatever the kind has for that). ``stated``: written even where it is the
    default. ``heading_required``: the heading must be there, though its cells may be blank.
    """

    name: str
    kind: Kind
    meaning: str
    example: Cell = None
    blank: str = ""
    required: bool = False
    width: int = 14
    field: str = ""
    default: object = None
    personal: Personal | None = None
    stated: bool = False
    heading_required: bool = False


@dataclass(frozen=True)
class Setting:
    """A row of ``inställningar``. Its default is that of ``field`` in ``ListedSettings``.

    ``in_plan``: how plan.xlsx explains it on its own sheet of settings, where ``unit`` stands after the number; None:
    it is not told there. ``one_term``: it belongs to one term and is left blank in the input of the next.
    """

    key: str
    kind: Kind
    meaning: str
    example: Cell
    field: str
    blank: str = ""
    in_plan: str | None = None
    unit: str = ""
    one_term: bool = False
    personal: Personal | None = None


@dataclass(frozen=True)
class Table:
    """A sheet to fill in. ``need`` is when one needs it, ``purpose`` what one row of it says.

    ``collection``: the attribute of ``TermProblem`` that holds its rows, None where they are part of another table's.
    ``closed``: any further column is an error. ``one_term``: its rows belong to one term and are left out of the next.
    """

    name: str
    need: str
    purpose: str
    columns: tuple[Column, ...]
    collection: str | None = None
    closed: bool = False
    one_term: bool = False
