"""PDLP in a real process: the same answer as here; what happens
when it ends too early is that of HiGHS (test_mip_beside.py).
"""

from __future__ import annotations

import logging
import pickle
import time
from math import inf

import numpy as np
import pytest

from scheduler.linear.program import Goal
from scheduler.solvers.clock import Clock
from scheduler.solvers.relaxation import NOWHERE, RelaxationTask, Relaxer
from terminsplan.relaxation_beside import pdlp_processes
from tests.scheduler.search.large.programs import RELAX, program, whole

COVER = program([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1.0] * 3, [inf] * 3, [1, 1, 1])
EACH = Goal(np.ones(3), 0)
CLOCK = Clock.start(time.monotonic)


def relaxed_twice(relax: Relaxer) -> list[list[float]]:
    """A relaxation, and one that begins at it, with all that is told of them."""
    first = relax(whole(COVER), EACH, accuracy=1e-7, steps=20_000, seconds=60.0)
    capped = COVER.capped(Goal(np.array([1.0, 0, 0]), 0), 0)
    second = relax(whole(capped), EACH, accuracy=1e-7, steps=20_000, seconds=60.0, start=first)
    return [[*found.x, *found.multipliers, found.bound] for found in (first, second)]


def test_a_process_of_its_own_finds_the_same_to_the_last_bit() -> None:
    assert relaxed_twice(Relaxer(pdlp_processes, CLOCK)) == relaxed_twice(RELAX)


def test_processes_that_have_solved_may_be_sent_to_another_process() -> None:
    """They are part of the task that the processes of groups are given."""
    relaxed_twice(Relaxer(pdlp_processes, CLOCK))
    sent = pickle.loads(pickle.dumps(pdlp_processes))
    assert relaxed_twice(Relaxer(sent, CLOCK)) == relaxed_twice(RELAX)


def test_what_pdlp_refuses_is_told_and_logged_and_the_process_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    refused = RelaxationTask(COVER, "Åsa Öberg", 1e-7, 100, 60.0)  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        found = pdlp_processes(refused).answer(60.0)
    assert found is not None
    assert (found.x, found.multipliers) == (NOWHERE.x, NOWHERE.multipliers)
    assert [(record.name, record.getMessage()) for record in caplog.records] == [
        ("terminsplan.relaxation", "PDLP failed: AttributeError")
    ]
    assert relaxed_twice(Relaxer(pdlp_processes, CLOCK)) == relaxed_twice(RELAX)
