"""``terminsplan nasta-termin UT -o IN``: the next term's
input from a plan, with those who have something left to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from models.plan import Booking
from outputs import template
from outputs.words import count, person, short_day
from scheduler.answers.next_term import carried, carry_over, unconfirmed_credits
from terminsplan import options, store
from terminsplan.commands.mall import WORKBOOK, refuse_existing
from terminsplan.exits import Exit, RefusedError
from terminsplan.store import Stored, open_plan
from terminsplan.terminal import Terminal

_NAMED = 25
_OTHER_FILES = (".csv", ".xls", ".xlsm", ".ods")


@options.command(
    "Skriv nästa termins underlag från planen i UT: de som väntar eller saknar plats, med det de har gjort "
    "tillgodoräknat."
)
@options.folder
@click.option(
    "-o",
    "output",
    metavar="IN",
    type=options.PATH,
    required=True,
    help="Arbetsbok (.xlsx), eller mapp för CSV-filer, att skriva.",
)
def nasta_termin(terminal: Terminal, folder: Path, output: Path) -> Exit:
    """What is there already is never replaced: it may be filled in."""
    as_workbook = _is_workbook(output)
    refuse_existing(output)
    stored = open_plan(folder)
    going_on = carried(stored.problem, stored.plan)
    rows = template.rows_of(carry_over(stored.problem, stored.plan))
    if as_workbook:
        notes = store.write_file(output, template.workbook(rows), force=False)
    else:
        notes = store.target(output, force=False, sources=[stored.folder]).write(template.csv_files(rows))
    unconfirmed = unconfirmed_credits(stored.problem, stored.plan)
    hires = len({hire for hire, _ in going_on})
    terminal.note(*notes, *_unconfirmed_told(stored, unconfirmed))
    terminal.show(
        f"Skrev {output}. {_told(hires, len(going_on))}",
        "Det som är bokat i planen räknas som gjort. Uteblir någon, ta bort det ur kolumnen tillgodoräknas.",
        "Fyll i terminens namn och dagar, lov, omgångar, tillfällen och de nyanställda som tillkommer. "
        f"Sedan: terminsplan kontrollera {output}",
    )
    form = "xlsx" if as_workbook else "csv"
    terminal.result(
        Exit.DONE,
        {
            "written": str(output),
            "form": form,
            "hires": hires,
            "requirements": len(going_on),
            "unconfirmed": [
                {"hire": b.hire, "programme": b.programme, "module": b.module, "session": b.session}
                for b in unconfirmed
            ],
        },
    )
    return Exit.DONE


def _unconfirmed_told(stored: Stored, unconfirmed: Sequence[Booking]) -> Iterator[str]:
    """What is credited on trust: the first people with their days, and how many more there are."""
    if not unconfirmed:
        return
    seats = count(len(unconfirmed), "hållen plats räknas som gjord", "hållna platser räknas som gjorda")
    yield f"{seats} fast närvaron är ej bekräftad. Fyll i närvaro och planera om, eller ta bort det som inte stämmer:"
    days: dict[str, list[str]] = {}
    for booking in unconfirmed:
        told = f"{booking.programme}:{booking.module} {short_day(booking.start.date())}"
        days.setdefault(booking.hire, []).append(told)
    for hire, told_of in list(days.items())[:_NAMED]:
        yield f"  {person(stored.problem, hire)} ({hire}): {', '.join(told_of)}"
    if len(days) > _NAMED:
        yield f"  … och {count(len(days) - _NAMED, 'person', 'personer')} till."


def _is_workbook(output: Path) -> bool:
    suffix = output.suffix.casefold()
    if suffix in _OTHER_FILES:
        raise RefusedError(
            f"{output} är varken en arbetsbok eller en mapp.", f"Ange ett namn som slutar på {WORKBOOK}, eller en mapp."
        )
    return suffix == WORKBOOK


def _told(hires: int, requirements: int) -> str:
    if not hires:
        return "Ingen har något kvar att gå."
    return (
        f"{count(hires, 'person', 'personer')} går vidare, med sammanlagt "
        f"{count(requirements, 'utbildning', 'utbildningar')} kvar."
    )
