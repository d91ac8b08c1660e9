"""Which engine a model gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.model.build import build
from scheduler.plan import engines
from scheduler.plan.engines import engine_for
from scheduler.plan.groups import groups_of
from scheduler.plan.outcome import Options
from scheduler.plan.task import GroupTask
from scheduler.search.large.engine import LargeEngine
from scheduler.search.small import SmallModelEngine
from scheduler.solvers.clock import Clock
from tests.scheduler.build import EARLY, hire, plan, problem, programme, round_
from tests.scheduler.clocks import PaperClock

# One hire with two bookings to choose among.
TWO = problem(programme("P"), round_("R1", "P", "1 09-01"), round_("R2", "P", "1 09-08"), hire("anna"))
TERM = GroupTask(TWO, EARLY, "", Options())
GROUP = replace(TERM, is_part=True)
SHORT, LONG = PaperClock(0.9), PaperClock(1.1)


def test_a_task_for_one_group_is_part_of_a_term() -> None:
    assert TERM.of(groups_of(TWO, EARLY, None)[0]).is_part


@pytest.mark.parametrize(
    ("task", "limits", "clock", "engine"),
    [
        (GROUP, (2, 3), SHORT, LargeEngine),
        (GROUP, (2, 3), LONG, SmallModelEngine),
        (GROUP, (3, 4), SHORT, SmallModelEngine),
        (TERM, (2, 3), SHORT, SmallModelEngine),
        (replace(GROUP, previous=plan(TWO)), (2, 3), SHORT, SmallModelEngine),
        (TERM, (1, 2), LONG, LargeEngine),
    ],
)
def test_a_group_with_little_time_for_each_decision_is_planned_as_if_large_and_a_whole_term_by_its_size_alone(
    monkeypatch: pytest.MonkeyPatch, task: GroupTask, limits: tuple[int, int], clock: Clock, engine: type
) -> None:
    in_haste, large = limits
    monkeypatch.setattr(engines, "FEWEST_IN_HASTE", in_haste)
    monkeypatch.setattr(engines, "FEWEST_FOR_LARGE", large)
    monkeypatch.setattr(engines, "SECONDS_A_DECISION", 0.5)
    model = build(TWO, EARLY, None)
    assert len(model.variables.candidates) == 2
    assert type(engine_for(model, task, task.order, clock)) is engine
