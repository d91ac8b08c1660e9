"""``konto`` and ``nyckel``: who may use a shared service. One command but for what it is about."""

from __future__ import annotations

from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


def rights_command(name: str, help_: str) -> click.Command:
    """The command by that name; it works while the service runs, and while it stands still."""

    @options.what
    @options.rights
    @options.data
    @options.database
    def run(_terminal: Terminal, *, data: Path | None, database: str | None, **values: str | None) -> Exit:
        return start(name, {**options.service_values(data, database), **values})

    run.__name__ = name
    return options.command(help_)(run)
