"""The main job between reading and writing: solve, number the calendar events, check the plan independently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from models.change import PlanDiff
from models.ids import Level, Stability
from models.plan import Plan
from models.problem import TermProblem
from outputs import html, plan_json
from outputs.events import number_events
from scheduler.answers.differences import Cause, SeatKey, diff
from scheduler.mentors.matching import Matching, match_mentors
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.term import plan_term
from scheduler.solvers.clock import Clock, Stopwatch
from scheduler.solvers.cp_sat import never
from scheduler.verify import check
from terminsplan import violations
from terminsplan.conflicts import refuse_conflicts, sentence
from terminsplan.exits import Exit, RefusedError
from terminsplan.memory import drop_model, give_back_large_blocks
from terminsplan.mip_beside import get_highs_ready, highs_processes
from terminsplan.processes import process_pool
from terminsplan.relaxation_beside import pdlp_processes
from terminsplan.stopping import Stop, aside
from terminsplan.store import Stored
from terminsplan.terminal import Terminal

SHARE_FOR_MENTORS = 0.4
"""Share of the time limit that pairing hires with mentors may take, before the seats have the rest."""


@dataclass(frozen=True)
class PlanInput:
    """What to plan, and how. ``series`` is what UIDs of its calendar events are made from, inherited in a re-plan.

    ``matching`` are the pairs of hires and mentors, which hang on no seat; None before they have been matched.
    """

    problem: TermProblem
    planning_date: date
    options: Options
    previous: Stored | None = None
    series: str | None = None
    matching: Matching | None = None

    @property
    def previous_plan(self) -> Plan | None:
        """The plan to begin from, in a re-plan."""
        return self.previous.plan if self.previous else None

    @property
    def previous_problem(self) -> TermProblem | None:
        """The input that it was made from."""
        return self.previous.problem if self.previous else None


@dataclass(frozen=True)
class Made:
    """A checked plan, ready to be written: with its levels as
    the check counted them and, in a re-plan, what it changed.

    ``by_hand``: made by ``prova``, to be looked at, until somebody continues from it.
    """

    plan_input: PlanInput
    plan: Plan
    outcome: Outcome
    levels: Mapping[Level, int]
    changes: PlanDiff | None = None
    by_hand: bool = False


def make_plan(plan_input: PlanInput, terminal: Terminal, stop: Stop, stopwatch: Stopwatch) -> Made:
    """A plan that has passed the independent check; refuses when there is none."""
    clock = Clock.start(monotonic, plan_input.options.max_seconds)
    plan_input = with_mentors(plan_input, clock, stop.asked)
    stopwatch.end("mentors")
    outcome = _solve(plan_input, terminal, stop, seconds=clock.left)
    stopwatch.end("solve")
    plan = _numbered(plan_input, _planned(plan_input, outcome))
    stopwatch.end("number")
    made = _checked(plan_input, plan, outcome)
    stopwatch.end("verify")
    if outcome.kept_breaches:
        lines = (sentence(plan_input.problem, breach) for breach in outcome.kept_breaches)
        terminal.note("Redan meddelade platser nära planeringsdagen behålls fast de bryter mot en regel:", *lines)
    if outcome.unexplained:
        terminal.note(
            f"Tiden tog slut innan skälen för {outcome.unexplained} krav var framme; ge mer tid med --max-tid för "
            "att få dem."
        )
    return made


def with_mentors(plan_input: PlanInput, clock: Clock, should_stop: Callable[[], bool] = never) -> PlanInput:
    """The input with its hires and mentors matched, once for all plans that are made of it."""
    if plan_input.matching is not None:
        return plan_input
    matching = aside(
        lambda: match_mentors(
            plan_input.problem,
            plan_input.previous_plan,
            seed=plan_input.options.seed,
            clock=clock.limited(SHARE_FOR_MENTORS * clock.left),
            mip=highs_processes,
            should_stop=should_stop,
        )
    )
    return replace(plan_input, matching=matching)


def try_stability(plan_input: PlanInput, stability: Stability, terminal: Terminal, stop: Stop) -> Made | None:
    """The re-plan that another stability gives, for comparison; None where none was found in time."""
    solving = replace(plan_input.options, stability=stability, suggestions=False)
    other = replace(plan_input, options=solving)
    outcome = _solve(other, terminal, stop, f"jämför med {stability}: ")
    return None if outcome.plan is None else finished(other, outcome.plan, outcome)


def finished(plan_input: PlanInput, plan: Plan, outcome: Outcome) -> Made:
    """A plan that was found already, with its mentors, numbered and checked."""
    plan_input = with_mentors(plan_input, Clock.start(monotonic, plan_input.options.max_seconds))
    return _checked(plan_input, _numbered(plan_input, plan), outcome)


def _numbered(plan_input: PlanInput, plan: Plan) -> Plan:
    """The plan with its calendar events numbered, and with its mentors."""
    if plan_input.matching is not None:
        matched = {"mentors": plan_input.matching.pairs, "mentor_levels": plan_input.matching.levels}
        plan = plan.model_copy(update=matched)
    return number_events(
        plan_input.problem, plan, plan_input.previous_problem, plan_input.previous_plan, plan_input.series
    )


def _checked(plan_input: PlanInput, plan: Plan, outcome: Outcome) -> Made:
    """The plan, if it passes the independent check."""
    report = check(plan_input.problem, plan, plan_input.previous_plan)
    if report.violations:
        raise RefusedError(
            "Planen klarade inte den oberoende kontrollen. Det är ett fel i terminsplan; inget har skrivits.",
            "Skicka raderna nedan, och om möjligt tabellerna, till den som sköter terminsplan hos er.",
            *violations.told(report.violations),
            code=Exit.CHECK_FAILED,
            details={"violations": violations.as_data(report.violations)},
        )
    return Made(plan_input, plan, outcome, report.levels, _changes(plan_input, plan, outcome.causes))


def _changes(plan_input: PlanInput, plan: Plan, causes: Mapping[SeatKey, Cause]) -> PlanDiff | None:
    """What a re-plan changed: made once, of the plan that is
    whole and has its events numbered; None for a first plan.
    """
    before = plan_input.previous
    if before is None:
        return None
    left = (hire for hire in before.problem.hires if hire.id not in plan_input.problem.hire_by_id)
    return diff(before.plan, plan, causes, left)


def _solve(
    plan_input: PlanInput, terminal: Terminal, stop: Stop, label: str = "", *, seconds: float | None = None
) -> Outcome:
    """``seconds`` are what is left of the time limit, where something came before."""
    options = plan_input.options if seconds is None else replace(plan_input.options, max_seconds=seconds)
    give_back_large_blocks()
    get_highs_ready(plan_input.problem)
    with terminal.progress(label) as on_progress:
        outcome = aside(
            lambda: plan_term(
                plan_input.problem,
                plan_input.planning_date,
                input_sha256=plan_json.problem_sha256(plan_input.problem),
                options=options,
                previous=plan_input.previous_plan,
                previous_sha256=plan_input.previous.plan_sha256 if plan_input.previous else None,
                on_progress=on_progress,
                should_stop=stop.asked,
                pool=process_pool,
                mip=highs_processes,
                relaxing=pdlp_processes,
                now=monotonic,
            ),
            html.make_ready,
        )
    drop_model(len(outcome.plan.requirements) if outcome.plan else 0)
    return outcome


def _planned(plan_input: PlanInput, outcome: Outcome) -> Plan:
    if outcome.plan is not None:
        return outcome.plan
    refuse_conflicts(plan_input.problem, outcome.conflicts)
    if outcome.ending is Ending.STOPPED:
        raise RefusedError("Avbrutet innan någon plan var funnen. Inget har skrivits.", code=Exit.STOPPED)
    raise RefusedError(
        f"Ingen plan hittades på {plan_input.options.max_seconds:g} sekunder. Inget har skrivits.",
        "Ge mer tid med --max-tid.",
        code=Exit.NOTHING_FOUND,
    )
