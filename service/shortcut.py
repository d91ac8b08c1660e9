"""An icon that starts the service: on the desktop, and where programs are found."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from service.config import Config

_NAME = "Terminsplan"


def make(config: Config) -> Path:
    """The file that was made: what is double-clicked on each system."""
    command = [sys.executable, "-m", "terminsplan", "tjanst", "--data", str(config.data)]
    desktop = Path.home() / "Desktop"
    if sys.platform == "win32":
        place, text = desktop / f"{_NAME}.cmd", f'@echo off\r\nstart "" /min {_quoted(command)}\r\n'
    elif sys.platform == "darwin":
        place, text = desktop / f"{_NAME}.command", f"#!/bin/sh\nexec {shlex.join(command)}\n"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        place = home / "applications" / "terminsplan.desktop"
        text = (
            f"[Desktop Entry]\nType=Application\nName={_NAME}\nExec={shlex.join(command)}\n"
            "Terminal=true\nCategories=Office;\n"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    place.chmod(0o700)
    return place


def _quoted(command: list[str]) -> str:
    return " ".join(f'"{part}"' for part in command)
