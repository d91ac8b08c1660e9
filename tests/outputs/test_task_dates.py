"""When a task is to be done (INPUT.md, ``uppgifter``): both sides of each rule."""

# ruff: noqa: ANN401 - the fields of a model are told by name and checked by pydantic

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.ids import Repeat
from models.plan import Plan
from models.problem import Absence, Break, Credit, Hire, Holiday, Part, Task, TermProblem
from outputs.tasks.dates import DatedTask, TaskDates, Undated
from tests.scheduler.verify.terms import day, hire, plan, programme, running, term

MONDAY = day("08-17")
"""The start date of everybody here."""
CI, CI_1 = programme("CI", 2), running("CI-1", "CI", "1 09-08 09-16", "2 09-15 09-16")


def _task(**fields: Any) -> Task:
    return Task(**{"id": "T", "name": "Möte", "responsible": "chef", "from_day": 0, "to_day": 0, **fields})


def _dated(task: Task, *parts: object, seats: tuple[str, ...] = (), who: Hire | None = None) -> tuple[DatedTask, ...]:
    anna = who or hire("anna")
    problem = term(anna, *parts).model_copy(update={"tasks": (task,)})
    return TaskDates(problem, _plan(problem, *seats)).of(anna)


def _plan(problem: TermProblem, *seats: str) -> Plan:
    return plan(problem, *seats)


def _days(*args: Any, **kwargs: Any) -> list[str]:
    return [f"{dated.day:%m-%d}" if dated.day else "-" for dated in _dated(*args, **kwargs)]


@pytest.mark.parametrize(
    ("from_day", "found"),
    [(0, "08-17"), (4, "08-21"), (5, "08-24"), (6, "08-24"), (-1, "08-14"), (-3, "08-14"), (-4, "08-13")],
)
def test_a_weekend_moves_it_back_before_the_first_day_and_on_after_it(from_day: int, found: str) -> None:
    assert _days(_task(from_day=from_day, to_day=from_day)) == [found]


def test_holidays_and_breaks_of_her_administration_are_closed_on_both_sides() -> None:
    holiday = Holiday(day=day("08-18"), name="Helgdag")
    closed = Break(name="Lov", first=day("08-13"), last=day("08-14"), organisations=("A",))
    others = Break(name="Lov", first=day("08-12"), last=day("08-19"), organisations=("B",))
    assert _days(_task(from_day=1, to_day=9), holiday, closed, others) == ["08-19"]
    assert _days(_task(from_day=-3, to_day=9), holiday, closed, others) == ["08-12"]


def test_her_weekdays_and_absences_count_from_her_first_day_on() -> None:
    absent = Absence(hire="anna", first=day("08-17"), last=day("08-18"))
    other = Absence(hire="bo", first=day("08-17"), last=day("08-28"))
    assert _days(_task(to_day=9), absent, other, hire("bo")) == ["08-19"]
    fridays = hire("anna", weekdays=(5,))
    assert _days(_task(to_day=9), who=fridays) == ["08-21"]
    assert _days(_task(from_day=-4, to_day=9), who=fridays) == ["08-13"]


def test_beyond_its_last_day_it_is_marked() -> None:
    absent = Absence(hire="anna", first=day("08-17"), last=day("08-18"))
    assert [d.too_late for d in _dated(_task(to_day=2), absent)] == [False]
    assert [d.too_late for d in _dated(_task(to_day=1), absent)] == [True]


@pytest.mark.parametrize(
    ("part", "found"), [(Part(programme="CI"), "09-15"), (Part(programme="CI", module=1), "09-08")]
)
def test_it_does_not_come_before_the_last_meeting_of_what_comes_first(part: Part, found: str) -> None:
    after = _task(to_day=60, after=(part,))
    assert _days(after, CI, CI_1, seats=("anna: CI-1-1 CI-1-2",)) == [found]
    later = after.model_copy(update={"from_day": 40})
    assert _days(later, CI, CI_1, seats=("anna: CI-1-1 CI-1-2",)) == ["09-28"]


def test_what_comes_first_and_is_not_booked_leaves_it_without_a_date() -> None:
    (found,) = _dated(_task(to_day=60, after=(Part(programme="CI"),)), CI, CI_1)
    assert (found.day, found.undated, found.too_late) == (None, Undated.NOT_BOOKED, False)
    assert found.after == Part(programme="CI")


def test_what_is_credited_not_required_or_taken_alone_holds_nothing_back() -> None:
    after = _task(to_day=60, after=(Part(programme="CI", module=1),))
    credited = hire("anna", credits=(Credit(programme="CI", module=1),))
    assert _days(after, CI, CI_1, who=credited) == ["08-17"]
    assert _days(after, CI, CI_1, who=hire("anna", programmes=())) == ["08-17"]


@pytest.mark.parametrize(
    ("repeats", "found"),
    [
        (Repeat.WEEKLY, ["08-17", "08-24", "08-31", "09-07", "09-14"]),
        (Repeat.FORTNIGHTLY, ["08-17", "08-31", "09-14"]),
        (Repeat.MONTHLY, ["08-17"]),
    ],
)
def test_on_repeat_it_comes_from_its_first_to_its_last_day(repeats: Repeat, found: list[str]) -> None:
    assert _days(_task(to_day=28, repeats=repeats)) == found
    assert _days(_task(to_day=27, repeats=repeats)) == [d for d in found if d < "09-14"]


def test_every_month_is_the_same_day_of_the_month_or_the_last_of_a_shorter_one() -> None:
    late = hire("anna", starts=date(2026, 8, 31))
    assert _days(_task(to_day=100, repeats=Repeat.MONTHLY), who=late) == ["08-31", "09-30", "11-02", "11-30"]


def test_of_those_on_repeat_that_fall_on_one_day_one_is_left() -> None:
    absent = Absence(hire="anna", first=day("08-20"), last=day("09-03"))
    found = _dated(_task(to_day=28, repeats=Repeat.WEEKLY), absent)
    assert [(d.number, f"{d.day:%m-%d}") for d in found] == [(1, "08-17"), (2, "09-04"), (4, "09-07"), (5, "09-14")]


def test_nothing_is_dated_after_her_last_day_and_nothing_repeated_then() -> None:
    leaving = hire("anna", ends=day("08-31"))
    assert _days(_task(to_day=28, repeats=Repeat.WEEKLY), who=leaving) == ["08-17", "08-24", "08-31"]
    (found,) = _dated(_task(from_day=15, to_day=28), who=leaving)
    assert (found.day, found.undated) == (None, Undated.HAS_LEFT)


@pytest.mark.parametrize(
    ("fields", "hers", "others"),
    [
        ({"organisations": ("A",)}, {}, {"organisation": "B"}),
        ({"inexperienced_only": True}, {}, {"experienced": True}),
        ({"target_groups": ("Barn",)}, {"target_groups": ("barn", "vuxna")}, {"target_groups": ("vuxna",)}),
        ({"target_groups": ("barn",)}, {"target_groups": ("barn",)}, {}),
    ],
)
def test_it_is_for_those_whom_it_names(fields: dict[str, Any], hers: dict[str, Any], others: dict[str, Any]) -> None:
    assert _days(_task(**fields), who=hire("anna", **hers)) == ["08-17"]
    assert _days(_task(**fields), who=hire("anna", **others)) == []


def test_somebody_who_never_works_when_it_is_open_gets_no_date() -> None:
    (found,) = _dated(_task(), who=hire("anna", weekdays=(6,)))
    assert (found.day, found.undated) == (None, Undated.NO_DAY)
