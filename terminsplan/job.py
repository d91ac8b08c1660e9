"""From an input to a plan folder: what ``planera`` and ``omplanera`` share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from outputs.pseudonyms import pseudonymise_plan
from scheduler.outcome import Options
from terminsplan import chain, changes, options, store, summary
from terminsplan.exits import Exit
from terminsplan.files import plan_files
from terminsplan.planning import Clock, Made, Order, make_plan
from terminsplan.reading import Input, as_data, read_input, show_warnings, without_names
from terminsplan.stopping import listening
from terminsplan.store import Stored
from terminsplan.terminal import Terminal


@dataclass(frozen=True)
class Job:
    """What the user asked for."""

    source: Path
    output: Path
    planning_day: date | None
    solving: Options
    strict: bool
    force: bool
    pseudonyms: bool
    earlier: Path | None = None


def run(job: Job, terminal: Terminal) -> Exit:
    """Everything that can be refused is refused before the solver starts; then solve, check, write, tell."""
    clock = Clock()
    target = store.target(job.output, force=job.force, sources=_sources(job))
    given = read_input(job.source, pseudonyms=job.pseudonyms)
    show_warnings(given, job.source, terminal)
    today = options.planning_date(given.problem.settings, job.planning_day)
    order = Order(given.problem, today, job.solving, _previous(job, target, today))
    clock.lap("read")
    with listening(terminal.heard_stop) as stop:
        made = make_plan(order, terminal, stop, clock)
        target.write(plan_files(made, clock))
    return _tell(job, given, made, terminal)


def _sources(job: Job) -> list[Path]:
    return [job.source] if job.earlier is None else [job.source, job.earlier]


def _previous(job: Job, target: store.Target, today: date) -> Stored | None:
    if job.earlier is None:
        return None
    before = store.open_plan(job.earlier)
    if not job.force:
        chain.check_chain(before, target.folder, today)
    return _without_names(before) if job.pseudonyms else before


def _without_names(before: Stored) -> Stored:
    """The names of an earlier plan would come back in what it has lost; one made with ``--pseudonymer`` has none."""
    if all(hire.name == hire.id for hire in before.problem.hires):
        return before
    plan = pseudonymise_plan(before.problem, before.plan)
    return replace(before, problem=without_names(before.problem), plan=plan)


def _tell(job: Job, given: Input, made: Made, terminal: Terminal) -> Exit:
    summary.show_plan(terminal, given.problem, made.plan)
    found = made.outcome.changes
    if found is not None:
        terminal.show("", changes.in_short(found))
    summary.ending_note(terminal, made.outcome.ending)
    summary.show_place(terminal, job.output)
    code = summary.exit_code(made.plan, strict=job.strict)
    beside = {"folder": str(job.output), "ending": made.outcome.ending, "warnings": as_data(given.warnings)}
    moved = {} if found is None else {"changes": changes.as_data(found)}
    terminal.result(code, {**beside, **summary.plan_data(made.plan), **moved})
    return code
