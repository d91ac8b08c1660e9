"""``terminsplan dimensionera IN -o UT``: how many rounds, when, and how large, with a probability and a proof."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from time import monotonic

import click

from models.dimensioning import Dimensioning
from models.ids import RoundStatus
from models.problem import TermProblem
from outputs.dimensioning import files
from outputs.dimensioning.data import as_data
from outputs.dimensioning.words import headlines
from outputs.names import PLAN
from scheduler.dimensioning.findings import Goals
from scheduler.dimensioning.forecast import cells_of, from_history, months_to_expect, outside
from scheduler.dimensioning.options import Options, Surroundings
from scheduler.dimensioning.run import dimension
from scheduler.dimensioning.side_by_side import OtherVersionError
from scheduler.dimensioning.task import Task, taken, with_fixed
from scheduler.solvers.clock import Clock
from terminsplan import options, store
from terminsplan.executors import workers
from terminsplan.exits import Exit, RefusedError
from terminsplan.progress import counted
from terminsplan.reading import as_data as findings_as_data
from terminsplan.reading import read_input, show_warnings
from terminsplan.stopping import aside, listening
from terminsplan.store import FolderKind, open_plan
from terminsplan.terminal import Terminal

_FOLDER = FolderKind(
    what="en dimensionering",
    of_it="dimensioneringen",
    marks=frozenset({files.DATA}),
    owns=lambda path: str(path) in files.NAMES,
    folders=frozenset,
)
_PERCENT = options.Number("PROCENT", float, 0.1, 100)


@options.command(
    "Räkna ut hur många omgångar som behövs, vilka veckor och med hur många platser, när man inte vet vilka som "
    "kommer att anställas. Förslagen i IN är de omgångar som kan väljas, och prognos säger hur många som väntas."
)
@options.source
@click.argument("more", metavar="", type=options.PATH, nargs=-1)
@click.option("-o", "output", metavar="UT", type=options.PATH, required=True, help="Mapp som svaret skrivs till.")
@click.option(
    "--mal",
    "goal",
    type=_PERCENT,
    default=95,
    show_default=True,
    help="Så stor andel ska bli klar i tid för att ett år ska vara bra.",
)
@click.option(
    "--sannolikhet",
    "probability",
    type=_PERCENT,
    default=95,
    show_default=True,
    help="Så stor andel av åren ska vara bra för att ett val av omgångar ska räcka.",
)
@click.option(
    "--scenarier",
    "scenarios",
    type=options.Number("ANTAL", int, 1, 1_000_000),
    default=1000,
    show_default=True,
    help="Antal möjliga år som det valda räknas på.",
)
@click.option(
    "--max-tid",
    "max_seconds",
    type=options.Number("SEKUNDER", float, 0.001, 1_000_000),
    default=600,
    show_default=True,
    help="Längsta tid i sekunder att räkna.",
)
@click.option(
    "--seed",
    type=options.SEED,
    default=1,
    show_default=True,
    help="Frö till lottningen. Samma tal ger samma år och samma svar.",
)
@click.option(
    "--kluster",
    "cluster",
    metavar="ADRESS",
    help="Räkna på ett Dask-kluster, till exempel tls://server:8786, i stället för här.",
)
@click.option(
    "--historik",
    "history",
    metavar="UT...",
    type=options.PATH,
    multiple=True,
    help="Mappar med tidigare planer: gör prognosen av när människor började då, i stället för av tabellen prognos.",
)
@options.planning_day
@click.option(
    "--strikt", "strict", is_flag=True, help="Avsluta med kod 5 om inget val av omgångar räcker. Svaret skrivs ändå."
)
@click.option("--tvinga", "force", is_flag=True, help="Ersätt ett svar som redan finns där.")
def dimensionera(
    terminal: Terminal,
    *,
    source: Path,
    more: tuple[Path, ...],
    output: Path,
    goal: float,
    probability: float,
    scenarios: int,
    max_seconds: float,
    seed: int,
    cluster: str | None,
    history: tuple[Path, ...],
    planning_day: date | None,
    strict: bool,
    force: bool,
) -> Exit:
    """Everything that can be refused is refused before anything is drawn."""
    clock = Clock.start(monotonic, max_seconds)
    if more and not history:
        raise click.UsageError(f"{more[0]}: ange ett enda IN.")
    source, more = _input_first((source, *more))
    earlier = (*history, *more)
    target = store.target(output, force=force, sources=(source, *earlier), kind=_FOLDER)
    terminal.note(*target.notes)
    given = read_input(source, planning_day, today=datetime.now().astimezone().date(), dimensioning=True)
    show_warnings(given, source, terminal)
    problem = _with_the_taken_decided(_expecting(given.problem, earlier), terminal)
    day = options.planning_date(problem.settings, planning_day)
    task = Task(problem, day, cells_of(problem.forecast), seed)
    _note_outside(task, terminal)
    wanted = Options(Goals(_fraction(goal), _fraction(probability)), scenarios)
    found = _found(task, wanted, cluster, clock, terminal)
    terminal.note(*target.write(files.files(problem, found, day)))
    terminal.show(*(f"{question} {figure}. {sentence}" for question, figure, sentence in headlines(problem, found)))
    terminal.show("", f"Skrev {output}. Öppna {output / files.REPORT}")
    code = Exit.NOT_ALL_ON_TIME if strict and not found.sufficient else Exit.DONE
    terminal.result(code, {"folder": str(output), "warnings": findings_as_data(given.warnings), **as_data(found)})
    return code


def _input_first(places: tuple[Path, ...]) -> tuple[Path, tuple[Path, ...]]:
    """IN, and the plans that stand beside it: after ``--historik`` there may be several, and IN behind them."""
    given = [place for place in places if not (place / PLAN).exists()]
    source = given[0] if len(given) == 1 else places[0]
    return source, tuple(place for place in places if place != source)


def _fraction(percent: float) -> Fraction:
    """Exactly what was typed."""
    return Fraction(repr(percent)) / 100


def _expecting(problem: TermProblem, earlier: Sequence[Path]) -> TermProblem:
    """The problem with what is expected: its own forecast, or one made from earlier plans."""
    if earlier:
        plans = [open_plan(folder).problem for folder in earlier]
        plans.sort(key=lambda plan: plan.settings.horizon_start)
        try:
            rows = from_history(plans, months_to_expect(problem), problem.programmes)
        except ValueError:
            raise RefusedError(
                "Ingen av planerna under --historik täcker en hel kalendermånad.", "Ange planer för hela terminer."
            ) from None
        strange = sorted({row.organisation for row in rows} - problem.organisation_by_id.keys())
        if strange:
            raise RefusedError(
                f"Planerna under --historik har förvaltningar som inte finns i IN: {', '.join(strange)}.",
                "Lägg till dem i förvaltningar, eller ge dem samma id som förr.",
            )
        problem = problem.model_copy(update={"forecast": rows})
    if not any(row.expected for row in problem.forecast) and not problem.hires:
        raise RefusedError(
            "Ingen väntas börja: tabellen prognos saknas eller är tom, och ingen är känd i nyanställda.",
            "Fyll i prognos med månad, förvaltning och antal, eller ange tidigare planer med --historik.",
        )
    return problem


def _with_the_taken_decided(problem: TermProblem, terminal: Terminal) -> TermProblem:
    """A proposal in which somebody sits is no candidate any more."""
    sat_in = taken(problem)
    if not sat_in:
        return problem
    told = f"Förslag där någon redan har plats räknas som fasta: {', '.join(sorted(sat_in))}."
    if not any(r.status is RoundStatus.PROPOSED and r.id not in sat_in for r in problem.rounds):
        raise RefusedError(told, "Inget annat förslag finns att välja bland; lägg till omgångar med status förslag.")
    terminal.note(told)
    return with_fixed(problem, sat_in)


def _note_outside(task: Task, terminal: Terminal) -> None:
    beyond = outside(task.cells, task.problem)
    if beyond >= 0.05:
        expected = sum(cell.expected for cell in task.cells)
        told = (f"{number:.1f}".replace(".", ",") for number in (beyond, expected))
        terminal.note(
            "{} av {} personer som väntas har en frist efter terminsslut ({}), och den är inte med i svaret.".format(
                *told, task.problem.settings.horizon_end
            ),
            "Sätt terminsslut minst en frist efter prognosens sista månad, och lägg till förslag dit.",
        )


def _found(task: Task, wanted: Options, cluster: str | None, clock: Clock, terminal: Terminal) -> Dimensioning:
    try:
        with workers(cluster) as (executor, number), listening(terminal.heard_stop) as stop:
            if not number:
                terminal.note("Klustret har inga arbetare än. Räkningen börjar när den första kommer.")
            with counted(terminal.err, quiet=terminal.quiet) as tell:
                around = Surroundings(
                    executor, max(1, number), clock, lambda step: tell(step.doing, step.done, step.of), stop.asked
                )
                found = aside(lambda: dimension(task, wanted, around))
            if found.winner.figures is None and stop.asked():
                raise RefusedError("Avbrutet innan något hann räknas klart. Inget har skrivits.", code=Exit.STOPPED)
            if found.winner.figures is None:
                raise RefusedError(
                    "Tiden tog slut innan något hann räknas klart. Inget har skrivits.",
                    "Se efter att klustret har arbetare, eller ange en längre --max-tid."
                    if cluster
                    else "Ange en längre --max-tid.",
                    code=Exit.NOTHING_FOUND,
                )
            return found
    except OtherVersionError as other:
        package, here, there = other.args
        raise RefusedError(
            f"En arbetare i klustret har {package} {there}, men här är det {here}.",
            "Installera samma version på alla datorer: annars blir svaret inte detsamma.",
        ) from None
    except BrokenProcessPool:
        raise RefusedError(
            "En av processerna som räknar avslutades utifrån; kanske tog datorns minne slut. Inget har skrivits.",
            "Stäng andra program och kör igen.",
            code=Exit.NOTHING_FOUND,
        ) from None
