"""Questions about a finished plan: their answers hang on nothing but the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import inf

import pytest

from models.ids import Level, State
from scheduler.answers.probe import Probe, cap
from scheduler.linear.model import Linear, Values, at_least, total
from scheduler.linear.part import Part
from scheduler.model.assignment import assignment_of, state_of
from scheduler.model.build import Model, build
from scheduler.seats.candidates import Candidate
from scheduler.solvers.cp_sat import Answer, Engine
from tests.scheduler.build import outcome_of
from tests.scheduler.random_problems import case

SEEDS = range(16)
Plan = tuple[Model, Values, list[Level], list[Candidate]]
"""A model, a plan of it, its levels, and the seats that those without one might have wished for."""


def test_what_a_seat_would_worsen_is_the_same_whatever_was_asked_before() -> None:
    answers = set()
    for model, values, order, wished in _plans():
        one_after_the_other = Probe(model, values, order, 1, should_stop=lambda: False)
        found = [one_after_the_other.first_worse([seat]) for seat in wished]
        alone = [Probe(model, values, order, 1, should_stop=lambda: False).first_worse([seat]) for seat in wished]
        assert found == alone
        answers.update(found)
    assert len(answers) > 2


def test_what_a_seat_would_worsen_is_the_first_level_that_no_plan_of_the_programme_with_it_keeps() -> None:
    asked = 0
    for model, values, order, wished in _plans():
        probe = Probe(model, values, order, 1, should_stop=lambda: False)
        for seat in wished[:4]:
            found = probe.first_worse([seat])
            assert found == _asked_level_by_level(model, values, order, seat)
            asked += found is not None
    assert asked > 5


def test_a_seat_that_a_plan_found_before_has_too_is_asked_about_once_less(monkeypatch: pytest.MonkeyPatch) -> None:
    solved: list[Engine] = []
    minimise = Engine.minimise

    def counted(
        engine: Engine, goal: Linear, *, hint: Values, seconds: float, work: float, should_stop: Callable[[], bool]
    ) -> Answer:
        solved.append(engine)
        return minimise(engine, goal, hint=hint, seconds=seconds, work=work, should_stop=should_stop)

    monkeypatch.setattr(Engine, "minimise", counted)
    saved = 0
    for model, values, order, wished in _plans():
        probe = Probe(model, values, order, 1, should_stop=lambda: False)
        for seat in wished:
            asked = []
            for _ in range(2):
                before = len(solved)
                probe.first_worse([seat])
                asked.append(len(solved) - before)
            assert asked[1] <= min(1, asked[0])
            saved += asked[0] - asked[1]
    assert saved > 0


@cache
def _plans() -> Sequence[Plan]:
    """Some small plans with seats to wish for."""
    found = []
    for seed in SEEDS:
        now = case(seed)
        made = outcome_of(now.problem, now.planning_date).plan
        if made is None:  # given bookings that conflict
            continue
        model = build(now.problem, now.planning_date, None)
        values = assignment_of(model, made)
        without = {n.key for n in model.needs if state_of(model, n, values) in (State.MISSING, State.LATE)}
        wished = [c for c in model.variables.candidates if c.need.key in without and not values[c.variable]]
        found.append((model, values, [level.name for level in made.levels], wished))
    return found


def _asked_level_by_level(model: Model, values: Values, order: list[Level], seat: Candidate) -> Level | None:
    """The first level that no plan with the seat keeps together with those above it, its programme free."""
    free = [c.variable for c in model.variables.candidates if c.need.programme.id == seat.need.programme.id]
    part, worse = Part(model.variables.linear_model, values, free), None
    wish = at_least(total([seat.variable]), 1)
    for kept, level in enumerate(order):
        caps = (cap(model.objectives[one], values) for one in order[:kept])
        rows = [row for one in (wish, *caps) if (row := part.row(one))]
        engine = Engine(part.low, part.high, [*part.rows, *rows], 1)
        if engine.minimise(Linear(), hint=None, seconds=inf).values is None:
            break
        worse = level
    return worse
