"""``terminsplan granska IN UT``: the independent check of a plan against an input."""

from __future__ import annotations

from pathlib import Path

import click

from outputs.words import count
from scheduler.verify import check
from terminsplan import options
from terminsplan.chain import predecessor
from terminsplan.exits import Exit, RefusedError
from terminsplan.reading import read_input
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal
from terminsplan.violations import as_data, told


@options.command("Granska planen i UT mot tabellerna i IN, oberoende av hur planen gjordes.")
@options.source
@options.folder
@click.option(
    "--tidigare",
    "earlier",
    metavar="UT1",
    type=options.PATH,
    help="Mapp med planen före, om UT är en omplanering. Förval: den som UT gjordes av, om den ligger bredvid UT.",
)
@options.pseudonyms
def granska(terminal: Terminal, source: Path, folder: Path, earlier: Path | None, pseudonyms: bool) -> Exit:
    """Exit 0 or 3."""
    stored = open_plan(folder)
    before = _before(stored, source, earlier)
    given = read_input(source, pseudonyms=pseudonyms, earlier=stored)
    same_input = given.sha256 == stored.plan.input_sha256
    notes = list(_notes(stored, before, same_input))
    terminal.note(*notes)
    violations = check(given.problem, stored.plan, before.plan if before else None).violations
    code = Exit.CHECK_FAILED if violations else Exit.DONE
    if violations:
        broken = count(len(violations), "regel bruten", "regler brutna")
        terminal.complain(f"{folder} håller inte: {broken}. Först på raden står regelns namn.", *told(violations))
    else:
        terminal.show(f"Inget fel funnet: {folder} håller alla regler, och dess nivåer har de värden som står i den.")
    terminal.result(code, {"same_input": same_input, "notes": notes, "violations": as_data(violations)})
    return code


def _before(stored: Stored, source: Path, earlier: Path | None) -> Stored | None:
    """The plan before a re-plan: as asked for, else the one
    that lies beside it. Without it nothing true could be said.
    """
    if earlier is not None:
        return open_plan(earlier)
    if stored.plan.previous is None:
        return None
    found = predecessor(stored)
    if found is None:
        raise RefusedError(
            (
                f"{stored.folder} är en omplanering av plan {stored.plan.previous.plan_number}, som inte ligger "
                "bredvid den."
            ),
            f"Den behövs för att granska varsel och flyttade platser. Skriv: terminsplan granska {source} "
            f"{stored.folder} --tidigare MAPPEN-MED-PLAN-{stored.plan.previous.plan_number}",
        )
    return open_plan(found)


def _notes(stored: Stored, before: Stored | None, same_input: bool) -> list[str]:
    """What the reader should know about what was compared with what."""
    notes = []
    if not same_input:
        notes.append("Tabellerna är inte de som planen gjordes av; den granskas mot dem som de är nu.")
    previous = stored.plan.previous
    if before is not None and (previous is None or previous.sha256 != before.plan_sha256):
        notes.append(f"Planen är inte gjord av den i {before.folder}; den granskas mot den ändå.")
    return notes
