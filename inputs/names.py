"""How names of tables, columns and settings are compared, and what was probably meant by a mistyped one (INPUT.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_PLAIN = str.maketrans("åäö", "aao")
# White space that somebody may have typed or pasted; other control characters are no text at all.
_SPACES = re.compile("[ \t\r\n\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

# Longer words that begin differently must be so much alike: the first letter is seldom mistyped, and words of one
# ending ("Anteckningar", "bokningar") are no slips of each other.
_ALIKE_WHATEVER_BEGINS = 0.75


def tidy(text: str) -> str:
    """The text as a reader sees it: composed (NFC), every run
    of white space one space, nothing of zero width, trimmed.
    """
    if not text.isascii():
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def fold(name: str) -> str:
    """The form in which two spellings of one name are equal.

    Case, outer space, å/ä/ö for a/a/o, and ``-`` or ``_`` for space make no difference.
    """
    plain = tidy(name).casefold().translate(_PLAIN)
    return re.sub(r"[-_\s]+", " ", plain).strip()


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None when none is like it. Spellings are compared folded."""
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold(candidate), candidate)
    # In an id of two or three letters one wrong letter is half of it, and the first may be that one.
    cutoff, begins_differently = (0.5, 0.5) if len(word) <= 3 else (0.6, _ALIKE_WHATEVER_BEGINS)
    sought = fold(word)
    found = get_close_matches(sought, list(by_fold), n=3, cutoff=cutoff)
    alike = get_close_matches(sought, found, n=3, cutoff=begins_differently)
    return next((by_fold[one] for one in found if one in alike or one[:1] == sought[:1]), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question to end a message with, or nothing."""
    guess = nearest(word, known)
    return f'; menade du "{guess}"?' if guess is not None else ""
