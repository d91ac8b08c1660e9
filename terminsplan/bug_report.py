"""What went wrong where, in a file that one can send: types of
exceptions, our own modules and lines, versions. No message, no path.
"""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_OURS = ("terminsplan", "models", "columns", "inputs", "scheduler", "outputs", "service")
_PACKAGES = (
    "terminsplan",
    "ortools",
    "highspy",
    "pydantic",
    "click",
    "rich",
    "icalendar",
    "openpyxl",
    "xlsxwriter",
    "holidays",
)


def write(error: BaseException) -> Path | None:
    """The report in the folder for temporary files, where only the user can read it; None where there is none."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="terminsplan-fel-", suffix=".txt", delete=False
        ) as file:
            file.writelines(f"{line}\n" for line in lines(error))
        return Path(file.name)
    except OSError:
        return None


def lines(error: BaseException) -> Iterator[str]:
    """The exception, those that it came from, and the versions."""
    known: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in known:
        known.add(id(cause))
        yield type(cause).__qualname__
        yield from (f"  {place}" for place in _places(cause))
        cause = cause.__cause__ or cause.__context__
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield from (f"{package} {_version(package)}" for package in _PACKAGES)


def _places(error: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] in _OURS:
            yield f"{module}, rad {line}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that is not installed
        return "-"
