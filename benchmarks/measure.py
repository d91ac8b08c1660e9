"""One command in a process of its own: how long it took, how much of the processor, and its peak memory."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Timer
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
_KILO = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


@dataclass(frozen=True)
class Finished:
    """A command that has ended. ``peak_mb`` is that of its largest process."""

    code: int
    seconds: float
    cpu_seconds: float
    peak_mb: int
    out: str
    err: str


def run(command: Sequence[str], patience: float) -> Finished:
    """Run it from the repository and wait, at most so many seconds.
    This process stays small, so that peaks are the command's own.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=err, start_new_session=True)
        impatience = Timer(patience, os.killpg, (process.pid, signal.SIGKILL))
        impatience.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            impatience.cancel()
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Finished(
            process.returncode,
            seconds,
            usage.ru_utime + usage.ru_stime,
            round(usage.ru_maxrss * _KILO / 1e6),
            out.read().decode(),
            err.read().decode(),
        )


def python(module: str, *arguments: object, patience: float = 3600) -> Finished:
    """Run a module of this repository with the same interpreter."""
    return run([sys.executable, "-m", module, *map(str, arguments)], patience)


def machine() -> Mapping[str, object]:
    """The machine in general terms, and how busy it was with other things."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "load_before": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "ortools": version("ortools"),
    }
