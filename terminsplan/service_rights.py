"""``konto`` and ``nyckel``: who may use a shared service. One command but for what it is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


def rights_command(name: str, help_: str, *more: Callable[[options.Command], options.Command]) -> click.Command:
    """The command by that name, with further options; it works while the service runs, and while it stands still."""

    @options.data
    @options.database
    def run(terminal: Terminal, *, data: Path | None, database: str | None, **values: str | None) -> Exit:
        return start(name, {**options.service_values(terminal, data, database), **values})

    run.__name__ = name
    told: options.Command = run
    for option in more:
        told = option(told)
    return options.command(help_)(options.what(options.rights(told)))
