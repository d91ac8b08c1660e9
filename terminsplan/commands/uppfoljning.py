"""``terminsplan uppfoljning UT … -o UPP``: plans of several terms together, as report and workbook, without names."""

from __future__ import annotations

from pathlib import Path

import click

from outputs.followup import files, names
from outputs.followup.chains import Counted, FollowedPlan, latest_of_each_term
from outputs.followup.data import as_data
from outputs.followup.figures import follow_up
from outputs.followup.words import headlines
from terminsplan import options, store
from terminsplan.exits import Exit
from terminsplan.store import FolderKind, open_plan
from terminsplan.terminal import Terminal

_FOLDER = FolderKind(
    what="en uppföljning",
    of_it="uppföljningen",
    marks=names.NAMES,
    owns=lambda path: str(path) in names.NAMES,
    folders=frozenset,
)


@options.command(
    "Följ upp flera terminers planer tillsammans: hur många som blev klara i tid, per förvaltning, enhet, utbildning "
    "och starttermin, timmar, platser och kostnad. Inga namn på personer."
)
@click.argument("folders", metavar="UT...", type=options.PATH, nargs=-1, required=True, help="Mappar med planer.")
@click.option(
    "-o", "output", metavar="UPP", type=options.PATH, required=True, help="Mapp som uppföljningen skrivs till."
)
@click.option("--tvinga", "force", is_flag=True, help="Ersätt en uppföljning som redan finns där.")
def uppfoljning(terminal: Terminal, folders: tuple[Path, ...], output: Path, force: bool) -> Exit:
    """Of several plans of one term the latest counts."""
    target = store.target(output, force=force, sources=folders, kind=_FOLDER)
    terminal.note(*target.notes)
    plans = [_opened(folder) for folder in folders]
    counted = latest_of_each_term(plans)
    terminal.note(
        *(f"{old.name} räknas inte: {new.name} är en senare plan för samma termin." for old, new in counted.replaced)
    )
    found = follow_up(counted.plans)
    terminal.note(*target.write(files.files(found)))
    terminal.show(*(f"{question} {figure}. {sentence}" for question, figure, sentence in headlines(found)))
    terminal.show("", f"Skrev {output}. Öppna {output / names.REPORT}")
    terminal.result(Exit.DONE, {"folder": str(output), "counted": _names(counted), **as_data(found)})
    return Exit.DONE


def _opened(folder: Path) -> FollowedPlan:
    stored = open_plan(folder)
    return FollowedPlan(str(folder), stored.problem, stored.plan, stored.plan_sha256)


def _names(counted: Counted) -> list[str]:
    return [plan.name for plan in counted.plans]
