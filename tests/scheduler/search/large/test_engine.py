"""Planned as if it were large, a term keeps every rule, its bounds hold, and what is said to be proven is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from time import monotonic

import numpy as np
import pytest

from models.ids import Level, Stability
from models.plan import LevelResult, Plan
from scheduler.levels import SOLVING
from scheduler.linear.model import Values, total
from scheduler.model.build import Model, build
from scheduler.plan import engines, start
from scheduler.plan.outcome import Ending, Options, Outcome
from scheduler.plan.term import plan_term
from scheduler.search.bundles import bundles_of
from scheduler.search.large.corners import Corners
from scheduler.search.large.engine import LargeEngine
from scheduler.search.lexicographic import level_order
from scheduler.solvers.clock import Clock
from scheduler.solvers.mip import Mip, no_mip
from scheduler.verify import check
from terminsplan.mip_beside import highs_processes
from tests.scheduler.build import EARLY, booked, hire, problem, programme, round_
from tests.scheduler.crowds import crowd, settled_crowd
from tests.scheduler.random_problems import Case, case, replan_case

CHAINS = 4
SECONDS = 20.0


def planned(now: Case, previous: Plan | None, stability: Stability) -> Outcome:
    return plan_term(
        now.problem,
        now.planning_date,
        input_sha256="",
        options=Options(max_seconds=SECONDS, stability=stability, suggestions=False),
        previous=previous,
        previous_sha256=None if previous is None else "",
        mip=highs_processes,
    )


def as_if_large(now: Case, previous: Plan | None, stability: Stability) -> Outcome:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "FEWEST_FOR_LARGE", 1)
        patch.setattr(start, "most_for_cp_sat", lambda *, replanning: 0)
        return planned(now, previous, stability)


@pytest.mark.parametrize("kind", [case, crowd, settled_crowd])
@pytest.mark.parametrize("first", [0, 100])
def test_a_term_planned_as_if_large_breaks_nothing_and_claims_only_what_is_so(
    kind: Callable[[int], Case], first: int
) -> None:
    levels = proven = 0
    for seed in range(first, first + CHAINS):
        now, previous, stability = kind(seed), None, Stability.CAREFUL
        for step in range(3):
            where = f"seed {seed}, step {step}, {stability.value}"
            exact, large = planned(now, previous, stability), as_if_large(now, previous, stability)
            if exact.plan is None:
                assert large.ending is exact.ending is Ending.CONFLICT, where
                break
            assert large.plan is not None, where
            _is_sound(now, large.plan, previous, where)
            order = level_order(stability, replanning=previous is not None)
            claims = _compare(order, exact.plan, large.plan, where)
            levels, proven = levels + len(claims), proven + sum(claims)
            if step == seed % 3:
                again = as_if_large(now, previous, stability)
                assert again.plan is not None
                assert again.plan.bookings == large.plan.bookings, where
                assert again.plan.levels == large.plan.levels, where
            previous, now = exact.plan, replan_case(3 * seed + step, now, exact.plan)
            stability = Random(3 * seed + step).choice(list(Stability))
    assert proven > levels / 2


def _is_sound(now: Case, plan: Plan, previous: Plan | None, where: str) -> None:
    """Nothing is broken, values are as the check counts them, and no bound is above its value."""
    report = check(now.problem, plan, previous)
    assert report.violations == (), where
    for level in plan.levels:
        assert level.value == report.levels[level.name], where
        assert level.bound is None or level.bound <= level.value, where
        assert level.proven == (level.bound == level.value), where


def _compare(order: tuple[Level, ...], exact: Plan, large: Plan, where: str) -> list[bool]:
    """As long as the levels above are the same: nothing is better
    than proven, no bound is above it. Whether each is proven.
    """
    best, found = _by_level(exact), _by_level(large)
    assert best.keys() == found.keys() == set(order), where
    proven = []
    for level in order:
        assert best[level].proven, where
        assert found[level].value >= best[level].value, f"{where}, {level}"
        assert (found[level].bound or 0) <= best[level].value, f"{where}, {level}"
        proven.append(found[level].proven)
        if found[level].value > best[level].value:
            break
    return proven


def _by_level(plan: Plan) -> dict[Level, LevelResult]:
    return {level.name: level for level in plan.levels}


# --- the engine itself: two hires who are alike, and three courses of one seat, any two of which meet at the same time
# -----

DAYS = {"P1": ("09-01", "09-02"), "P2": ("09-02", "09-03"), "P3": ("09-03", "09-01")}


def knot() -> Model:
    """What both may have together looks like three seats, and is two; P3 counts for three."""
    rounds = [round_(f"R-{id_}", id_, f"1 {one}", f"1 {other}", seats=1) for id_, (one, other) in DAYS.items()]
    programmes = [programme(id_, weight=3 if id_ == "P3" else 1) for id_ in DAYS]
    return build(problem(*programmes, *rounds, hire("anna"), hire("bo")), EARLY, None)


def engine(model: Model, mip: Mip = highs_processes) -> LargeEngine:
    goals = model.objectives
    bundles = list(bundles_of(list(goals), goals, SOLVING, large=True))
    return LargeEngine(
        model.variables,
        bundles,
        [goals[Level.ON_TIME], goals[Level.WAITING]],
        rounds=goals[Level.ROUNDS],
        seed=1,
        clock=Clock.start(monotonic),
        mip=mip,
    )


def keeps_rows(model: Model, values: Values | None) -> bool:
    return values is not None and all(
        row.low <= row.activity(values) <= row.high for row in model.variables.linear_model.rows
    )


def test_what_cannot_be_dealt_out_is_solved_again_with_everybody_on_her_own() -> None:
    model = knot()
    large, goal = engine(model), model.objectives[Level.ON_TIME]
    answer = large.minimise(goal, hint=model.start, seconds=SECONDS)
    assert answer.value == 6
    assert answer.bound is not None
    assert answer.bound <= 6
    assert keeps_rows(model, answer.values)


@pytest.mark.parametrize("after", range(10))
def test_whenever_it_is_stopped_the_levels_above_are_kept(after: int) -> None:
    model = knot()
    large, on_time = engine(model), model.objectives[Level.ON_TIME]
    best = large.minimise(on_time, hint=model.start, seconds=SECONDS).values
    again, asked = engine(model), iter(range(after))
    again.cap(on_time, 6)
    few = total([c.variable for c in model.variables.candidates if c.offer.round.id == "R-P1"], -1)
    stopped = again.minimise(few, hint=best, seconds=SECONDS, should_stop=lambda: next(asked, None) is None)
    assert keeps_rows(model, stopped.values)
    assert stopped.values is not None
    assert on_time.value(stopped.values) == 6


def test_a_hint_that_is_no_plan_is_none_when_there_is_no_time_to_mend_it() -> None:
    model = knot()
    everything = model.variables.linear_model.complete(range(len(model.variables.candidates)))
    answer = engine(model).minimise(
        model.objectives[Level.ON_TIME], hint=everything, seconds=SECONDS, should_stop=lambda: True
    )
    assert answer.values is None


def test_who_is_given_seats_gets_them_though_no_corner_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = [round_(f"R{n}", "P", f"1 09-0{n}") for n in (1, 2)]
    model = build(problem(programme(), *rounds, hire("anna"), hire("bo"), booked("bo", "R2-1")), EARLY, None)
    monkeypatch.setattr(Corners, "corner", lambda self, number, seconds, relax: np.zeros(len(model.start), np.bool_))
    nothing = model.variables.linear_model.complete(())
    answer = engine(model).minimise(total([0], 0, 5), hint=nothing, seconds=SECONDS)
    assert answer.values is not None
    assert [(c.need.hire.id, c.offer.round.id) for c in model.chosen(answer.values) if c.need.hire.id == "bo"] == [
        ("bo", "R2")
    ]


def after_rounds(model: Model, mip: Mip) -> Values | None:
    """Level ``waiting`` with ``rounds`` kept, from the plan that books nobody."""
    large, goals = engine(model, mip), model.objectives
    large.cap(goals[Level.ROUNDS], 0)
    return large.minimise(goals[Level.WAITING], hint=model.start, seconds=SECONDS).values


def test_who_waits_gets_a_seat_that_is_free_where_no_solver_answers() -> None:
    """No corner is asked for either: it would be of no use once there is a plan and ``rounds`` is kept."""
    rounds = [round_(f"R{n}", "P", f"1 09-0{n}", seats=1) for n in (1, 2)]
    model = build(problem(programme(deadline_months=0), *rounds, hire("anna"), hire("bo")), EARLY, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(Corners, "corner")
        values = after_rounds(model, no_mip)
    assert values is not None
    assert [(c.need.hire.id, c.offer.round.id) for c in model.chosen(values)] == [("anna", "R1"), ("bo", "R2")]


def test_of_several_who_wait_for_too_few_seats_as_many_are_booked_as_there_can_be() -> None:
    """Anna alone may sit in either round, bo in the first only: the earliest seat for her leaves him without one."""
    rounds = [
        round_("R1", "P", "1 09-01", seats=1),
        round_("R2", "P", "1 09-08", seats=1, organisations=("A",)),
    ]
    term = problem(programme(deadline_months=0), *rounds, hire("anna"), hire("bo", "B"))
    model = build(term, EARLY, None)
    values = after_rounds(model, highs_processes)
    assert values is not None
    assert model.objectives[Level.WAITING].value(values) == 0


def test_a_free_seat_is_left_where_it_costs_what_is_kept_below() -> None:
    """One of a unit is away already that day: bo's seat would lower ``waiting``, but ``staffing`` is kept."""
    one = round_("R1", "P", "1 09-01")
    hires = (hire(id_, unit="U") for id_ in ("anna", "bo"))
    model = build(problem(programme(deadline_months=0), one, *hires, max_away_per_unit=1), EARLY, None)
    anna = next(c.variable for c in model.variables.candidates if c.need.hire.id == "anna")
    hint, goals = model.variables.linear_model.complete([anna]), model.objectives
    large = engine(model, no_mip)
    for level in (Level.ROUNDS, Level.WAITING, Level.STAFFING):
        large.cap(goals[level], goals[level].value(hint))
    assert large.minimise(goals[Level.WAITING], hint=hint, seconds=SECONDS).values == hint
