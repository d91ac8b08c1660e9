"""The main job between reading and writing: solve, number the calendar events, check the plan independently."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from models.change import Former, PlanDiff
from models.ids import Level, Stability
from models.plan import Plan
from models.problem import TermProblem
from outputs import plan_json
from outputs.events import number_events
from scheduler.outcome import Ending, Options, Outcome
from scheduler.plan import plan_term
from scheduler.verify import check
from terminsplan import progress, violations
from terminsplan.conflicts import refuse_conflicts, sentence
from terminsplan.exits import Exit, RefusedError
from terminsplan.mip_beside import beside
from terminsplan.processes import side_by_side
from terminsplan.stopping import Stop, aside
from terminsplan.store import Stored
from terminsplan.terminal import Terminal


@dataclass(frozen=True)
class Order:
    """What to plan, and how. ``series`` is what UIDs of its calendar events are made from, inherited in a re-plan."""

    problem: TermProblem
    planning_date: date
    options: Options
    previous: Stored | None = None
    series: str | None = None

    @property
    def previous_plan(self) -> Plan | None:
        """The plan to begin from, in a re-plan."""
        return self.previous.plan if self.previous else None

    @property
    def previous_problem(self) -> TermProblem | None:
        """The input that it was made from."""
        return self.previous.problem if self.previous else None


@dataclass
class Clock:
    """Seconds by phase, for korning.json."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, phase: str) -> None:
        """The time since the last lap belongs to this phase."""
        now = time.perf_counter()
        self.seconds[phase] = round(now - self._since, 3)
        self._since = now


@dataclass(frozen=True)
class Made:
    """A checked plan, ready to be written: with its levels as the check counted them and, in a re-plan, what it changed."""

    order: Order
    plan: Plan
    outcome: Outcome
    levels: Mapping[Level, int]
    changes: PlanDiff | None = None


def make_plan(order: Order, terminal: Terminal, stop: Stop, clock: Clock) -> Made:
    """A plan that has passed the independent check; refuses when there is none."""
    outcome = _solve(order, terminal, stop)
    clock.lap("solve")
    plan = _numbered(order, _planned(order, outcome))
    clock.lap("number")
    made = _checked(order, plan, outcome)
    clock.lap("verify")
    if outcome.kept_breaches:
        lines = (sentence(order.problem, breach) for breach in outcome.kept_breaches)
        terminal.note("Redan meddelade platser nära planeringsdagen behålls fast de bryter mot en regel:", *lines)
    return made


def try_stability(order: Order, stability: Stability, terminal: Terminal, stop: Stop) -> Made | None:
    """The re-plan that another stability gives, for comparison; None where none was found in time."""
    solving = replace(order.options, stability=stability, suggestions=False)
    other = replace(order, options=solving)
    outcome = _solve(other, terminal, stop, f"jämför med {stability}: ")
    return None if outcome.plan is None else _checked(other, _numbered(other, outcome.plan), outcome)


def _numbered(order: Order, plan: Plan) -> Plan:
    """The plan with its calendar events numbered."""
    return number_events(order.problem, plan, order.previous_problem, order.previous_plan, order.series)


def _checked(order: Order, plan: Plan, outcome: Outcome) -> Made:
    """The plan, if it passes the independent check."""
    report = check(order.problem, plan, order.previous_plan)
    if report.violations:
        raise RefusedError(
            "Planen klarade inte den oberoende kontrollen. Det är ett fel i terminsplan; inget har skrivits.",
            "Skicka raderna nedan, och om möjligt tabellerna, till den som sköter terminsplan hos er.",
            *violations.told(report.violations),
            code=Exit.CHECK_FAILED,
            details={"violations": violations.as_data(report.violations)},
        )
    return Made(order, plan, outcome, report.levels, _told_in_full(order, outcome.changes, plan))


def _told_in_full(order: Order, changes: PlanDiff | None, plan: Plan) -> PlanDiff | None:
    """The changes with the seats as the plan has them now that its events are numbered, and the names of who has left."""
    if changes is None or order.previous is None:
        return None
    seats = {(b.hire, b.session): b for b in plan.bookings}
    rows = (c.model_copy(update={"after": c.after and seats[c.hire, c.after.session]}) for c in changes.changes)
    left = {c.hire for c in changes.changes} - order.problem.hire_by_id.keys()
    known = (order.previous.problem.hire_by_id[hire] for hire in sorted(left))
    former = tuple(Former(hire=h.id, name=h.name, organisation=h.organisation) for h in known)
    return changes.model_copy(update={"changes": tuple(rows), "former": former})


def _solve(order: Order, terminal: Terminal, stop: Stop, label: str = "") -> Outcome:
    with progress.shown(terminal.err, quiet=terminal.quiet, label=label) as on_progress:
        return aside(
            lambda: plan_term(
                order.problem,
                order.planning_date,
                input_sha256=plan_json.problem_sha256(order.problem),
                options=order.options,
                previous=order.previous_plan,
                previous_sha256=order.previous.plan_sha256 if order.previous else None,
                on_progress=on_progress,
                should_stop=stop.asked,
                crew=side_by_side,
                mip=beside,
            )
        )


def _planned(order: Order, outcome: Outcome) -> Plan:
    if outcome.plan is not None:
        return outcome.plan
    refuse_conflicts(order.problem, outcome.conflicts)
    if outcome.ending is Ending.STOPPED:
        raise RefusedError("Avbrutet innan någon plan var funnen. Inget har skrivits.", code=Exit.STOPPED)
    raise RefusedError(
        f"Ingen plan hittades på {order.options.max_seconds:g} sekunder. Inget har skrivits.",
        "Ge mer tid med --max-tid.",
        code=Exit.NOTHING_FOUND,
    )
