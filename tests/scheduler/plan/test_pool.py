"""How the groups of a term share the time, and what is told of them all while they are planned."""

from __future__ import annotations

import pytest

from models.ids import Level
from scheduler.plan import pool
from scheduler.plan.first_levels import FirstLevels
from scheduler.plan.pool import GroupProgress, TimeShares
from scheduler.plan.task import Watch
from scheduler.search.progress import Progress
from tests.scheduler.clocks import PaperClock

NOTHING = FirstLevels(None, ())
ORDER = (Level.ON_TIME, Level.EQUITY, Level.DAYS)


@pytest.fixture(autouse=True)
def _by_size_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SAME_FOR_ALL", 0)


def test_each_has_its_part_of_what_all_workers_have() -> None:
    shares = TimeShares(PaperClock(100.0), 60.0, [30, 10, 20], workers=2)
    assert [shares.begin(0), shares.begin(1)] == [60, 20]


def test_a_small_group_has_somewhat_more_than_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SAME_FOR_ALL", 0.5)
    assert TimeShares(PaperClock(100.0), 60.0, [40, 0], workers=1).begin(1) == 10


def test_alone_one_goes_from_small_to_large_and_others_begin_with_the_largest() -> None:
    sizes = [30, 10, 20, 5]
    orders = [TimeShares(PaperClock(100.0), 60.0, sizes, hands).order for hands in (1, 2, 3, 9)]
    assert orders == [(3, 1, 2, 0), (0, 3, 1, 2), (0, 2, 3, 1), (0, 2, 1, 3)]


def test_what_a_group_leaves_over_goes_to_the_others() -> None:
    clock = PaperClock(100.0)
    shares = TimeShares(clock, 60.0, [30, 10, 20], workers=1)
    assert shares.begin(1) == 10
    clock.go_on(1.0)
    shares.end(1)
    assert shares.begin(2) == 59 * 20 / 50
    shares.end(2)
    assert shares.begin(0) == 59


def test_nobody_gets_more_than_what_is_left_of_the_stage() -> None:
    clock = PaperClock(100.0)
    shares = TimeShares(clock, 60.0, [5, 1], workers=2)
    assert [shares.begin(1), shares.begin(0)] == [20, 60]
    late = TimeShares(clock, 60.0, [5, 0], workers=2)
    clock.go_on(70.0)
    assert [late.begin(1), late.begin(0)] == [0, 0]


def progress() -> tuple[GroupProgress, list[Progress]]:
    told: list[Progress] = []
    made = GroupProgress(ORDER, 2, Watch(PaperClock(60.0), told.append, lambda: False))
    made.stage(1, 2)
    return made, told


def step(level: Level | None, value: int | None = None, bound: int | None = None) -> Progress:
    number = ORDER.index(level) + 1 if level else len(ORDER)
    return Progress(level, number, len(ORDER), value, bound, 0.0)


def test_the_value_and_bound_of_all_are_told_when_all_are_known() -> None:
    made, told = progress()
    made.tell(0, step(Level.ON_TIME, 3, 1))
    made.tell(1, step(Level.ON_TIME, 4))
    made.tell(1, step(Level.ON_TIME, 4, 2))
    assert [(p.level, p.value, p.bound) for p in told] == [
        (Level.ON_TIME, None, None),
        (Level.ON_TIME, 7, None),
        (Level.ON_TIME, 7, 3),
    ]


def test_the_level_told_is_that_of_the_hindmost_and_fairness_is_the_worst_of_all() -> None:
    made, told = progress()
    made.tell(0, step(Level.EQUITY, 500, 400))
    made.finish(0, NOTHING)
    made.tell(1, step(Level.EQUITY, 300, 300))
    assert [(p.level, p.number, p.parts) for p in told[:2]] == [(Level.ON_TIME, 1, (0, 2)), (Level.ON_TIME, 1, (1, 2))]
    assert (told[-1].level, told[-1].value, told[-1].bound) == (Level.EQUITY, 500, 400)


def test_what_is_heard_late_turns_nothing_back() -> None:
    made, told = progress()
    for number in (0, 1):
        made.finish(number, NOTHING)
    made.tell(0, step(Level.ON_TIME, 3, 3))
    made.stage(3, 3)
    made.tell(0, step(None))
    made.tell(1, step(Level.DAYS))
    made.tell(1, step(None))
    assert [p.number for p in told] == [1, 2, 2, 3, 3, 3]
    assert told[-1].level is None
