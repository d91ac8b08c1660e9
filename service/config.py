"""What the service was started with, handed to its processes by the environment.

Secrets come from there or from a file, never from an argument.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "TERMINSPLAN_"
SECRETS = "tjanst.conf"
DEFAULT_ADDRESS = "127.0.0.1:8321"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
_CLOSED_FOLDER = 0o700
_CLOSED_FILE = 0o600


class RefusedStartError(Exception):
    """The service cannot do what was asked; the message says why, in Swedish."""


@dataclass(frozen=True)
class Config:
    """Where the data lies, where the service answers, and whether several people share it."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8321
    database: str | None = None
    shared: bool = False

    @property
    def address(self) -> str:
        """Where the service answers on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def public_address(self) -> str:
        """What absolute addresses begin with, without a slash at the end."""
        return self.setting("PUBLIK_ADRESS").rstrip("/") or self.address

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names that a request may be made to."""
        if not self.shared:
            return LOOPBACK_NAMES
        return (urlsplit(self.public_address).hostname or self.host,)

    @property
    def plans(self) -> Path:
        """Plan folders, each in a folder of its own."""
        return self.data / "planer"

    @property
    def inputs(self) -> Path:
        """Versions of input, each in a folder of its own."""
        return self.data / "underlag"

    @property
    def temporary(self) -> Path:
        """What is being read or written; thrown away when the service starts."""
        return self.data / "arbete"

    @property
    def reports(self) -> Path:
        """What ``uppfoljning`` and ``dimensionera`` wrote for the service to show."""
        return self.data / "rapporter"

    def environment(self) -> dict[str, str]:
        """What the processes of the service are started with."""
        told = {
            "DATA": str(self.data),
            "ADRESS": f"{self.host}:{self.port}",
            "DATABAS": self.database or "",
            "DELAD": "ja" if self.shared else "",
        }
        return {**os.environ, **{PREFIX + name: value for name, value in told.items()}}

    def setting(self, name: str) -> str:
        """A setting of the operator's: from the environment, else
        from ``tjanst.conf`` in the data folder; blank if in neither.
        """
        return os.environ.get(PREFIX + name) or _file_settings(self.data).get(name, "")

    def secret(self, name: str) -> str:
        """A secret of the operator's, or one made once and kept in the data folder where nobody set one."""
        return self.setting(name) or _kept_secret(self.data / f"{name.lower()}.hemlig")


def from_environment() -> Config:
    """What ``Config.environment`` told."""
    host, port = split_address(os.environ.get(PREFIX + "ADRESS") or DEFAULT_ADDRESS)
    data = os.environ.get(PREFIX + "DATA")
    database = os.environ.get(PREFIX + "DATABAS") or None
    return Config(
        Path(data) if data else default_folder(), host, port, database, bool(os.environ.get(PREFIX + "DELAD"))
    )


def default_folder() -> Path:
    """The user's local application data."""
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "terminsplan"


def split_address(address: str) -> tuple[str, int]:
    """Host and port; raises RefusedStartError for what is no address."""
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65_535 or not host:
        raise RefusedStartError(f"”{address}” är ingen adress; skriv som {DEFAULT_ADDRESS}.")
    return host.strip("[]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def make_folders(config: Config) -> None:
    """The data folder and its rooms, open to their owner alone; raises RefusedStartError for a file in its place."""
    if config.data.exists() and not config.data.is_dir():
        raise RefusedStartError(f"{config.data} är en fil, ingen mapp. Ange datamappen med --data.")
    for folder in (config.data, config.plans, config.inputs, config.temporary, config.reports):
        folder.mkdir(parents=True, exist_ok=True, mode=_CLOSED_FOLDER)
        if os.name == "posix":
            folder.chmod(_CLOSED_FOLDER)


def write_closed(path: Path, text: str) -> None:
    """A new file that only its owner can read."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _CLOSED_FILE), "w", encoding="utf-8") as file:
        file.write(text)


def _kept_secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except FileNotFoundError:
        made = secrets.token_urlsafe(48)
        write_closed(path, made)
        return made


def _file_settings(data: Path) -> Mapping[str, str]:
    """Lines ``NAMN=värde``; refused where others can read them."""
    path = data / SECRETS
    try:
        mode = path.stat().st_mode
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return {}
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise RefusedStartError(f"{path} går att läsa för andra. Gör den privat: chmod 600 {path}")
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip().removeprefix(PREFIX): value.strip() for name, _, value in pairs}
