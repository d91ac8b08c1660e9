"""``terminsplan exportera UT --som FORM``: one output again from a plan."""

from __future__ import annotations

from pathlib import Path

import click

from outputs.files import EXPORTED
from outputs.files.kinds import Export, Planned
from outputs.names import PLAN
from terminsplan import options, store
from terminsplan.exits import Exit, RefusedError
from terminsplan.store import FolderKind, open_plan
from terminsplan.terminal import Terminal


@options.command("Gör om ett av resultaten från planen i UT: kalendrar, Excelbok, rapport eller CSV-tabeller.")
@options.folder
@click.option("--som", "form", type=click.Choice(tuple(EXPORTED)), required=True, help="Vad som ska göras.")
@click.option(
    "-o",
    "output",
    metavar="NAMN",
    type=options.PATH,
    help="Fil, eller för ics och csv mapp, att skriva. Förval: i mappen du står i, med planens namn.",
)
@click.option("--tvinga", "force", is_flag=True, help="Ersätt filen eller den exporterade mappen som redan finns.")
def exportera(terminal: Terminal, folder: Path, form: str, output: Path | None, force: bool) -> Exit:
    """A file for what is a single one, a folder for the rest, which replaces nothing but a folder of its own form."""
    stored = open_plan(folder)
    wanted = EXPORTED[form]
    assert wanted.export is not None
    if form == "ics":
        store.refuse_stray_events(stored)
    place = output or Path(stored.folder.name + wanted.export.suffix)
    files = wanted.make(Planned(stored.problem, stored.plan, stored.changes))
    if wanted.single_file:
        ((_, content),) = files
        whole = content if isinstance(content, bytes) else b"".join(content)
        notes = store.write_file(place, whole, force=force)
    else:
        _refuse_another_plan(place)
        target = store.target(place, force=force, sources=[stored.folder], kind=_kind(wanted.export))
        notes = (*target.notes, *target.write(files))
    terminal.note(*notes)
    terminal.show(f"Skrev {place}")
    terminal.result(Exit.DONE, {"written": str(place), "form": form})
    return Exit.DONE


def _kind(export: Export) -> FolderKind:
    assert export.folder is not None
    folders = export.folder.folders
    return FolderKind(
        what=export.folder.what,
        of_it=export.folder.of_it,
        marks=export.folder.marks,
        owns=export.folder.owns,
        folders=lambda: folders,
    )


def _refuse_another_plan(place: Path) -> None:
    """The calendars that lie in a plan's own folder are of that plan."""
    home = place.absolute().parent
    if (home / PLAN).is_file():
        raise RefusedError(f"{place} ligger i {home}, som är en plan. Ange en mapp utanför med -o.")
