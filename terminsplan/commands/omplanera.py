"""``terminsplan omplanera IN --tidigare UT1 -o UT2``: a new plan that moves as few people as possible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from models.ids import Stability
from scheduler.plan.outcome import Options
from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.job import PlanRequest, run
from terminsplan.terminal import Terminal


@options.command(
    "Planera om efter sena rekryteringar, avhopp och inställda tillfällen. IN är de uppdaterade tabellerna."
)
@click.argument(
    "source",
    metavar="[IN]",
    type=options.PATH,
    required=False,
    help="Mapp med CSV-filer eller Excelbok (.xlsx) med de uppdaterade tabellerna; utelämnas med --sena.",
)
@click.option(
    "--tidigare", "earlier", metavar="UT1", type=options.PATH, required=True, help="Mapp med planen hittills."
)
@click.option(
    "-o", "output", metavar="UT2", type=options.PATH, required=True, help="Mapp som den nya planen skrivs till."
)
@click.option(
    "--sena",
    "late",
    metavar="FIL",
    type=options.PATH,
    help=(
        "Bara det nya i stället för IN: nyanställda, frånvaro eller närvaro ovanpå tabellerna i UT1. CSV-fil, mapp "
        "eller Excelbok. En rad med känt id ändrar det som är ifyllt."
    ),
)
@click.option(
    "--stabilitet",
    "stability",
    type=click.Choice([s.value for s in Stability]),
    default=Stability.CAREFUL.value,
    show_default=True,
    help=(
        "Hur gärna redan meddelade platser får bytas. fast: ingen flyttas som kan sitta kvar, även om någon då blir "
        "sen. varsam: någon flyttas bara om fler då blir klara i tid, eller färre blir utan plats. fri: alla får "
        "flyttas."
    ),
)
@click.option(
    "--alternativ",
    "alternatives",
    is_flag=True,
    help="Skriv en plan för var och en av fast, varsam och fri i UT2, med en jämförelse, att välja bland.",
)
@options.planning_day
@options.max_seconds
@options.seed
@options.strict
@click.option(
    "--tvinga",
    "force",
    is_flag=True,
    help="Ersätt en plan som redan finns i UT2, och utgå från UT1 även om den är ändrad eller inte är den senaste.",
)
@options.pseudonyms
def omplanera(
    terminal: Terminal,
    *,
    source: Path | None,
    late: Path | None,
    alternatives: bool,
    earlier: Path,
    output: Path,
    stability: str,
    planning_day: date | None,
    max_seconds: float,
    seed: int,
    strict: bool,
    force: bool,
    pseudonyms: bool,
) -> Exit:
    """A re-plan is the same job with the plan so far beside the input."""
    if (source is None) == (late is None):
        raise click.UsageError("Ange antingen IN, alla tabeller som de är nu, eller --sena FIL med bara det nya.")
    solving = Options(max_seconds=max_seconds, seed=seed, stability=Stability(stability))
    request = PlanRequest(
        source=source or late or Path(),
        output=output,
        planning_day=planning_day,
        solving=solving,
        strict=strict,
        force=force,
        pseudonyms=pseudonyms,
        earlier=earlier,
        late=late is not None,
        alternatives=alternatives,
    )
    return run(request, terminal)
