"""An uploaded file becomes a folder of what was read from it,
by a process of its own that is ended when it takes too long.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import Any

from service.config import Config
from service.reading.limits import EXIT_NO_ROOM, MOST_SECONDS

FOUND = "last.json"
TABLES = "tabeller.json"
NORMAL_FORM = "indata.json"
CSV_FOLDER = "csv"
MOST_BYTES = 51_000_000


@dataclass(frozen=True)
class Read:
    """What was found. ``folder`` holds it, until it is thrown away
    or kept; ``source`` is what a command would be given, below it.
    """

    folder: Path
    source: str
    found: Mapping[str, Any]

    @property
    def readable(self) -> bool:
        """Whether tables could be read at all."""
        return bool(self.found["readable"])

    @property
    def may_be_kept(self) -> bool:
        """Whether it holds nothing that must not be kept."""
        return bool(self.found.get("kept"))

    @property
    def plannable(self) -> bool:
        """Whether a plan can be made of it."""
        return bool(self.found["plannable"])

    def discard(self) -> None:
        """Throw all of it away."""
        shutil.rmtree(self.folder, ignore_errors=True)


def read_file(config: Config, name: str, write: Callable[[Path], object]) -> Read:
    """Read a file that ``write`` puts at the path it is given; of its ``name`` only the ending counts."""
    suffix = ".zip" if name.casefold().endswith(".zip") else ".xlsx"
    source = f"underlag{suffix}"

    def make(folder: Path) -> None:
        write(folder / source)

    folder, found = _made(config, make, source)
    return Read(folder, CSV_FOLDER if suffix == ".zip" else source, found)


def read_tables(config: Config, files: Mapping[str, bytes]) -> Read:
    """Read CSV files by name, as the forms write them."""

    def make(folder: Path) -> None:
        place = folder / CSV_FOLDER
        place.mkdir(mode=0o700)
        for name, data in files.items():
            (place / name).write_bytes(data)

    folder, found = _made(config, make, CSV_FOLDER)
    return Read(folder, CSV_FOLDER, found)


def _made(config: Config, make: Callable[[Path], object], source: str) -> tuple[Path, Mapping[str, Any]]:
    """A folder with what was found; nothing is left where the disk took no more."""
    folder = _new_folder(config)
    try:
        make(folder)
        return folder, _run(config, folder, source)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _new_folder(config: Config) -> Path:
    folder = config.temporary / secrets.token_hex(8)
    folder.mkdir(mode=0o700)
    return folder


def _run(config: Config, folder: Path, source: str) -> Mapping[str, Any]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "service.reading.process", str(folder), source]
    end, held = os.pipe()  # its other end is closed when this process ends, and then the child ends too
    try:
        done = subprocess.run(
            command,
            env=environment,
            cwd=config.data,
            stdin=end,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            found: Mapping[str, Any] = json.loads((folder / FOUND).read_text("utf-8"))
            return found
    except (subprocess.TimeoutExpired, OSError, ValueError):
        done = None
    finally:
        os.close(end)
        os.close(held)
    if done is not None and done.returncode == EXIT_NO_ROOM:
        raise OSError(ENOSPC, os.strerror(ENOSPC))
    message = "filen är för stor eller för tillkrånglad att läsa; rensa den, eller spara den på nytt i Excel"
    error = {"table": None, "row": None, "column": None, "value": None, "message": message, "text": message}
    return {"errors": [error], "warnings": [], "readable": False, "plannable": False}
