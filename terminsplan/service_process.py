"""The service is another program, and an optional part: it is started, never imported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from terminsplan.exits import Exit, RefusedError

_NEEDED = ("django", "waitress", "psycopg", "argon2")
_HOME = Path(__file__).parents[1]


def start(name: str, values: Mapping[str, object], *, watched: bool = False) -> Exit:
    """Run a command of the service to its end. One that is
    ``watched`` ends with this process; signals are handed on to it.
    """
    if missing := [package for package in _NEEDED if find_spec(package) is None]:
        raise RefusedError(
            f"Tjänsten är inte installerad ({', '.join(missing)} saknas).",
            'Installera den med: pip install "terminsplan[tjanst]"',
        )
    command = [sys.executable, "-m", "service", name, json.dumps({**values, "watched": watched})]
    process = subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE if watched else None)
    for number in _signals():
        signal.signal(number, lambda *_: _hand_on(process))
    code = process.wait()
    return Exit(code) if code in set(Exit) else Exit.BUG


def _signals() -> list[int]:
    found = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"))
    return [number for number in found if number is not None and signal.getsignal(number) is not signal.SIG_IGN]


def _hand_on(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    else:
        process.terminate()


def _environment() -> dict[str, str]:
    """A checkout is found where it lies; what is installed is found anyway."""
    if _HOME.name == "site-packages":
        return dict(os.environ)
    given = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{_HOME}{os.pathsep}{given}" if given else str(_HOME)}
