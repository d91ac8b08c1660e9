"""What a search around the best plan counts as a gain."""

from __future__ import annotations

from time import monotonic

import numpy as np
import pytest

from models.ids import Level
from scheduler.levels import SOLVING
from scheduler.linear.model import Values
from scheduler.model.build import build
from scheduler.search.bundles import blended, bundle_from, bundles_of
from scheduler.search.large import goal_search
from scheduler.search.large.goal_search import GoalSearch, Limits
from scheduler.search.large.merged_model import merged_model_of
from scheduler.solvers.clock import Clock
from scheduler.solvers.cp_sat import never, unwatched
from scheduler.solvers.pdlp import here
from scheduler.solvers.relaxation import Relaxer
from terminsplan.mip_beside import highs_processes
from tests.scheduler.build import EARLY, hire, problem, programme, round_


def search_of_one_hire(booked_in: str | None) -> GoalSearch:
    """Level ``waiting`` of Anna, who may be booked into R1 or, a week later, into R2."""
    return search_of(booked_in, "anna")


def search_of(booked_in: str | None, *hires: str) -> GoalSearch:
    """The same of several hires, all booked alike, none of whom is merged with another."""
    rounds = [round_(f"R{n}", "P", f"1 09-0{7 * n - 6}") for n in (1, 2)]
    everybody = [hire(id_, priority=number) for number, id_ in enumerate(hires, 1)]
    model = build(problem(programme(deadline_months=0), *rounds, *everybody), EARLY, None)
    variables, goals = model.variables, model.objectives
    chosen = [c.variable for c in variables.candidates if c.offer.round.id == booked_in]
    goal, clock = goals[Level.WAITING], Clock.start(monotonic)
    several = blended(bundle_from(bundles_of(list(goals), goals, SOLVING, large=True), goal), variables.most)
    limits = Limits(clock.limited(20), unwatched, never, highs_processes, Relaxer(here, clock, never))
    return GoalSearch(
        merged_model_of(variables, list(goals.values())),
        several,
        [],
        variables.linear_model.complete(chosen),
        limits,
    )


def solved(search: GoalSearch) -> GoalSearch:
    """With everything free."""
    search.solve_with(search._merged.decides)
    return search


def test_a_seat_for_one_who_waits_is_a_gain() -> None:
    search = solved(search_of_one_hire(None))
    assert (search.value, search.without_gain) == (0, 0)


def test_an_earlier_round_is_taken_and_is_no_gain_for_it_breaks_ties_alone() -> None:
    search = search_of_one_hire("R2")
    before = search._aim.value(search._x)
    solved(search)
    assert search._aim.value(search._x) < before
    assert (search.value, search.without_gain) == (0, 1)


def booked_in(search: GoalSearch, round_id: str | None) -> Values:
    """The plan in which Anna is booked there."""
    variables = search._merged.variables
    return variables.linear_model.complete([c.variable for c in variables.candidates if c.offer.round.id == round_id])


def test_a_better_plan_that_was_found_elsewhere_is_gone_on_from() -> None:
    search = search_of_one_hire(None)
    search.take_up(booked_in(search, "R1"))
    assert search.value == 0


def test_a_worse_plan_that_was_found_elsewhere_is_left() -> None:
    search = search_of_one_hire("R1")
    search.take_up(booked_in(search, None))
    assert search.value == 0


def test_few_decisions_are_solved_in_one_part() -> None:
    search = search_of("R1", "anna", "bo")
    decisions = search._merged.decides
    assert [part.tolist() for part in search._in_parts(decisions)] == [decisions.tolist()]


def test_too_many_decisions_are_solved_in_parts_of_hires_who_are_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = search_of("R1", "anna", "bo", "cleo", "dag")
    monkeypatch.setattr(goal_search, "MOST_IN_PART", 4)
    owners = search._merged.owner_of[search._merged.columns]
    parts = [part[search._merged.decides] for part in search._in_parts(search._merged.decides)]
    hires = [sorted(set(owners[: len(part)][part].tolist())) for part in parts]
    assert hires == [[0, 1], [2, 3]]
    assert [int(np.count_nonzero(part)) for part in parts] == [4, 4]


def test_without_a_plan_all_is_solved_at_once_for_no_part_is_a_plan_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    search = search_of("R1", "anna", "bo")
    search.holds = False
    monkeypatch.setattr(goal_search, "MOST_IN_PART", 1)
    assert len(list(search._in_parts(search._merged.decides))) == 1
