"""What a coordinator sees when a plan is made: how many, how good, how well that is known, and what to open first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text

from models.change import PlanDiff
from models.ids import State
from models.plan import LevelResult, Plan
from models.problem import TermProblem
from outputs.figures import Figures, told_states
from outputs.headlines import headlines
from outputs.words import (
    MOVED_MEANS,
    REQUIREMENT_MEANS,
    SHARE_MEANS,
    STATES,
    count,
    level_name,
    level_value,
    stability_costs,
    stability_meanings,
    whole,
)
from scheduler.plan.outcome import Ending
from terminsplan.exits import Exit
from terminsplan.terminal import Terminal, printable

_HEADLINES = 3
_UNCONFIRMED = "unconfirmed"
_STATE_STYLES = {State.ON_TIME: "green", State.LATE: "yellow", State.ON_OWN_LATE: "yellow", State.MISSING: "red"}


def show_plan(terminal: Terminal, problem: TermProblem, plan: Plan) -> None:
    """Figures and levels."""
    terminal.show(_figures(problem, plan, colour=terminal.out.is_terminal), REQUIREMENT_MEANS, SHARE_MEANS)
    terminal.show("", _levels(plan))


def show_place(terminal: Terminal, folder: Path) -> None:
    """Where the result lies, the file to open first."""
    terminal.show("", f"Öppna {folder / 'rapport.html'}", f"eller {folder / 'plan.xlsx'}")


def show_stability(terminal: Terminal, changes: PlanDiff) -> None:
    """What each stability gives, and what that says of the one chosen."""
    if not changes.stability:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Vad stabiliteten kostar", no_wrap=True)
    for title in ("Krav i tid", "Personer med allt i tid", "Lämnade platser"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Bevisat", no_wrap=True)
    for outcome in changes.stability:
        table.add_row(
            f"{outcome.stability}{' (vald)' if outcome.chosen else ''}",
            f"{whole(outcome.on_time)} av {whole(outcome.counting)}",
            f"{whole(outcome.hires_on_time)} av {whole(outcome.hires)}",
            whole(outcome.moved),
            "ja" if outcome.proven else "nej",
        )
    terminal.show("", table, *stability_meanings(changes.stability), MOVED_MEANS, *stability_costs(changes.stability))


def ending_note(terminal: Terminal, ending: Ending) -> None:
    """Why the plan may not be the best one there is."""
    if ending is Ending.STOPPED:
        terminal.note("Avbrutet: det här är den bästa planen som hann hittas.")
    elif ending is Ending.FOUND:
        terminal.note("Tiden tog slut innan allt var bevisat; ge mer med --max-tid.")


def exit_code(plan: Plan, *, strict: bool) -> Exit:
    """0, or with ``--strikt`` 5 where somebody is late or without a seat."""
    failed = strict and any(r.state in (State.LATE, State.MISSING) for r in plan.requirements)
    return Exit.NOT_ALL_ON_TIME if failed else Exit.DONE


def plan_data(problem: TermProblem, plan: Plan) -> Mapping[str, object]:
    """Figures and levels for programs."""
    figures = Figures(problem, plan)
    return {
        "plan_number": plan.plan_number,
        "planning_date": plan.planning_date,
        "input_sha256": plan.input_sha256,
        "bookings": len(plan.bookings),
        "requirements": dict(figures.states),
        "figures": {h.id: {"number": h.number, "of": h.of} for h in headlines(figures)},
        "levels": [level.model_dump() for level in plan.levels],
    }


def _figures(problem: TermProblem, plan: Plan, *, colour: bool) -> Table:
    figures = Figures(problem, plan)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row("Termin", printable(" ".join(p for p in (plan.term, _dates(plan)) if p)))
    table.add_row("Nyanställda", count(len(problem.hires), "person", "personer"))
    table.add_row("Bokade platser", count(len(plan.bookings), "plats", "platser"))
    table.add_row("Utbildningar att gå", count(len(plan.requirements), "krav", "krav"))
    for state in told_states(figures):
        number = figures.states[state]
        style = _STATE_STYLES.get(state, "") if number and colour else ""
        table.add_row(f"  {STATES[state]}", Text(count(number, "krav", "krav"), style=style))
    first, others = headlines(figures)[:_HEADLINES], headlines(figures)[_HEADLINES:]
    for headline in (*first, *(h for h in others if h.id == _UNCONFIRMED)):
        table.add_row(headline.label, headline.value, headline.remark)
    if plan.mentors:
        paired = sum(pair.mentor is not None for pair in plan.mentors)
        table.add_row("Har en mentor", f"{whole(paired)} av {count(len(plan.mentors), 'person', 'personer')}")
    return table


def _dates(plan: Plan) -> str:
    return f"({plan.horizon[0]} till {plan.horizon[1]}, planerad {plan.planning_date}, plan {plan.plan_number})"


def _levels(plan: Plan) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Planens nivåer, viktigast först; lägre är bättre", no_wrap=True)
    table.add_column("Värde", justify="right", no_wrap=True)
    table.add_column("Kan det bli lägre?", no_wrap=True, overflow="ellipsis")
    for level in plan.levels:
        table.add_row(level_name(level.name), level_value(level.name, level.value), _proof(level))
    return table


def _proof(level: LevelResult) -> str:
    if level.proven:
        return "nej, bevisat"
    if level.bound is None:
        return "inte prövat"
    return f"kanske, till {level_value(level.name, level.bound)}"
