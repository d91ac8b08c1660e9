"""``terminsplan exportera UT --som ics|xlsx|html|csv``: one output again from a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click

from outputs import csv_tables, html, xlsx
from outputs.ics import EVERYTHING, calendars
from terminsplan import options, store
from terminsplan.exits import Exit
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal

_NAMES = {"ics": "-kalendrar", "xlsx": ".xlsx", "html": ".html", "csv": "-csv"}


@options.command("Gör om ett av resultaten från planen i UT: kalendrar, Excelbok, rapport eller CSV-tabeller.")
@options.folder
@click.option("--som", "form", type=click.Choice(tuple(_NAMES)), required=True, help="Vad som ska göras.")
@click.option(
    "-o",
    "output",
    metavar="NAMN",
    type=options.PATH,
    help="Fil, eller för ics och csv mapp, att skriva. Förval: i mappen du står i, med planens namn.",
)
@click.option("--tvinga", "force", is_flag=True, help="Ersätt en fil som redan finns.")
def exportera(terminal: Terminal, folder: Path, form: str, output: Path | None, force: bool) -> Exit:
    """Files for xlsx and html, folders for the rest."""
    stored = open_plan(folder)
    place = output or Path(stored.folder.name + _NAMES[form])
    if form == "xlsx":
        notes = store.write_file(place, xlsx.workbook(stored.problem, stored.plan, changes=stored.changes), force=force)
    elif form == "html":
        notes = store.write_file(place, html.report(stored.problem, stored.plan, changes=stored.changes), force=force)
    else:
        notes = store.target(place, force=False, sources=[stored.folder]).write(_files(stored, form))
    terminal.note(*notes)
    terminal.show(f"Skrev {place}")
    terminal.result(Exit.DONE, {"written": str(place), "form": form})
    return Exit.DONE


def _files(stored: Stored, form: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    if form == "ics":
        store.refuse_stray_events(stored)
        return calendars(stored.problem, stored.plan, selection=EVERYTHING)
    return csv_tables.tables(stored.problem, stored.plan)
