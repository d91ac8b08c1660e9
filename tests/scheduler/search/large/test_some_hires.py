"""Which hires a neighbourhood of a large plan frees."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from models.ids import RoundStatus
from scheduler.model.build import build
from scheduler.search.large import some_hires
from scheduler.search.large.merged_model import merged_model_of
from scheduler.search.large.some_hires import SomeHires
from tests.scheduler.build import EARLY, hire, problem, programme, round_


def test_all_who_may_sit_in_a_proposal_are_free_together_and_those_who_cost_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two hires of B alone can make the proposal run; of twenty of A each asks in any round but it."""
    proposal = round_("R2", "P", "1 09-08", organisations=("B",), status=RoundStatus.PROPOSED, min_participants=2)
    crowd = [hire(f"a{n:02}", "A", starts=f"08-{n:02}") for n in range(1, 21)]
    term = problem(
        programme(), round_("R1", "P", "1 09-01"), proposal, hire("bea", "B"), hire("bo", "B", "08-18"), *crowd
    )
    model = build(term, EARLY, None)
    merged = merged_model_of(model.variables, list(model.objectives.values()))
    a07 = np.flatnonzero([model.variables.candidates[v].need.hire.id == "a07" for v in merged.columns[merged.decides]])
    monkeypatch.setattr(some_hires, "MOST_FREE", 4)
    for seed in range(10):
        around = SomeHires(model.variables, np.random.default_rng(seed)).around(merged, lambda: [a07])
        anybody, costly, of_proposal = (
            {model.variables.candidates[v].need.hire.id for v in merged.columns[mask]} for mask in islice(around, 3)
        )
        assert of_proposal == {"bea", "bo"}
        assert "a07" in costly
        assert len(anybody) >= 2
