"""One run at a time writes a folder: the system's own lock
on a file beside it, which is freed when its process dies.
"""

from __future__ import annotations

import os
import sys
import weakref
from contextlib import suppress
from errno import EACCES, EAGAIN, EDEADLK, EWOULDBLOCK
from pathlib import Path

_TAKEN = {EACCES, EAGAIN, EDEADLK, EWOULDBLOCK}
_TRIES = 20


class TakenError(Exception):
    """Another run holds the lock."""


class Lock:
    """A lock that is held until ``free``, or until nobody knows
    it any more. ``works`` is False where the drive has no locks.
    """

    def __init__(self, path: Path) -> None:
        """Take it; raises TakenError, and OSError where the file cannot be made."""
        for _ in range(_TRIES):
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                self.works = _lock(handle)
            except BaseException:
                os.close(handle)
                raise
            if not self.works or _is_at(handle, path):
                break
            os.close(handle)  # whoever held it has just thrown the file away
        else:
            raise TakenError
        self.free = weakref.finalize(self, _free, handle, path)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # there is none elsewhere

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  # there is none on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise TakenError from error
        return False
    return True


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _free(handle: int, path: Path) -> None:
    """On Windows no open file can be removed, elsewhere only who holds the lock may remove it."""
    if sys.platform == "win32":
        os.close(handle)
    with suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)
