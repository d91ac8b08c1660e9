"""Proposals that are told to have too few who can take part."""

import pytest

from scheduler.linear.model import total
from scheduler.model.build import build
from scheduler.rules import min_participants
from scheduler.seats.attendance import can_have_enough
from scheduler.solvers.cp_sat import Engine
from tests.scheduler.random_problems import case

SEEDS = range(60)
FEWEST = 3
"""Proposals that are closed in these problems, so that something is compared."""


def test_what_cannot_have_enough_participants_runs_in_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compared with CP-SAT's proof on the model without the rows that close them."""
    monkeypatch.setattr(min_participants, "can_have_enough", lambda variables, round_: True)
    closed = 0
    for seed in SEEDS:
        one = case(seed)
        variables = build(one.problem, one.planning_date, None).variables
        linear_model = variables.linear_model
        for round_ in variables.proposals():
            runs = variables.runs(round_)
            if runs is not None and not can_have_enough(variables, round_):
                closed += 1
                engine = Engine(linear_model.low, linear_model.high, linear_model.rows, 1)
                most = engine.minimise(total([runs], -1), hint=None, seconds=60)
                assert most.infeasible or most.value == 0, (seed, round_.id)
    assert closed >= FEWEST
