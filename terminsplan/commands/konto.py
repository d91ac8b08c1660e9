"""``terminsplan konto``: accounts of a shared service."""

from __future__ import annotations

from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command("Skapa, lista eller stäng konton för dem som loggar in i tjänsten. Lösenordet frågas efter.")
@options.what
@options.rights
@click.option("--e-post", "email", metavar="ADRESS", help="Dit besked till förvaltningen skickas.")
@options.data
@options.database
def konto(
    terminal: Terminal,
    *,
    what: str,
    name: str | None,
    role: str | None,
    organisation: str | None,
    unit: str | None,
    email: str | None,
    data: Path | None,
    database: str | None,
) -> Exit:
    """Works while the service runs, and while it stands still."""
    values = {"what": what, "name": name, "role": role, "organisation": organisation, "unit": unit, "email": email}
    return start("konto", {**options.service_values(data, database), **values})
