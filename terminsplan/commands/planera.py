"""``terminsplan planera IN -o UT``: read, solve, verify, write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scheduler.plan.outcome import Options
from terminsplan import options
from terminsplan.exits import Exit
from terminsplan.job import PlanRequest, run
from terminsplan.terminal import Terminal


@options.command("Gör en terminsplan av tabellerna i IN och skriv den, med kalendrar, Excelbok och rapport, till UT.")
@options.source
@options.output
@options.planning_day
@options.max_seconds
@options.seed
@options.strict
@options.force
@options.pseudonyms
def planera(
    terminal: Terminal,
    *,
    source: Path,
    output: Path,
    planning_day: date | None,
    max_seconds: float,
    seed: int,
    strict: bool,
    force: bool,
    pseudonyms: bool,
) -> Exit:
    """The main job."""
    solving = Options(max_seconds=max_seconds, seed=seed)
    return run(PlanRequest(source, output, planning_day, solving, strict, force, pseudonyms), terminal)
