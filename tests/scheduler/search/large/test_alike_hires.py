"""Hires are one column together when nothing but their names tells them apart, and apart as soon as anything does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from models.plan import Plan
from scheduler.model.build import Model, build
from scheduler.search.large.merged_model import MergedModel, merged_model_of
from tests.scheduler.build import EARLY, away, booked, day, hire, plan, problem, programme, round_
from tests.scheduler.crowds import settled_crowd

CROWD = 5
TWO_ROUNDS = [round_(f"R{n}", "P", f"1 09-0{n}", seats=2, organisations=("A", "B")) for n in (1, 2)]


def model(*parts: Any, previous: Plan | None = None, **anna: Any) -> Model:  # noqa: ANN401
    """Anna and five others who need P; ``anna`` and ``parts`` tell what is different about her."""
    told: dict[str, Any] = {"organisation": "A", "unit": "norr", "programmes": ("P",)}
    everybody = [hire(f"b{n}", **told) for n in range(CROWD)]
    others = [programme("Q"), round_("Q1", "Q", "1 10-01"), hire("zoe", "B", programmes=("Q",))]
    term = problem(
        programme("P", before_cases=True), *TWO_ROUNDS, *everybody, hire("anna", **told | anna), *others, *parts
    )
    return build(term, EARLY, previous)


def merged(of: Model) -> MergedModel:
    return merged_model_of(of.variables, list(of.objectives.values()))


def kinds(of: Model) -> list[set[str]]:
    """The hires of each kind."""
    candidates = of.variables.candidates
    return [{candidates[own[0]].need.hire.id for own in kind.members} for kind in merged(of).kinds]


def test_those_who_differ_by_name_alone_are_one_column_for_each_booking() -> None:
    alike = model(email="anna@a.se")
    found = merged(alike)
    assert kinds(alike) == [{"anna", *(f"b{n}" for n in range(CROWD))}]
    assert int(found.decides.sum()) == len(alike.variables.candidates) - 2 * CROWD
    assert found.program.high[found.decides].tolist() == [CROWD + 1.0] * 2 + [1.0]


@pytest.mark.parametrize(
    "anna",
    [
        {"priority": 2},
        {"unit": "söder"},
        {"organisation": "B"},
        {"starts": "08-18"},
        {"starts": "05-04"},
        {"ends": day("11-30")},
        {"caseload_start": day("09-02")},
        {"weekdays": (1, 3, 4, 5)},
        {"programmes": ("P", "Q")},
        {"programmes": ("Q",)},
    ],
    ids=str,
)
def test_whoever_differs_in_anything_that_a_plan_is_judged_by_stands_alone(anna: dict[str, Any]) -> None:
    assert kinds(model(**anna)) == [{f"b{n}" for n in range(CROWD)}]


@pytest.mark.parametrize("part", [away("anna", "09-01"), booked("anna", "R1-1")], ids=["absence", "booking"])
def test_an_absence_or_a_seat_of_her_own_tells_her_apart(part: Any) -> None:  # noqa: ANN401
    assert kinds(model(part)) == [{f"b{n}" for n in range(CROWD)}]


def test_an_absence_that_nothing_falls_on_does_not() -> None:
    assert kinds(model(away("anna", "09-03")))[0] >= {"anna"}


def test_published_seats_tell_apart_who_has_them_from_who_has_others() -> None:
    first = plan(model().problem)
    seat = {b.hire: b.session for b in first.bookings}
    again = build(model().problem, EARLY, first)
    for kind in kinds(again):
        assert len({seat.get(one) for one in kind}) == 1


def test_every_hire_of_a_crowd_is_of_the_kind_of_her_copies_or_has_helpers_of_her_own() -> None:
    with_kinds = 0
    for seed in range(30):
        now = settled_crowd(seed)
        of = build(now.problem, now.planning_date, None)
        found = merged(of)
        owners = found.owner_of[np.arange(len(found.column_of)) >= len(of.variables.candidates)]
        with_helpers = {of.problem.hires[owner].id for owner in owners if owner >= 0}
        kind_of = {one: number for number, kind in enumerate(kinds(of)) for one in kind}
        with_kinds += bool(kind_of)
        if found.kinds:
            booked_ones = {c.need.hire.id for c in of.variables.candidates} - with_helpers
            copies = {(one[:-1], kind_of.get(one)) for one in booked_ones}
            assert len(copies) == len({name for name, _ in copies}), f"seed {seed}"
            assert None not in {kind for _, kind in copies}, f"seed {seed}"
    assert with_kinds >= 10


def test_a_term_in_which_no_rule_binds_anybody_has_kinds_all_the_same() -> None:
    term = problem(programme("P", deadline_months=0), round_("R", "P", "1 09-01"), hire("anna"), hire("bo"))
    of = build(term, EARLY, None)
    assert kinds(of) == [{"anna", "bo"}]
    assert not of.variables.linear_model.rows
