"""``terminsplan utskick UT -o MAPP``: letters to all whom a
plan concerns, or with ``--sedan`` whom its changes concern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from outputs.events.identity import PERSON
from outputs.ics import unsendable
from outputs.letters.files import FOLDERS, TABLE, files, letters, owned, without_sender
from outputs.letters.sending import Letter, Sending
from outputs.words import count, listed, no_address
from terminsplan import chain, options, store
from terminsplan.exits import Exit, RefusedError
from terminsplan.letters import sending_of
from terminsplan.store import FolderKind, Stored, open_plan
from terminsplan.terminal import Terminal

_NAMED = 5
_FOLDER = FolderKind(
    what="ett utskick",
    of_it="utskicket",
    marks=frozenset({TABLE}),
    owns=owned,
    folders=lambda: FOLDERS,
)


@options.command(
    "Skriv brev att skicka, med kalender bifogad: till var och en, förvaltningarna, enheterna och cheferna."
)
@options.folder
@click.option(
    "--sedan",
    "since",
    metavar="UT1",
    type=options.PATH,
    help="En tidigare plan i samma kedja: bara det som skiljer, till dem som det berör. Utan den skrivs allt.",
)
@click.option(
    "-o",
    "output",
    metavar="MAPP",
    type=options.PATH,
    required=True,
    help="Mapp som breven skrivs till, som .eml-filer.",
)
@click.option(
    "--kallelser", "invitations", is_flag=True, help="Skriv också en kallelse per tillfälle, för kalenderprogrammen."
)
@click.option("--tvinga", "force", is_flag=True, help="Ersätt ett utskick som redan finns där.")
def utskick(
    terminal: Terminal, *, folder: Path, since: Path | None, output: Path, invitations: bool, force: bool
) -> Exit:
    """Everything that can be refused is refused before anything is written."""
    sources = [folder, *([since] if since else [])]
    target = store.target(output, force=force, sources=sources, kind=_FOLDER)
    terminal.note(*target.notes)
    stored = open_plan(folder)
    store.refuse_stray_events(stored)
    sending = sending_of(stored, *_between(stored, since))
    written = letters(sending)
    if nameless := without_sender(written):
        raise RefusedError(
            f"Breven har ingen avsändare för {listed(nameless)}.",
            "Fyll i avsändare i inställningar, eller e-post i förvaltningar, och planera om.",
        )
    terminal.note(*target.write(files(sending, written, with_invitations=invitations)))
    _tell(terminal, sending, written, output, invitations=invitations)
    return Exit.DONE


def _between(stored: Stored, since: Path | None) -> tuple[Stored | None, tuple[Stored, ...]]:
    """The earlier plan, and those after it up to the later one."""
    earlier = open_plan(since) if since else None
    return earlier, chain.steps(earlier, stored) if earlier else ()


def _tell(terminal: Terminal, sending: Sending, written: Sequence[Letter], output: Path, *, invitations: bool) -> None:
    sent = Counter(letter.kind == PERSON for letter in written if letter.email is not None)
    terminal.show(
        f"Skrev {count(sent[True], 'brev', 'brev')} till nyanställda och {count(sent[False], 'brev', 'brev')} till "
        f"förvaltningar, enheter och chefer i {output}.",
        f"Alla mottagare står i {output / TABLE}.",
    )
    silent = [letter for letter in written if letter.email is None]
    if silent:
        terminal.note(
            f"{count(len(silent), 'mottagare har', 'mottagare har')} ingen adress som det går att skicka till: "
            f"{_people(silent)}. De står i {TABLE}; säg till dem på annat sätt."
        )
    unsent = unsendable(sending.problem, sending.plan, sending.since_problem, sending.since_plan) if invitations else ()
    if unsent:
        terminal.note(f"Kallelser saknas för {listed(unsent)}: {no_address(sending.problem)}.")
    kinds = Counter(letter.kind for letter in written)
    terminal.result(
        Exit.DONE,
        {
            "written": str(output),
            "letters": dict(sorted(kinds.items())),
            "without_address": [{"kind": letter.kind, "id": letter.owner} for letter in silent],
        },
    )


def _people(letters_: Sequence[Letter]) -> str:
    more = len(letters_) - _NAMED
    names = [f"{letter.name} ({letter.owner})" for letter in letters_[:_NAMED]]
    return listed([*names, *([f"{more} till"] if more > 0 else [])])
