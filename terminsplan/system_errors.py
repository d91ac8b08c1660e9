"""What the operating system says of a file, in Swedish."""

from __future__ import annotations

from errno import (
    EACCES,
    EBUSY,
    EDQUOT,
    EEXIST,
    EFBIG,
    EHOSTDOWN,
    EINVAL,
    EIO,
    EISDIR,
    ELOOP,
    EMFILE,
    ENAMETOOLONG,
    ENFILE,
    ENODEV,
    ENOENT,
    ENOSPC,
    ENOTDIR,
    ENOTEMPTY,
    ENXIO,
    EPERM,
    EROFS,
    ESTALE,
    ETIMEDOUT,
)

_REASONS = {
    ENOSPC: "disken är full",
    EDQUOT: "diskutrymmet är slut",
    EACCES: "du har inte rätt att skriva eller läsa där, eller så är en fil öppen i ett annat program",
    EPERM: "du har inte rätt att skriva eller läsa där, eller så är en fil öppen i ett annat program",
    EBUSY: "mappen eller en fil i den används av ett annat program",
    EROFS: "disken går bara att läsa",
    ELOOP: "länkar i sökvägen leder runt till sig själva",
    ENAMETOOLONG: "sökvägen är för lång",
    ENOENT: "mappen finns inte, eller togs bort under tiden",
    ENOTEMPTY: "en annan körning skrev dit samtidigt",
    EEXIST: "en annan körning skrev dit samtidigt",
    EFBIG: "filen blir större än vad som är tillåtet där",
    EIO: "disken svarar inte som den ska",
    EINVAL: "platsen går inte att skriva till",
    EMFILE: "för många filer är öppna",
    ENFILE: "för många filer är öppna",
    ENOTDIR: "en del av sökvägen är en fil, inte en mapp",
    EISDIR: "där ligger en mapp med samma namn",
    ENXIO: "enheten finns inte",
    ENODEV: "enheten finns inte",
    ESTALE: "nätverksmappen har försvunnit",
    ETIMEDOUT: "nätverksmappen svarar inte",
    EHOSTDOWN: "nätverksmappen svarar inte",
}
NO_ROOM = frozenset({ENOSPC, EDQUOT, EFBIG, EROFS, EIO})
"""The disk takes no more, whatever is written to it."""
_OPEN_ELSEWHERE = (32, 33)
"""Windows: ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION."""


def told(error: OSError) -> str:
    """Why a file could not be read or written."""
    windows = getattr(error, "winerror", None)
    if windows in _OPEN_ELSEWHERE:
        return "en fil är öppen i ett annat program, kanske Excel; stäng den och försök igen"
    number = error.errno or 0
    return _REASONS.get(number, f"operativsystemet svarade med fel nummer {windows or number}")
