"""``terminsplan tjanst-aterstall FIL``: what a copy holds comes back."""

from __future__ import annotations

from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command("Läs tillbaka en kopia från FIL i stället för allt som finns i tjänsten. Alla loggas ut.")
@click.argument("file", metavar="FIL", type=options.PATH, help="Kopians fil.")
@options.data
@options.database
def tjanst_aterstall(terminal: Terminal, *, file: Path, data: Path | None, database: str | None) -> Exit:
    """Works while the service runs, and while it stands still."""
    return start("tjanst-aterstall", {**options.service_values(terminal, data, database), "file": str(file.absolute())})
