"""``konto``: accounts, whether the service runs or stands still."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from typing import Any

from service.config import RefusedStartError
from service.start import configured, set_up
from service.telling import telling_of

_SHORTEST = 12


def run(values: Mapping[str, Any]) -> int:
    """Make, list or close."""
    set_up(configured(values))
    from service import rights  # noqa: PLC0415  # Django is set up just now
    from service.models import Account  # noqa: PLC0415

    what, name, telling = values["what"], values.get("name") or "", telling_of(values)
    if what != "lista" and not name.strip():
        raise RefusedStartError(f"Ange ett namn: terminsplan konto {what} NAMN")
    if what == "lista":
        telling.result(rights.listed(Account), accounts=rights.described(Account))
    elif what == "skapa":
        checked = rights.checked(Account, name, values)
        rights.make_account(checked, _password())
        telling.done(f"Kontot {name} finns nu.", name=name)
    else:
        rights.close(Account, name)
        telling.done(f"Kontot {name} är stängt, och den som var inloggad är utloggad.", name=name)
    return 0


def _password() -> str:
    """Asked for twice on a terminal; else the first line of standard input."""
    if sys.stdin.isatty():
        given = getpass.getpass("Lösenord: ")
        if getpass.getpass("Samma lösenord igen: ") != given:
            raise RefusedStartError("Lösenorden är inte lika.")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if len(given) < _SHORTEST:
        raise RefusedStartError(f"Lösenordet ska ha minst {_SHORTEST} tecken.")
    return given
