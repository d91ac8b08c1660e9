"""Who makes a plan worse for a goal than she would have to: also where the goal counts what is not booked."""

from __future__ import annotations

import numpy as np
import pytest

from models.ids import Level
from scheduler.model.build import Model, build
from scheduler.search.large.avoidable import avoidable
from scheduler.search.large.merged_model import merged_model_of
from tests.scheduler.build import EARLY, hire, problem, programme, round_

WEEKLY = programme("W", deadline_months=0)
TERM = problem(
    programme("P", modules=2, deadline_months=1),
    WEEKLY,
    round_("P1", "P", "1 09-01", "2 09-08"),
    round_("P2", "P", "1 10-01", "2 10-08"),
    round_("W1", "W", "1 09-02"),
    round_("W2", "W", "1 09-03"),
    hire("anna"),
    hire("bo", "B"),
)
ANNA_EARLY_BO_LATE = ("anna P1", "bo P2", "anna W2")


def who_could_cost_less(model: Model, level: Level) -> set[tuple[str, str]]:
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    taken = [
        c.variable for c in model.variables.candidates if f"{c.need.hire.id} {c.offer.round.id}" in ANNA_EARLY_BO_LATE
    ]
    x = merged.point(model.variables.linear_model.complete(taken))
    parts = avoidable(merged, merged.goal(model.objectives[level]), x, np.random.default_rng(1))
    return {model.variables.candidates[v].need.key for columns in parts for v in merged.columns[columns].tolist()}


@pytest.mark.parametrize(
    ("level", "whose"),
    [
        (Level.WAITING, {("bo", "W")}),
        (Level.MISSING, set()),
        (Level.ON_TIME, {("bo", "P")}),
        (Level.DAYS, {("anna", "P"), ("bo", "P"), ("anna", "W")}),
    ],
)
def test_who_waits_or_is_late_could_cost_less_and_who_has_the_best_there_is_could_not(
    level: Level, whose: set[tuple[str, str]]
) -> None:
    assert who_could_cost_less(build(TERM, EARLY, None), level) == whose
