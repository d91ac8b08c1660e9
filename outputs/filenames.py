"""File names from ids: safe on Windows, macOS and Linux and inside a zip, the same every time, never two alike.

An id that is a safe name already names its file as it is, letters like å, ä and ö included. Any other id is made safe
and gets a digest of itself as suffix at once, so that its name does not depend on which other ids there are. Only ids
that differ by case or by Unicode form alone, which Windows and macOS would write to one file, make each other get one;
of them one that had its name in an earlier plan of the chain keeps it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

# Windows takes these for devices, whatever follows the first dot; CONIN$ and its like lose their $ below.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE)
_ALLOWED_MARKS = frozenset("-_.+=@ ")
# Windows allows 260 UTF-16 units for a whole path, and some encrypted file systems 143 bytes for a name.
_MAX_CHARACTERS = 60
_MAX_BYTES = 120
_DIGEST_CHARACTERS = 12
_NONE: Mapping[str, str] = MappingProxyType({})


def file_stems(ids: Iterable[str], kept: Mapping[str, str] = _NONE, name: Callable[[str], str] = str) -> dict[str, str]:
    """A name without ending for every id, usable as a folder too. No two are alike on any file system.

    ``kept`` are names given before, which stay: of two that would be alike, only the new one gets a digest. ``name`` is
    what an id is called where that is not the id itself.
    """
    every = sorted(set(ids))
    stems = {id_: kept.get(id_) or _stem(name(id_), id_) for id_ in every}
    alike = Counter(_folded(stem) for stem in {**kept, **stems}.values())
    return {
        id_: stem if id_ in kept or alike[_folded(stem)] == 1 else _with_digest(stem, id_)
        for id_, stem in stems.items()
    }


def _stem(name: str, id_: str) -> str:
    safe = _shortened(_printable(unicodedata.normalize("NFC", name)))
    if _DEVICES.fullmatch(safe):
        safe = "_" + safe
    return safe if safe and safe == name else _with_digest(safe, id_)


def _printable(text: str) -> str:
    """Letters, digits and a few marks; no dot or space at either end, where Windows drops it or Unix hides the file."""
    kept = "".join(c if c.isalnum() or c in _ALLOWED_MARKS or unicodedata.combining(c) else "_" for c in text)
    return kept.strip(". ")


def _shortened(text: str) -> str:
    shorter = text[:_MAX_CHARACTERS].encode()[:_MAX_BYTES].decode(errors="ignore")
    return shorter.rstrip(". ")


def _with_digest(stem: str, id_: str) -> str:
    digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{stem or '_'}~{digest[:_DIGEST_CHARACTERS]}"


def _folded(stem: str) -> str:
    """What file systems that ignore case and Unicode form compare by; a little coarser than any of them."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", stem).casefold())
