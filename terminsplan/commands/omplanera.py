"""``terminsplan omplanera IN --tidigare UT1 -o UT2``: a new plan that moves as few people as possible."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from models.ids import Stability
from scheduler.outcome import Options
from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.job import Job, run
from terminsplan.terminal import Terminal


@options.command(
    "Planera om efter sena rekryteringar, avhopp och inställda tillfällen. IN är de uppdaterade tabellerna."
)
@options.source
@click.option(
    "--tidigare", "earlier", metavar="UT1", type=options.PATH, required=True, help="Mapp med planen hittills."
)
@click.option(
    "-o", "output", metavar="UT2", type=options.PATH, required=True, help="Mapp som den nya planen skrivs till."
)
@click.option(
    "--stabilitet",
    "stability",
    type=click.Choice([s.value for s in Stability]),
    default=Stability.CAREFUL.value,
    show_default=True,
    help="fast: hellre sen än flyttad. varsam: flytta bara så att fler blir klara i tid. fri: flytta fritt.",
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
    source: Path,
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
    solving = Options(max_seconds=max_seconds, seed=seed, stability=Stability(stability))
    return run(Job(source, output, planning_day, solving, strict, force, pseudonyms, earlier), terminal)
