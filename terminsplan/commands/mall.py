"""``terminsplan mall UT``: an input to fill in, or one of the shipped examples, as workbook or as CSV folder."""

from __future__ import annotations

from pathlib import Path

import click

from outputs import template
from terminsplan import examples, options, store
from terminsplan.exits import Exit, RefusedError
from terminsplan.system_errors import told
from terminsplan.terminal import Terminal

WORKBOOK = ".xlsx"


@options.command("Skriv en arbetsbok att fylla i: alla tabeller, med förklaringar, listor att välja i och exempel.")
@click.argument(
    "output", metavar="UT", type=options.PATH, help="Arbetsbok (.xlsx) att skriva, eller med --csv en mapp."
)
@click.option("--csv", "as_csv", is_flag=True, help="Skriv en mapp med en CSV-fil per tabell i stället.")
@click.option(
    "--exempel",
    "example",
    metavar="NAMN",
    type=click.Choice(examples.names()),
    help=f"Skriv ett färdigt exempel i stället för en tom mall. Finns: {', '.join(examples.names())}.",
)
def mall(terminal: Terminal, output: Path, as_csv: bool, example: str | None) -> Exit:
    """What is there already is never replaced: it may be filled in."""
    place = output if as_csv else workbook_path(output, "Vill du ha CSV-filer i en mapp, lägg till --csv.")
    refuse_existing(place)
    if as_csv:
        files = examples.csv_files(example) if example else template.csv_files(checklist=examples.checklist())
        notes = store.target(place, force=False, sources=()).write(files)
    else:
        data = examples.workbook(example) if example else template.workbook(checklist=examples.checklist())
        notes = store.write_file(place, data, force=False)
    terminal.note(*notes)
    terminal.show(f"Skrev {place}.", _what_next(place, as_csv=as_csv, example=example))
    terminal.result(Exit.DONE, {"written": str(place), "form": "csv" if as_csv else "xlsx", "example": example})
    return Exit.DONE


def workbook_path(output: Path, *otherwise: str) -> Path:
    """The path with the ending that Excel wants, which one may leave out.

    ``otherwise`` ends the refusal of another ending: what the command can write besides.
    """
    if output.suffix.casefold() == WORKBOOK:
        return output
    if output.suffix:
        raise RefusedError(
            f"{output} slutar inte på {WORKBOOK}. Arbetsboken behöver ett namn som ht2026.xlsx.",
            *otherwise,
        )
    return output.with_suffix(WORKBOOK)


def refuse_existing(place: Path) -> None:
    """What is there may be filled in: it is never replaced."""
    try:
        taken = any(place.iterdir()) if place.is_dir() else place.exists()
    except OSError as error:
        raise RefusedError(f"{place} går inte att läsa: {told(error)}.") from error
    if taken:
        raise RefusedError(f"{place} finns redan och ersätts inte. Ange ett annat namn.")


def _what_next(place: Path, *, as_csv: bool, example: str | None) -> str:
    if example:
        return f"Prova: terminsplan planera {place} -o plan"
    start = "Börja med filen Läs mig.txt" if as_csv else "Öppna den och börja på bladet Läs mig"
    return f"{start}. När du har fyllt i: terminsplan kontrollera {place}"
