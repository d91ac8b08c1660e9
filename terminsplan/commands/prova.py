"""``terminsplan prova UT --flytta PERSON:UTBILDNING=OMGÅNG
--sparra PERSON=OMGÅNG``: what moving somebody by hand costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click
from rich.table import Table

from models.moving import MoveOutcome, Wishes
from outputs.moving import as_data
from outputs.words.moving import MoveWords, level_rows, unproven
from outputs.words.numbers import listed
from scheduler.plan.moving import Answered
from scheduler.plan.outcome import Options
from scheduler.solvers.clock import Clock, Stopwatch
from terminsplan import chain, options, progress, store, summary
from terminsplan.exits import Exit, RefusedError
from terminsplan.moving import Trial, read_wishes, try_by_hand
from terminsplan.stopping import Stop, aside, listening
from terminsplan.store import Stored, Target, open_plan
from terminsplan.terminal import Terminal, printable

if TYPE_CHECKING:  # loaded where a plan is written
    from terminsplan.planning import Made

_MOST_SECONDS = 10


@options.command("Visa vad det kostar att flytta någon för hand, och vilka andra som i så fall bör flyttas.")
@options.folder
@click.option(
    "--flytta",
    "moves",
    metavar="PERSON:UTBILDNING=OMGÅNG",
    multiple=True,
    help="Önskad plats; PERSON:UTBILDNING:MOMENT=OMGÅNG för ett enda moment. Id eller namn. Får anges flera gånger.",
)
@click.option(
    "--sparra", "bars", metavar="PERSON=OMGÅNG", multiple=True, help="Inte i den omgången. Får anges flera gånger."
)
@click.option(
    "-o",
    "output",
    metavar="UT2",
    type=options.PATH,
    help="Skriv planen dit, den där andra får flytta, med önskemålen kvar i dess underlag.",
)
@click.option("--ensam", "alone", is_flag=True, help="Skriv med -o i stället planen där bara de som nämns flyttas.")
@click.option(
    "--max-tid",
    "max_seconds",
    type=options.Number("SEKUNDER", float, 0.001, 1_000_000),
    default=_MOST_SECONDS,
    show_default=True,
    help="Längsta tid i sekunder att söka.",
)
@options.seed
@click.option(
    "--tvinga",
    "force",
    is_flag=True,
    help="Ersätt en plan som redan finns i UT2, och utgå från UT även om den är ändrad eller inte är den senaste.",
)
def prova(
    terminal: Terminal,
    *,
    folder: Path,
    moves: Sequence[str],
    bars: Sequence[str],
    output: Path | None,
    alone: bool,
    max_seconds: float,
    seed: int,
    force: bool,
) -> Exit:
    """Everything that can be refused is refused first; without -o nothing is written."""
    if not moves and not bars:
        raise click.UsageError("Ange minst ett önskemål med --flytta eller --sparra.")
    if alone and output is None:
        raise click.UsageError("--ensam väljer vilken plan som -o skriver; ange också -o.")
    stopwatch = Stopwatch(Clock.start(monotonic))
    target = store.target(output, force=force, sources=[folder]) if output else None
    stored = open_plan(folder)
    wishes = read_wishes(stored.problem, moves, bars)
    if target is not None:
        terminal.note(*target.notes)
        store.refuse_stray_events(stored)
        if not force:
            chain.check_chain(stored, target.folder, stored.plan.planning_date)
    stopwatch.end("read")
    make = None if target is None else Answered.ALONE if alone else Answered.BEST
    solving = Options(max_seconds=max_seconds, seed=seed)
    with listening(terminal.heard_stop) as stop:
        trial = _tried(stored, wishes, solving, make, terminal=terminal, stop=stop)
        stopwatch.end("solve")
        notes = _written(target, trial.made, stopwatch, terminal) if target and trial.made else ()
    terminal.note(*notes)
    _tell(trial, terminal)
    written = {}
    if output is not None:
        written = _tell_place(trial, output, terminal)
    terminal.result(Exit.DONE, {**as_data(trial.tried.price), **written})
    return Exit.DONE


def _written(target: Target, made: Made, stopwatch: Stopwatch, terminal: Terminal) -> tuple[str, ...]:
    """Write the plan; what is worth a warning."""
    from terminsplan.files import plan_files  # noqa: PLC0415  # the writers are slow to load: only with -o

    with terminal.writing() as told:
        return target.write(told(plan_files(made, stopwatch)))


def _tried(
    stored: Stored, wishes: Wishes, solving: Options, make: Answered | None, *, terminal: Terminal, stop: Stop
) -> Trial:
    with progress.shown(terminal.err, quiet=terminal.quiet) as on_progress:
        trial = aside(
            lambda: try_by_hand(stored, wishes, solving, make=make, on_progress=on_progress, should_stop=stop.asked)
        )
    price = trial.tried.price
    if stop.asked() and not price.best.possible and price.best.obstacle is None:
        raise RefusedError("Avbrutet innan svaret var funnet. Inget har skrivits.", code=Exit.STOPPED)
    return trial


def _tell(trial: Trial, terminal: Terminal) -> None:
    words, price = MoveWords(trial.wished.problem, trial.wished.wishes), trial.tried.price
    terminal.show("Önskat:", *(f"  {line}" for line in words.wished()))
    terminal.show(*(f"  {line}" for line in words.already(price.already)))
    terminal.show("", "OM BARA DE SOM NÄMNS FLYTTAS", *words.alone(price.alone))
    _show_levels(price.alone, terminal)
    terminal.show("", "OM ANDRA OCKSÅ FÅR FLYTTAS", *words.best(price))
    if not words.same(price):
        _show_levels(price.best, terminal)


def _show_levels(outcome: MoveOutcome, terminal: Terminal) -> None:
    """The levels that change; of the others only whether it is proven that nothing is better."""
    rows = level_rows(outcome)
    if rows:
        table = Table(box=None, padding=(0, 2, 0, 2), header_style="bold")
        table.add_column("Planens nivåer som ändras", no_wrap=True)
        table.add_column("Förut", justify="right", no_wrap=True)
        table.add_column("Nu", justify="right", no_wrap=True)
        table.add_column("Lägsta möjliga?", no_wrap=True)
        for row in rows:
            table.add_row(*map(printable, row))
        terminal.show(table)
    if open_ := unproven(outcome):
        terminal.show(f"  Inte bevisat: {listed(open_)}.")


def _tell_place(trial: Trial, output: Path, terminal: Terminal) -> dict[str, object]:
    if trial.made is None:
        terminal.show("", "Inget har skrivits.")
        return {"folder": None}
    summary.show_place(terminal, output)
    terminal.show(
        "Önskemålen står kvar i planens underlag. Utgå från den med --tidigare om du bestämmer dig för den; "
        "till dess gäller den plan du provade på."
    )
    return {"folder": str(output)}
