"""``terminsplan gallra``: whole terms of the service thrown away, by decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command(
    "Gallra hela terminer ur tjänsten, med underlag, planer och publiceringar. Skriver ett gallringsprotokoll."
)
@click.option(
    "--fore",
    "before",
    type=options.Day(),
    metavar="ÅÅÅÅ-MM-DD",
    required=True,
    help="Terminer som slutade före den dagen.",
)
@click.option("--beslut", "decision", metavar="BESLUT", required=True, help="Beslutet som gallringen vilar på.")
@options.data
@options.database
def gallra(terminal: Terminal, *, before: date, decision: str, data: Path | None, database: str | None) -> Exit:
    """Works while the service runs, and while it stands still."""
    values = {"before": before.isoformat(), "decision": decision}
    return start("gallra", {**options.service_values(terminal, data, database), **values})
