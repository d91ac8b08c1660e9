"""``python -m service NAME JSON``: one command, its values as
one JSON object. ``terminsplan`` has the options and their help.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

from service.config import RefusedStartError
from service.telling import telling_of
from terminsplan import system_errors
from terminsplan.bug_report import lines

_BUG, _REFUSED = 1, 2


def main() -> int:
    """The exit code."""
    os.umask(0o077)
    name = sys.argv[1].replace("-", "_") if len(sys.argv) > 1 and sys.argv[1].replace("-", "").isalpha() else ""
    values = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    try:
        command = importlib.import_module(f"service.commands.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"service.commands.{name}":
            raise
        sys.stderr.write("Starta tjänsten med ”terminsplan tjanst”.\n")
        return _REFUSED
    try:
        return int(command.run(values))
    except RefusedStartError as refusal:
        telling_of(values).refused(_REFUSED, str(refusal))
        return _REFUSED
    except Exception as error:
        if told := _obstacle(error):
            telling_of(values).refused(_REFUSED, told)
            return _REFUSED
        sys.stderr.write(f"Fel: något oväntat hände ({type(error).__name__}). Det är ett fel i terminsplan.\n")
        sys.stderr.writelines(f"{line}\n" for line in lines(error))
        return _BUG


def _obstacle(error: Exception) -> str | None:
    """What stands in the way outside of the service: files and folders, or the database; None for a bug."""
    if isinstance(error, OSError):
        return f"det går inte att läsa eller skriva {error.filename or 'datamappen'}: {system_errors.told(error)}."
    from service import unavailable  # noqa: PLC0415  # Django is slow to load, and was loaded where this can be

    found = unavailable.why(error)
    return None if found is None else found.sentence


if __name__ == "__main__":
    sys.exit(main())
