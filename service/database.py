"""Django's description of the database: a SQLite file in the data folder, or PostgreSQL by its address."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from service.config import Config, RefusedStartError

FILE = "tjanst.sqlite3"
_BUSY_SECONDS = 20
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
_MOUNTS = Path("/proc/mounts")
_SPACES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}
"""As proc(5) writes them in paths."""
_REMOTE = 4
"""GetDriveType of Windows: a drive of another computer."""
_NETWORK_DRIVES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "ceph"})


def described(config: Config) -> dict[str, Any]:
    """For ``DATABASES``."""
    return _sqlite(config.data / FILE) if config.database is None else _postgresql(config)


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": _BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }


def _postgresql(config: Config) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # not needed for SQLite

    parts: dict[str, Any] = dict(conninfo_to_dict(config.database or ""))
    password = config.setting("DATABAS_LOSENORD") or parts.get("password") or ""
    known = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: str(parts.get(theirs) or "") for theirs, ours in known.items()},
        "PASSWORD": password,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {name: value for name, value in parts.items() if name not in {*known, "password"}},
    }


def refuse_unfit(config: Config) -> None:
    """Raises RefusedStartError for a password where everybody sees
    it, an address of no PostgreSQL, and SQLite on a network drive.
    """
    if config.database is None:
        if kind := _network_drive(config.data):
            raise RefusedStartError(
                f"{config.data} ligger på en nätverksdisk ({kind}), och där kan SQLite förlora data. "
                "Ange en mapp på en egen disk med --data, eller PostgreSQL med --databas."
            )
        return
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # not needed for SQLite

    try:
        parts = conninfo_to_dict(config.database)
    except Exception as error:
        raise RefusedStartError(
            "--databas är ingen adress till PostgreSQL; skriv som postgresql://server/databas"
        ) from error
    if not config.database.startswith(("postgresql://", "postgres://")):
        raise RefusedStartError("--databas ska börja med postgresql://")
    if parts.get("password"):
        raise RefusedStartError(
            "Lösenordet får inte stå i --databas, där andra på datorn ser det. "
            "Sätt TERMINSPLAN_DATABAS_LOSENORD, eller använd PostgreSQL:s egen PGPASSFILE."
        )


def _network_drive(folder: Path) -> str | None:
    """What kind of network drive a folder is on; None for one of this computer."""
    place = folder.absolute()
    if sys.platform == "win32":
        return _network_drive_of_windows(place)
    try:
        mounts = [line.split() for line in _MOUNTS.read_text("utf-8").splitlines()]
    except OSError:
        return None
    resolved = place.resolve()
    found = [(len(mount[1]), mount[2]) for mount in mounts if resolved.is_relative_to(_unescaped(mount[1]))]
    kind = max(found, default=(0, ""))[1]
    return kind if kind in _NETWORK_DRIVES else None


def _unescaped(path: str) -> str:
    for written, meant in _SPACES.items():
        path = path.replace(written, meant)
    return path


def _network_drive_of_windows(place: Path) -> str | None:
    if place.drive.startswith("\\\\"):
        return "UNC"
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # its windll is there alone

        if ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == _REMOTE:
            return place.drive
    return None
