"""Who may see a file: owner, group, permission bits and access
lists, kept when it is replaced, closed to others when it is new.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ACCESS_LIST, _DEFAULT_LIST = "system.posix_acl_access", "system.posix_acl_default"
_GROUP_BITS = stat.S_IRWXG | stat.S_ISGID
POSIX = os.name == "posix"


@dataclass(frozen=True)
class Rights:
    """Those of a file or folder; ``lists`` are its access lists by the name of their attribute."""

    mode: int
    owner: int
    group: int
    lists: Mapping[str, bytes]


def rights_of(path: Path) -> Rights:
    """As they are now."""
    found = path.stat()
    lists = {name: value for name in (_ACCESS_LIST, _DEFAULT_LIST) if (value := _list(path, name)) is not None}
    return Rights(stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid, lists)


def give(path: Path, rights: Rights) -> bool:
    """Give a new file the rights of the one that it replaces; False
    where its group cannot be kept: then it is closed to the new one.
    """
    if not POSIX:
        return True
    now = rights_of(path)
    if now == rights:
        return True
    if now.owner != rights.owner:
        with suppress(PermissionError):
            os.chown(path, rights.owner, -1)
    kept = now.group == rights.group or _give_group(path, rights.group)
    path.chmod(rights.mode if kept else rights.mode & ~_GROUP_BITS)
    if kept:
        for name in (_ACCESS_LIST, _DEFAULT_LIST):
            _give_list(path, name, rights.lists.get(name))
    return kept


def is_shared(folder: Path) -> bool:
    """What is new in it takes what the folder gives: it has the
    setgid bit or a default access list, or the system has no bits.
    """
    return not POSIX or bool(folder.stat().st_mode & stat.S_ISGID) or _list(folder, _DEFAULT_LIST) is not None


def _give_group(path: Path, group: int) -> bool:
    try:
        os.chown(path, -1, group)
    except PermissionError:
        return False
    return True


def _list(path: Path, name: str) -> bytes | None:
    if not hasattr(os, "getxattr"):
        return None
    try:
        return os.getxattr(path, name)
    except OSError:  # none, or a drive that knows none
        return None


def _give_list(path: Path, name: str, value: bytes | None) -> None:
    if not hasattr(os, "setxattr"):
        return
    with suppress(OSError):
        if value is not None:
            os.setxattr(path, name, value)
        else:
            os.removexattr(path, name)
