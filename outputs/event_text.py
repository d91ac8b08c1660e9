"""Text as calendars can hold it: one line, no control characters, and addresses that are addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

# CONTROL of RFC 5545 3.1 with what other programs take for a line break (NEL and the C1 controls, U+2028, U+2029).
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# A lone surrogate has no UTF-8 form.
_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"[^\s@,;:<>\"()\[\]\\]+@[^\s@,;:<>\"()\[\]\\]+")
# What RFC 6068 section 2 lets stand unencoded in a mailto URI, less what a header field could be read from.
_SAFE_IN_MAILTO = "@!$'*+-._~"


@lru_cache(maxsize=65536)
def one_line(text: str) -> str:
    """The text with every control character and line break as a space, so that it can never start a property."""
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text)).strip()


@lru_cache(maxsize=65536)
def address(text: str | None) -> str | None:
    """The e-mail address, or None for what no mail program would take for one."""
    found = one_line(text or "")
    return found if _ADDRESS.fullmatch(found) else None


def mailto(email: str) -> str:
    """The CAL-ADDRESS of an e-mail address (RFC 5545 3.3.3, RFC 6068): printable ASCII only."""
    return "mailto:" + quote(email, safe=_SAFE_IN_MAILTO)
