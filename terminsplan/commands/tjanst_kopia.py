"""``terminsplan tjanst-kopia FIL``: a consistent copy."""

from __future__ import annotations

from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command(
    "Skriv en kopia av allt i tjänsten, utan nycklar och inloggningar, till FIL. Går medan tjänsten är i gång."
)
@click.argument("file", metavar="FIL", type=options.PATH, help="Kopians fil.")
@options.data
@options.database
def tjanst_kopia(terminal: Terminal, *, file: Path, data: Path | None, database: str | None) -> Exit:
    """Works while the service runs, and while it stands still."""
    return start("tjanst-kopia", {**options.service_values(terminal, data, database), "file": str(file.absolute())})
