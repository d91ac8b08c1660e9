"""Groups planned in real processes: the same plan as here, stops, and a process that dies."""

from __future__ import annotations

import os
from typing import Any

import pytest

from scheduler import plan as planning
from scheduler.crew import alone
from scheduler.group import Job, Watch
from scheduler.outcome import Ending, Options, Outcome, Progress
from scheduler.plan import plan_term
from scheduler.verify import check
from terminsplan import processes
from terminsplan.exits import Exit, RefusedError
from tests.scheduler.regions import several

NOW = several(7)


@pytest.fixture(autouse=True)
def _two_cores_for_small_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "FEWEST_FOR_A_CREW", 0)
    monkeypatch.setattr(processes, "cores", lambda: 2)


def planned(**told: Any) -> Outcome:  # noqa: ANN401
    options = Options(suggestions=False)
    return plan_term(NOW.problem, NOW.planning_date, input_sha256="", options=options, **told)


def test_processes_give_the_same_plan_and_tell_how_far_they_are() -> None:
    told: list[Progress] = []
    outcome = planned(crew=processes.side_by_side, on_progress=told.append)
    assert outcome.plan is not None
    assert check(NOW.problem, outcome.plan).violations == ()
    here = planned(crew=alone)
    assert (outcome.ending, outcome.plan) == (Ending.PROVEN, here.plan)
    assert told[-1].parts is not None
    assert [p.number for p in told] == sorted(p.number for p in told)


def test_a_stop_reaches_the_processes() -> None:
    outcome = planned(crew=processes.side_by_side, should_stop=lambda: True)
    assert outcome.ending is Ending.STOPPED
    assert outcome.plan is None or not check(NOW.problem, outcome.plan).violations


def die(job: Job, watch: Watch, *given: object) -> Outcome:
    """A process that the system ends, as it does when memory runs out."""
    os._exit(9)


def test_a_process_that_dies_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "solve_top", die)
    with pytest.raises(RefusedError, match="avslutades utifrån") as refused:
        planned(crew=processes.side_by_side)
    assert refused.value.code is Exit.NOTHING_FOUND
