"""The whole run where programmes hinder each other: what
suffices by flows alone need not when it is planned in full.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import Any

import pytest

from models.dimensioning import Dimensioning
from scheduler.dimensioning import winner
from scheduler.dimensioning.options import YearsUsed
from scheduler.dimensioning.run import dimension
from scheduler.dimensioning.side_by_side import Lot, Question
from scheduler.dimensioning.task import Task
from tests.scheduler.dimensioning.terms import Inline, around, options, term

FEW = YearsUsed(to_choose_on=30, to_choose_among_several=30, to_try_on=30, to_prove_on=30, as_known=5)


def found(task: Task) -> Dimensioning:
    return dimension(task, options(30, years=FEW), around())


def same_days(rounds: int) -> Task:
    """Two programmes whose rounds are held on the same days, with
    seats for all who start in January in any of them but the first.
    """
    task = term(seats=(40,) * rounds, programmes=2, shift_days=0, apart_days=15, expected=4.0)
    january = tuple(cell for cell in task.cells if cell.month == date(2027, 1, 1))
    return Task(task.problem, task.planning_date, january, task.seed)


def test_rounds_on_the_same_days_are_exchanged_for_others_at_the_same_cost() -> None:
    answer = found(same_days(4))
    assert answer.sufficient
    assert answer.winner.cost == answer.bound == 2
    first, second = (id_.split("-") for id_ in answer.winner.chosen)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_where_no_exchange_helps_a_further_round_is_held() -> None:
    """Of two dates one is too early for some, so that two rounds of one programme are needed beside the other."""
    task = same_days(2)
    answer = found(task)
    assert answer.bound == 2
    assert answer.winner.cost > 2


def test_where_nothing_suffices_nothing_more_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winner, "_climbed", lambda *_: pytest.fail("tried"))
    none = found(term(seats=(1, 1), programmes=2, expected=4.0))
    assert not none.sufficient
    assert none.impossible


def test_when_time_is_up_only_the_winner_is_asked_for() -> None:
    """Whatever else is begun would be waited for."""

    class Listening(Inline):
        """Notes what is asked."""

        asked: list[Question]

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
            (lot,) = (one for one in args if isinstance(one, Lot))
            self.asked.append(lot.question)
            return super().submit(fn, *args, **kwargs)

    executor = Listening()
    executor.asked = []
    answer = dimension(term(), options(30, years=FEW), around(executor, seconds=0.0))
    assert not answer.complete
    assert set(executor.asked) == {Question.PLANNED}
    assert answer.winner.figures is not None
    assert (answer.bound, answer.as_known, answer.by_rounds) == (None, None, (answer.winner,))
