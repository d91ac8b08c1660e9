"""``terminsplan tjanst-lank``: another link that opens the service of this computer once."""

from __future__ import annotations

from pathlib import Path

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command("Visa en ny länk som öppnar tjänsten på den här datorn. Den gäller en gång, i fem minuter.")
@options.data
@options.database
def tjanst_lank(terminal: Terminal, data: Path | None, database: str | None) -> Exit:
    """The link alone on standard output."""
    return start("tjanst-lank", options.service_values(terminal, data, database))
