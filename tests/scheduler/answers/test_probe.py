"""Questions about a finished plan: their answers hang on nothing but the plan."""

from __future__ import annotations

from models.ids import State
from scheduler.answers.probe import Probe
from scheduler.model.assignment import assignment_of, state_of
from scheduler.model.build import build
from tests.scheduler.build import outcome_of
from tests.scheduler.random_problems import case

SEEDS = range(20)


def test_what_a_seat_would_worsen_is_the_same_whatever_was_asked_before() -> None:
    answers = set()
    for seed in SEEDS:
        now = case(seed)
        made = outcome_of(now.problem, now.planning_date).plan
        if made is None:  # given bookings that conflict
            continue
        model = build(now.problem, now.planning_date, None)
        values = assignment_of(model, made)
        order = [level.name for level in made.levels]
        without = {n.key for n in model.needs if state_of(model, n, values) in (State.MISSING, State.LATE)}
        wished = [[c] for c in model.variables.candidates if c.need.key in without and not values[c.variable]]
        one_after_the_other = Probe(model, values, order, 1, should_stop=lambda: False)
        found = [one_after_the_other.first_worse(seat) for seat in wished]
        alone = [Probe(model, values, order, 1, should_stop=lambda: False).first_worse(seat) for seat in wished]
        assert found == alone
        answers.update(found)
    assert len(answers) > 2
