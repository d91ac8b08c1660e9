"""``terminsplan narvarolista UT [OMGÅNG …] -o FIL.xlsx``: attendance lists to print, fill in and read back."""

from __future__ import annotations

from pathlib import Path

import click

from outputs.attendance_lists import sessions_of, workbook
from outputs.words import count, listed
from terminsplan import options, store
from terminsplan.commands.mall import workbook_path
from terminsplan.exits import Exit, RefusedError
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal


@options.command(
    "Skriv närvarolistor för planen i UT: ett blad per tillfälle att skriva ut, fylla i och läsa tillbaka."
)
@options.folder
@click.argument("rounds", metavar="[OMGÅNG]...", nargs=-1, help="Omgångar att skriva listor för. Förval: alla.")
@click.option("-o", "output", metavar="FIL", type=options.PATH, required=True, help="Arbetsbok (.xlsx) att skriva.")
@click.option("--tvinga", "force", is_flag=True, help="Ersätt en fil som redan finns. Den kan vara ifylld.")
def narvarolista(terminal: Terminal, *, folder: Path, rounds: tuple[str, ...], output: Path, force: bool) -> Exit:
    """A sheet for each session at which somebody has a seat."""
    place = workbook_path(output)
    stored = open_plan(folder)
    _refuse_unknown(stored, rounds)
    sessions = sessions_of(stored.problem, stored.plan, rounds)
    if not sessions:
        raise RefusedError("Ingen har plats vid något tillfälle där, så det finns ingen lista att skriva.")
    terminal.note(*store.write_file(place, workbook(stored.problem, stored.plan, sessions), force=force))
    terminal.show(
        f"Skrev {count(len(sessions), 'närvarolista', 'närvarolistor')} i {place}.",
        f"När den är ifylld: terminsplan omplanera --sena {place} --tidigare {folder} -o NY-PLAN",
    )
    terminal.result(Exit.DONE, {"written": str(place), "sessions": [session.id for session in sessions]})
    return Exit.DONE


def _refuse_unknown(stored: Stored, rounds: tuple[str, ...]) -> None:
    unknown = sorted(set(rounds) - stored.problem.round_by_id.keys())
    if unknown:
        raise RefusedError(
            f"{listed(unknown)} är {'ingen omgång' if len(unknown) == 1 else 'inga omgångar'} i planen.",
            f"Omgångarna är {listed(sorted(stored.problem.round_by_id))}.",
        )
