"""Where a re-plan begins: everybody keeps what can be kept, and no row is broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.plan import Plan
from scheduler.model.build import build
from scheduler.model.warm_start import warm_start
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from tests.scheduler.build import EARLY, hire, problem, programme, round_
from tests.scheduler.crowds import crowd, settled_crowd
from tests.scheduler.random_problems import Case, case, replan_case


def plan_of(now: Case) -> Plan | None:
    options = Options(20.0, suggestions=False)
    return plan_term(now.problem, now.planning_date, input_sha256="", options=options).plan


def seats(seats_left: int, *hires: str) -> set[tuple[str, str]]:
    """Who begins where, once all three had a seat and the first round has so many left."""
    first, second = round_("R1", "P", "1 09-01", seats=3), round_("R2", "P", "1 09-02", seats=3)
    everybody = [hire(name) for name in ("anna", "bo", "cia")]
    before = plan_of(Case(problem(programme(), first, *everybody), EARLY))
    smaller = round_("R1", "P", "1 09-01", seats=seats_left)
    model = build(problem(programme(), smaller, second, *(h for h in everybody if h.id in hires)), EARLY, before)
    return {(c.need.hire.id, c.offer.round.id) for c in model.chosen(warm_start(model))}


def test_who_is_left_keeps_her_seat() -> None:
    assert seats(3, "anna", "cia") == {("anna", "R1"), ("cia", "R1")}


def test_those_who_no_longer_fit_begin_without_a_seat() -> None:
    assert seats(2, "anna", "bo", "cia") == set()


@pytest.mark.parametrize("kind", [case, crowd, settled_crowd])
def test_no_row_is_broken_and_what_must_be_kept_is(kind: Callable[[int], Case]) -> None:
    tried = 0
    for seed in range(10):
        now = kind(seed)
        if (before := plan_of(now)) is not None:
            later = replan_case(seed, now, before)
            model = build(later.problem, later.planning_date, before)
            values = warm_start(model)
            assert all(row.low <= row.activity(values) <= row.high for row in model.variables.linear_model.rows), seed
            assert {c.variable for c in model.chosen(model.start)} <= {c.variable for c in model.chosen(values)}, seed
            tried += 1
    assert tried > 5
