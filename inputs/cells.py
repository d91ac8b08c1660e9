"""One cell to one value, as INPUT.md says under "How cells are read".

Whatever is not listed there is an error, never a guess.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeVar

from columns.kinds import FIRST_YEAR, LAST_YEAR, MAX_COUNT
from inputs.names import did_you_mean, fold, tidy

T = TypeVar("T")

MAX_CELL_CHARACTERS = 32_767
MAX_ID_CHARACTERS = 100
MAX_MONTHS = 1_200


@dataclass(frozen=True)
class Unreadable:
    """A cell that the file itself could not give a value for, with what to do about it."""

    shown: str
    message: str


CellValue = str | int | float | bool | date | time | timedelta | Unreadable | None
Parser = Callable[[CellValue], T]


class BadCellError(Exception):
    """The cell does not hold what is expected; ``message`` reads on from the quoted value."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


FORMULA_ERROR = "är ett fel från en formel i Excel; rätta formeln eller skriv värdet"
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# As Excel writes them to CSV, in English and in Swedish; in a workbook the cell itself says that it holds an error.
_EXCEL_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
    | {"#FIELD!", "#BUSY!", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!"}
    | {"#SKÄRNING!", "#DIVISION/0!", "#VÄRDEFEL!", "#REFERENS!", "#NAMN?", "#OGILTIGT!", "#SAKNAS!", "#BERÄKNA!"}
)


def clean(value: CellValue) -> CellValue:
    """The value trimmed and composed (NFC), None when blank; raises ``BadCellError`` for what no column may hold."""
    if isinstance(value, Unreadable):
        raise BadCellError("oläslig_cell", value.message)
    if not isinstance(value, str):
        return value
    if len(value) > MAX_CELL_CHARACTERS:
        raise BadCellError("för_lång_cell", f"är {len(value)} tecken långt; en cell får ha högst {MAX_CELL_CHARACTERS}")
    text = tidy(value)
    if _CONTROL.search(text):
        raise BadCellError("styrtecken", "innehåller styrtecken; skriv om cellen för hand")
    if text in _EXCEL_ERRORS:
        raise BadCellError("excelfel", FORMULA_ERROR)
    return text or None


def shown(value: CellValue) -> str:
    """The value as the user sees it in the cell."""
    match value:
        case None:
            return ""
        case Unreadable():
            return value.shown
        case bool():
            return "SANT" if value else "FALSKT"
        case float():
            return _shown_number(value)
        case datetime() | time() | timedelta():
            return _shown_time(value)
    return str(value)


def _shown_time(value: datetime | time | timedelta) -> str:
    if isinstance(value, timedelta):
        return _shown_duration(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    minutes_tell_all = not (value.second or value.microsecond)
    return value.isoformat(timespec="minutes" if minutes_tell_all else "auto").replace("T", " ")


def _shown_duration(value: timedelta) -> str:
    """As Excel shows it: 24:00:00 is a whole day."""
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _shown_number(value: float) -> str:
    if math.isfinite(value) and value.is_integer():
        return str(int(value))
    return repr(value).replace(".", ",")


def text(value: CellValue) -> str:
    """Free text. A number reads as its digits: 17 typed in Excel is ``17``."""
    if isinstance(value, date | time | timedelta):
        raise BadCellError(
            "text_blev_datum", "har Excel gjort om till datum eller tid; formatera cellen som text och skriv om"
        )
    return shown(value)


def identifier(value: CellValue) -> str:
    """Text short enough to be an id."""
    found = text(_no_fraction(value))
    if len(found) > MAX_ID_CHARACTERS:
        raise BadCellError("för_långt_id", f"är {len(found)} tecken långt; ett id får ha högst {MAX_ID_CHARACTERS}")
    return found


def _no_fraction(value: CellValue) -> CellValue:
    """The value of an id or a list: a number with decimals is what Excel made of ``1,20``."""
    if isinstance(value, float) and not value.is_integer():
        raise BadCellError("text_blev_tal", "har Excel gjort om till ett tal; formatera cellen som text och skriv om")
    return value


def _items(value: CellValue) -> list[str]:
    return [part.strip() for part in re.split("[,;]", text(_no_fraction(value))) if part.strip()]


def texts(value: CellValue) -> tuple[str, ...]:
    """A list in the order written, without repeats."""
    return tuple(dict.fromkeys(_items(value)))


def identifiers(value: CellValue) -> tuple[str, ...]:
    """A list of ids in the order written, without repeats."""
    return tuple(identifier(item) for item in texts(value))


_DATES = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2}) +(?P<y>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})"),
)
NO_DATE = "är inget datum; skriv som 2026-08-24"


