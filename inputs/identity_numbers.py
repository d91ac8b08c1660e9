"""Swedish personal identity numbers and coordination numbers in texts: they are not for the plan (INPUT.md).

Counted are those with a valid date and check digit, no digit beside them, and an age of 15 to 100 years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

# With a sign before the last four, or with the century: certain. Ten digits alone may be something else.
CERTAIN, BARE = "säkert", "kanske"
YOUNGEST, OLDEST = 15, 100
_HIDDEN = "(personnummer)"
_NUMBER = re.compile(r"(?<![0-9])(?P<century>[0-9]{2})?(?P<day>[0-9]{6})(?P<sign>[-+])?(?P<last>[0-9]{4})(?![0-9])")


def found_in(text: str, today: date) -> str | None:
    """``CERTAIN`` or ``BARE`` for the surest number in the text; None where there is none."""
    kinds = [_kind(match) for match in _numbers(text, today)]
    return min(kinds, key=[CERTAIN, BARE].index, default=None)


def without(text: str, today: date) -> str:
    """The text with a word in place of each number."""
    for match in reversed(list(_numbers(text, today))):
        text = text[: match.start()] + _HIDDEN + text[match.end() :]
    return text


def _numbers(text: str, today: date) -> Iterator[re.Match[str]]:
    if len(text) < 10:
        return
    for match in _NUMBER.finditer(text):
        if _check_digit_holds(match["day"] + match["last"]) and _age_fits(match, today):
            yield match


def _kind(match: re.Match[str]) -> str:
    return CERTAIN if match["sign"] or match["century"] else BARE


def _check_digit_holds(digits: str) -> bool:
    """The Luhn sum of all ten digits is a multiple of ten."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _age_fits(match: re.Match[str], today: date) -> bool:
    centuries = [match["century"]] if match["century"] else ["19", "20"]
    return any(_is_age(_birth(century + match["day"]), today) for century in centuries)


def _birth(digits: str) -> date | None:
    day = int(digits[6:])
    try:
        # A coordination number has the day of birth plus 60.
        return date(int(digits[:4]), int(digits[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return None


def _is_age(birth: date | None, today: date) -> bool:
    if birth is None:
        return False
    age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return YOUNGEST <= age <= OLDEST
