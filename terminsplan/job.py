"""From an input to a plan folder: what ``planera`` and ``omplanera`` share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from time import monotonic

from outputs.by_hand import released
from outputs.events.identity import series_of
from outputs.events.shown import unattended
from outputs.ics import CHANGES, unsendable
from outputs.names import CALENDARS
from outputs.pseudonyms import pseudonymise, pseudonymise_plan
from outputs.words import count, listed, no_address
from scheduler.plan.outcome import Options
from scheduler.solvers.clock import Clock, Stopwatch
from terminsplan import alternatives, chain, changes, options, store, summary
from terminsplan.exits import Exit
from terminsplan.files import plan_files
from terminsplan.planning import Made, PlanInput, make_plan
from terminsplan.reading import Input, as_data, read_input, read_late_input, show_warnings
from terminsplan.stability import with_costs
from terminsplan.stopping import listening
from terminsplan.store import Stored
from terminsplan.terminal import Terminal

_NAMED = 5


@dataclass(frozen=True)
class PlanRequest:
    """What the user asked for. ``source`` is the whole input;
    or with ``late`` just what is new, on top of ``earlier``.
    """

    source: Path
    output: Path
    planning_day: date | None
    solving: Options
    strict: bool
    force: bool
    pseudonyms: bool
    earlier: Path | None = None
    late: bool = False
    alternatives: bool = False


def run(request: PlanRequest, terminal: Terminal) -> Exit:
    """Everything that can be refused is refused before the solver starts; then solve, check, write, tell."""
    stopwatch = Stopwatch(Clock.start(monotonic))
    target = store.target(
        request.output, force=request.force, sources=[p for p in (request.source, request.earlier) if p]
    )
    terminal.note(*target.notes)
    before = _previous(request)
    given, today = _read(request, before)
    show_warnings(given, request.source, terminal)
    if before is not None:
        _note_released(request, before, given, today, terminal)
    if before is not None and not request.force:
        chain.check_chain(before, target.folder, today)
    series = series_of(given.problem, given.written_dates) if before is None else before.plan.series
    previous = _without_names(before) if before and request.pseudonyms else before
    plan_input = PlanInput(given.problem, today, request.solving, previous, series)
    _note_series(plan_input, target, terminal)
    stopwatch.end("read")
    if request.alternatives:
        return _side_by_side(request, given, plan_input, target, terminal)
    with listening(terminal.heard_stop) as stop:
        made = make_plan(plan_input, terminal, stop, stopwatch)
        made = with_costs(made, terminal, stop)
        stopwatch.end("stability")
        with terminal.writing() as told:
            notes = target.write(told(plan_files(made, stopwatch)))
    terminal.note(*notes)
    return _tell(request, given, made, terminal)


def _note_released(request: PlanRequest, before: Stored, given: Input, today: date, terminal: Terminal) -> None:
    """What was decided by hand in the plan so far, and would be forgotten because the new tables do not say it."""
    gone = released(before.problem, given.problem, today)
    if gone:
        names = changes.names_in(before.problem, given.problem)
        terminal.note(
            f"Det här var bestämt för hand i {request.earlier}, men står inte i {request.source}. Lägg till det i "
            "tabellerna bokningar och spärrar om det fortfarande ska gälla:",
            *changes.hand_list(gone, (), names, given.problem),
        )


def _note_series(plan_input: PlanInput, target: store.Target, terminal: Terminal) -> None:
    """What may keep calendars from following, told before the solver starts."""
    settings = plan_input.problem.settings
    chosen = settings.calendar_series
    if plan_input.previous is not None:
        if chosen and chosen != plan_input.series:
            terminal.note(
                "Inställningen kalenderserie är en annan än i den tidigare planen. Den tidigare gäller, så att "
                "händelserna i kalendrarna känns igen."
            )
        return
    if not chosen and not settings.organizer:
        terminal.note(
            "Varken avsändare eller kalenderserie är ifylld i inställningar: en annan kommuns plan med samma "
            "förvaltningsnamn och termin kan få samma händelser i kalendrarna. Fyll i en av dem."
        )
    if same := chain.same_series(plan_input.series, target.folder):
        terminal.note(
            f"{same} är redan en plan för samma termin. Är den utskickad: använd omplanera --tidigare {same}, "
            "annars följer inte kalendrarna med."
        )


def _side_by_side(
    request: PlanRequest, given: Input, plan_input: PlanInput, target: store.Target, terminal: Terminal
) -> Exit:
    """One plan for each stability, for the coordinator to choose."""
    with listening(terminal.heard_stop) as stop:
        plans = alternatives.make(plan_input, terminal, stop)
        with terminal.writing() as told:
            notes = target.write(told(alternatives.files(plans, plan_input.options.stability)))
    terminal.note(*notes)
    chosen = plans[plan_input.options.stability].made
    assert chosen.changes is not None
    summary.show_stability(terminal, chosen.changes)
    terminal.show(
        "", *(f"{name}: {request.output / name}" for name in plans), f"Jämför i {request.output / store.COMPARISON}"
    )
    code = summary.exit_code(chosen.plan, strict=request.strict)
    found = {name: {"folder": str(request.output / name), **_data(one.made)} for name, one in plans.items()}
    terminal.result(code, {"folder": str(request.output), "warnings": as_data(given.warnings), "alternatives": found})
    return code


def _previous(request: PlanRequest) -> Stored | None:
    if request.earlier is None:
        return None
    before = store.open_plan(request.earlier)
    store.refuse_stray_events(before)
    return before


def _read(request: PlanRequest, before: Stored | None) -> tuple[Input, date]:
    """The input and the planning date: that of a stored input is past, so what is late has its own or today."""
    if request.late and before is not None:
        settings = before.problem.settings.model_copy(update={"planning_date": None})
        today = options.planning_date(settings, request.planning_day)
        return read_late_input(request.source, before.problem, today, pseudonyms=request.pseudonyms), today
    given = read_input(
        request.source,
        request.planning_day,
        today=datetime.now().astimezone().date(),
        pseudonyms=request.pseudonyms,
        earlier=before,
    )
    return given, options.planning_date(given.problem.settings, request.planning_day)


def _without_names(before: Stored) -> Stored:
    """The names of an earlier plan would come back in what it has lost."""
    return replace(before, problem=pseudonymise(before.problem), plan=pseudonymise_plan(before.plan))


def _tell(request: PlanRequest, given: Input, made: Made, terminal: Terminal) -> Exit:
    summary.show_plan(terminal, given.problem, made.plan)
    if made.changes is not None:
        names = changes.names_in(made.plan_input.previous_problem, given.problem)
        terminal.show("", changes.in_short(made.changes), *changes.short_list(made.changes, names, given.problem))
        summary.show_stability(terminal, made.changes)
        _note_unsendable(made, names, terminal)
    _note_unattended(made, terminal)
    summary.ending_note(terminal, made.outcome.ending)
    summary.show_place(terminal, request.output)
    code = summary.exit_code(made.plan, strict=request.strict)
    terminal.result(code, {"folder": str(request.output), "warnings": as_data(given.warnings), **_data(made)})
    return code


def _note_unattended(made: Made, terminal: Terminal) -> None:
    """Which sessions have no event in any calendar though their round runs: somebody waits there in vain."""
    sessions = unattended(made.plan_input.problem, made.plan)
    ids = [session.id for session in sessions if session.day >= made.plan.planning_date]
    if ids:
        more = f" och {len(ids) - _NAMED} till" if len(ids) > _NAMED else ""
        terminal.note(
            f"Ingen har plats vid {count(len(ids), 'tillfälle', 'tillfällen')} i omgångar som ges: "
            f"{', '.join(ids[:_NAMED])}{more}. De finns inte i någon kalender; säg till utbildarna."
        )


def _note_unsendable(made: Made, names: Mapping[str, str], terminal: Terminal) -> None:
    """Whom one has to tell in another way than by a calendar file."""
    before = made.plan_input.previous
    assert before is not None
    hires = unsendable(made.plan_input.problem, made.plan, before.problem, before.plan)
    if hires:
        people = listed(f"{names.get(hire, hire)} ({hire})" for hire in hires)
        why = no_address(made.plan_input.problem)
        terminal.note(f"Ändringarna i {PurePosixPath(CALENDARS) / CHANGES} finns inte för {people}: {why}.")


def _data(made: Made) -> Mapping[str, object]:
    """A plan for ``--json``."""
    changed = {} if made.changes is None else {"changes": changes.as_data(made.changes)}
    return {"ending": made.outcome.ending, **summary.plan_data(made.plan_input.problem, made.plan), **changed}