def day(value: CellValue) -> date:
    """A date in one of the listed spellings."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise BadCellError("datum_med_klockslag", "har ett klockslag; skriv bara datumet, som 2026-08-24")
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    match = None if isinstance(value, bool) else _written_date(shown(value))
    if match is None:
        raise BadCellError("inget_datum", NO_DATE + _if_serial(value))
    found = _date_of(match)
    if found is None:
        raise BadCellError("inget_datum", NO_DATE)
    return _plausible(found)


def _written_date(written: str) -> re.Match[str] | None:
    return next((found for pattern in _DATES if (found := pattern.fullmatch(written))), None)


def _date_of(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _if_serial(value: CellValue) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and 10_000 < value < 100_000:
        return ", eller formatera cellen som datum i Excel"
    return ""


def _plausible(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCellError("orimligt_år", f"har ett orimligt årtal; skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}")
    return found


# What staff systems write for "until further notice".
OPEN_END = date(9999, 12, 31)
_OPEN_ENDS = frozenset({OPEN_END, date(2999, 12, 31)})


def last_day(value: CellValue) -> date:
    """The last day of something; 31 December 9999 or 2999 is ``OPEN_END``."""
    return OPEN_END if _written_day(value) in _OPEN_ENDS else day(value)


def last_day_or_none(value: CellValue) -> date | None:
    """The last day of something, or None where it goes on until further notice."""
    found = last_day(value)
    return None if found == OPEN_END else found


def _written_day(value: CellValue) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = None if isinstance(value, bool) else _written_date(shown(value))
    return _date_of(match) if match else None


_TIME = re.compile(r"(?P<h>[0-9]{1,2})(?:[:.](?P<m>[0-9]{2})(?::00(?:\.0+)?)?)?")
NO_TIME = "är inget klockslag; skriv som 09:00"
# What Excel and openpyxl put before a time of day that stands in a cell formatted as date and time.
_TIME_ONLY_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1)})


def clock(value: CellValue) -> time:
    """A time of day, in whole minutes."""
    if isinstance(value, datetime) and value.date() in _TIME_ONLY_DAYS:
        return _whole_minute(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, time):
        seconds = value.second + value.microsecond / 1e6
        return _whole_minute(timedelta(hours=value.hour, minutes=value.minute, seconds=seconds))
    if isinstance(value, timedelta):
        return _whole_minute(value)
    match = None if isinstance(value, date | bool) else _TIME.fullmatch(shown(value))
    if match is None or (isinstance(value, float) and not value.is_integer()):
        raise BadCellError("inget_klockslag", NO_TIME)
    return _whole_minute(timedelta(hours=int(match["h"]), minutes=_minutes(match["m"])))


def _minutes(digits: str | None) -> int:
    minutes = int(digits or 0)
    if minutes >= 60:
        raise BadCellError("inget_klockslag", NO_TIME)
    return minutes


def _whole_minute(since_midnight: timedelta) -> time:
    # Excel stores 09:00 as 0.375 days; less exact fractions come back some microseconds off.
    seconds = round(since_midnight.total_seconds())
    if seconds == 86_400:
        raise BadCellError("klockslag_24", "finns inte som klockslag; ett tillfälle slutar senast 23:59, skriv så")
    if not 0 <= seconds < 86_400:
        raise BadCellError("inget_klockslag", NO_TIME)
    if seconds % 60:
        raise BadCellError("klockslag_med_sekunder", "har sekunder; skriv hela minuter, som 09:00")
    return time(seconds // 3600, seconds // 60 % 60)


_YES = frozenset({"ja", "j", "x", "sant", "true", "1"})
NO = frozenset({"nej", "n", "falskt", "false", "0"})


def yes_no(value: CellValue) -> bool:
    """Yes or no."""
    word = shown(value).casefold()
    if word in _YES:
        return True
    if word in NO:
        return False
    raise BadCellError("inte_ja_nej", "är varken ja eller nej; skriv ja eller nej")


_WHOLE = re.compile(r"(-?[0-9]{1,15})(?:[.,]0+)?(?: ?%)?")


def whole(low: int, high: int = MAX_COUNT) -> Parser[int]:
    """A parser of whole numbers from low to high; ``3,0`` is 3, and ``50 %`` is 50."""
    expected = f"skriv ett heltal från {low}" + (
        f" till {high}" if high not in {MAX_COUNT, MAX_MONTHS} else " och uppåt"
    )

    def parse(value: CellValue) -> int:
        match = None if isinstance(value, bool | date | time | timedelta) else _WHOLE.fullmatch(shown(value))
        if match is None:
            raise BadCellError("inget_heltal", f"är inget heltal; {expected}")
        number = int(match[1])
        if number > high and high in {MAX_COUNT, MAX_MONTHS}:
            raise BadCellError("utanför_intervall", f"är orimligt stort; skriv högst {high}")
        if not low <= number <= high:
            raise BadCellError("utanför_intervall", f"är utanför det tillåtna; {expected}")
        return number

    return parse


_DECIMAL = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?")
_HOURS_IN_A_WEEK = 168


def _fraction(value: CellValue, expected: str, most: int = MAX_COUNT) -> Fraction:
    """The number of 0 or more that is written, exactly."""
    match = None if isinstance(value, bool | date | time | timedelta) else _DECIMAL.fullmatch(_written_out(value))
    if match is None:
        raise BadCellError("inget_tal", f"är inget tal som går här; {expected}")
    found = Fraction(f"{match[1]}.{match[2] or 0}")
    if found > most:
        raise BadCellError("utanför_intervall", f"är orimligt stort; skriv högst {most}")
    return found


def _written_out(value: CellValue) -> str:
    """The digits of a number; one that Excel counted out may be off by the least bit."""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return shown(value)


def half_steps(low: int, high: int) -> Parser[int | float]:
    """A parser of numbers from low to high in steps of a half: ``2,5`` is 2.5 and ``3,0`` is 3."""
    expected = f"skriv ett tal från {low} till {high}, helt eller halvt"

    def parse(value: CellValue) -> int | float:
        found = _fraction(value, expected)
        if not low <= found <= high:
            raise BadCellError("utanför_intervall", f"är utanför det tillåtna; {expected}")
        if found.denominator > 2:
            raise BadCellError("inget_halvt_tal", f"är varken helt eller halvt; {expected}")
        return int(found) if found.denominator == 1 else float(found)

    return parse


def number(value: CellValue) -> float:
    """A number of 0 or more, with decimals where one likes."""
    return float(_fraction(value, "skriv ett tal från 0 och uppåt, som 5 eller 5,5"))


def minutes(*, whole_only: bool) -> Parser[int]:
    """A parser of hours, as minutes: a fraction of a minute is rounded, or with ``whole_only`` dropped."""

    def parse(value: CellValue) -> int:
        found = (
            _fraction(value, "skriv antal timmar, som 4 eller 3,5", _HOURS_IN_A_WEEK if whole_only else MAX_COUNT) * 60
        )
        return math.floor(found if whole_only else found + Fraction(1, 2))

    return parse


_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def month(value: CellValue) -> date:
    """The first day of a month, ``2027-01``; any first day of a month is what Excel makes of one."""
    written = shown(value)
    match = None if isinstance(value, date) else _MONTH.fullmatch(written)
    try:
        found = date(int(match[1]), int(match[2]), 1) if match else day(value)
    except (ValueError, BadCellError):
        found = date.min
    if found.day != 1 or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCellError("ingen_månad", "är ingen månad; skriv år och månad, som 2027-01")
    return found


def one_of_or_text(words: Iterable[str]) -> Parser[str]:
    """A parser of text in which some words, compared as names are, have one spelling."""
    by_fold = {fold(word): str(word) for word in words}

    def parse(value: CellValue) -> str:
        written = text(value)
        return by_fold.get(fold(written), written)

    return parse


def one_of(words: Mapping[str, T]) -> Parser[T]:
    """A parser of fixed words, compared as names are."""
    by_fold = {fold(word): meaning for word, meaning in words.items()}
    *others, last = words
    listed = f"{', '.join(others)} eller {last}" if others else last

    def parse(value: CellValue) -> T:
        word = shown(value)
        if fold(word) not in by_fold:
            raise BadCellError(
                "okänt_ord", f"är inget av de ord som går här; skriv {listed}{did_you_mean(word, words)}"
            )
        return by_fold[fold(word)]

    return parse


_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            ("mån", "måndag"),
            ("tis", "tisdag"),
            ("ons", "onsdag"),
            ("tor", "tors", "torsdag"),
            ("fre", "fredag"),
            ("lör", "lördag"),
            ("sön", "söndag"),
        ),
        start=1,
    )
    for word in (*map(fold, words), str(number))
}


def weekdays(value: CellValue) -> tuple[int, ...]:
    """ISO weekdays from ``mån-fre``, ``mån,ons,tors``, ``måndag`` or ``1-5``."""
    if isinstance(value, date):
        raise BadCellError(
            "text_blev_datum", "har Excel gjort om till datum; skriv mån-fre, eller formatera cellen som text"
        )
    days: set[int] = set()
    for part in _items(value):
        ends = [_weekday(word) for word in re.split("[-–]", part)]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise BadCellError(
                "ingen_veckodag", f'har "{part}", som inte går från en dag till en senare; skriv till exempel mån-fre'
            )
        days.update(range(ends[0], ends[-1] + 1))
    if not days:
        raise BadCellError("ingen_veckodag", "har ingen veckodag; skriv till exempel mån-fre")
    return tuple(sorted(days))


def _weekday(word: str) -> int:
    number = _WEEKDAYS.get(fold(word))
    if number is None:
        raise BadCellError(
            "ingen_veckodag", f'har "{word.strip()}", som inte är någon veckodag; skriv till exempel mån-fre'
        )
    return number
