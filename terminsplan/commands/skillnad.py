"""``terminsplan skillnad UT1 UT2``: what changed between two plans, by person and by round."""

from __future__ import annotations

from pathlib import Path

import click

from scheduler.diff import diff
from terminsplan import changes, options
from terminsplan.exits import Exit
from terminsplan.store import open_plan
from terminsplan.terminal import Terminal


@options.command("Visa vad som skiljer planen i UT2 från den i UT1, person för person och omgång för omgång.")
@click.argument("earlier", metavar="UT1", type=options.PATH, help="Mapp med den tidigare planen.")
@click.argument("later", metavar="UT2", type=options.PATH, help="Mapp med den senare planen.")
def skillnad(terminal: Terminal, earlier: Path, later: Path) -> Exit:
    """Seats from the later plan's planning date on; what was held is no change."""
    before, after = open_plan(earlier), open_plan(later)
    found = diff(before.plan, after.plan)
    names = changes.names_in(before.problem, after.problem)
    terminal.show(changes.in_short(found))
    if found.changes:
        terminal.show("", *changes.by_person(found, names, after.problem))
    if rounds := list(changes.by_round(found, names)):
        terminal.show("", *rounds)
    terminal.result(Exit.DONE, changes.as_data(found))
    return Exit.DONE
