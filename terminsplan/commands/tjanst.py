"""``terminsplan tjanst``: the service in the browser (SERVICE.md)."""

from __future__ import annotations

from pathlib import Path

import click

from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.service_process import start
from terminsplan.terminal import Terminal


@options.command("Starta tjänsten: planera, publicera och prenumerera på kalendrar i webbläsaren.")
@options.data
@click.option(
    "--adress",
    "address",
    metavar="DATOR:PORT",
    default="127.0.0.1:8321",
    show_default=True,
    help="Där tjänsten svarar. En annan adress än den här datorns egen delar den med andra, som --delad.",
)
@options.database
@click.option("--delad", "shared", is_flag=True, help="Flera använder tjänsten och loggar in, bakom en proxy med TLS.")
@click.option(
    "--ingen-webblasare", "no_browser", is_flag=True, help="Visa en länk i stället för att öppna webbläsaren."
)
@click.option("--genvag", "shortcut", is_flag=True, help="Gör en ikon som startar tjänsten.")
def tjanst(
    terminal: Terminal,
    *,
    data: Path | None,
    address: str,
    database: str | None,
    shared: bool,
    no_browser: bool,
    shortcut: bool,
) -> Exit:
    """Until it is ended."""
    values = {"address": address, "shared": shared, "no_browser": no_browser, "shortcut": shortcut}
    return start("tjanst", {**options.service_values(terminal, data, database), **values}, watched=True)
