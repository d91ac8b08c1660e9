"""Each level counted on a hand-made plan, on both sides of its boundary, and told apart from what the plan says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from models.ids import Level, RoundStatus, State
from models.plan import LevelResult, Plan
from models.problem import Credit, GivenBooking, TermProblem
from scheduler.verify import check, levels_of
from tests.scheduler.verify.terms import day, hire, plan, programme, running, term

H1, H2 = hire("h1"), hire("h2", priority=2)
CI = programme("CI", weight=3)
R = running("R", "CI", "1 09-08 09-16")


@dataclass(frozen=True)
class Case:
    """``build`` makes the term of the varying thing; the plan of ``seats`` has the values at the level."""

    name: str
    level: Level
    build: Callable[[Any], TermProblem]
    values: tuple[tuple[object, int], ...]
    seats: tuple[str, ...] = ()


CASES = (
    Case("weight of what is late or missing", Level.ON_TIME, lambda w: term(H1, H2, programme("CI", weight=w), R),
         ((3, 6), (1, 2)), ("h1: R-1",)),
    Case("late on the day after the deadline", Level.ON_TIME,
         lambda d: term(H1, programme("CI", deadline_months=1), running("R", "CI", f"1 {d} 09-16")),
         (("09-17", 0), ("09-18", 1)), ("h1: R-1",)),
    Case("a deadline after the horizon does not count", Level.ON_TIME,
         lambda d: term(H1, programme("CI", deadline_months=1), horizon_end=day(d)),
         (("09-17", 1), ("09-16", 0))),
    Case("she leaves before the deadline", Level.ON_TIME, lambda d: term(hire("h1", ends=day(d)),
         programme("CI", deadline_months=1)), (("09-17", 1), ("09-16", 0))),
    Case("without deadline nothing counts", Level.ON_TIME, lambda n: term(H1, programme("CI", deadline_months=n)),
         ((0, 0), (1, 1))),
    Case("what is done does not count", Level.ON_TIME,
         lambda n: term(hire("h1", credits=(Credit(programme="CI", module=n),)), programme("CI", 1)),
         ((1, 0), (2, 1))),
    Case("late is not missing", Level.MISSING,
         lambda n: term(H1, H2, programme("CI", deadline_months=n), running("R", "CI", "1 12-01 09-16")),
         ((1, 1), (4, 1), (0, 0)), ("h2: R-1",)),
    Case("the largest share, rounded up", Level.EQUITY,
         lambda o: term(hire("a1"), hire("a2"), hire("a3", organisation=o), hire("b", organisation="B"), CI, R),
         (("A", 334), ("B", 500), ("C", 1000)), ("a1: R-1", "a2: R-1", "b: R-1")),
    Case("cases before completion, both days counted", Level.CASELOAD,
         lambda d: term(hire("h1", caseload_start=day(d)), programme("CI", weight=2, before_cases=True), R),
         (("09-09", 0), ("09-08", 2), ("09-01", 16)), ("h1: R-1",)),
    Case("cases until her last day when unbooked", Level.CASELOAD, lambda d: term(hire("h1",
         caseload_start=day("09-01"), ends=day(d)), programme("CI", before_cases=True), horizon_end=day("10-31")),
         (("08-31", 0), ("09-01", 1), ("12-31", 61))),
    Case("a proposal that runs", Level.ROUNDS, lambda s: term(H1, CI, running("R", "CI", "1 09-08 09-16", status=s)),
         ((RoundStatus.PROPOSED, 1), (RoundStatus.FIXED, 0)), ("h1: R-1",)),
    Case("a fixed round with too few", Level.ROUNDS, lambda n: term(H1, CI,
         running("R", "CI", "1 09-08 09-16", min_participants=n)), ((2, 1), (1, 0)), ("h1: R-1",)),
    Case("an empty round is not too small", Level.ROUNDS,
         lambda n: term(H1, CI, running("R", "CI", "1 09-08 09-16", min_participants=n)), ((2, 0),)),
    Case("seats of the reserve, in each session", Level.RESERVE, lambda n: term(H1, H2, programme("CI", 2),
         running("R", "CI", "1 09-08 09-16", "2 09-15 09-16", seats=2, reserve=n)), ((0, 0), (1, 2), (2, 4)),
         ("h1: R-1 R-2", "h2: R-1 R-2")),
    Case("left waiting", Level.WAITING, lambda n: term(H1, H2, programme("CI", weight=3, deadline_months=n)),
         ((0, 9), (1, 0), (9, 9))),
    Case("too many away from one unit", Level.STAFFING, lambda u: term(hire("h1", unit="E"), hire("h2", unit=u),
         hire("b", organisation="B", unit="E"), CI, R, max_away_per_unit=1), (("E", 1), ("F", 0), (None, 0)),
         ("b: R-1", "h1: R-1", "h2: R-1")),
    Case("two meetings in a day are one day away", Level.STAFFING, lambda n: term(hire("h1", unit="E"), CI,
         running("R", "CI", "1 09-08 09-12", "1 09-08 13-16"), max_away_per_unit=n), ((0, 1), (1, 0)),
         ("h1: R-1 R-1-2",)),
    Case("a round badly mixed", Level.STAFFING, lambda n: term(hire("a1"), hire("a2"), hire("b", organisation="B"),
         programme("CI", mixed=True), R, max_share_percent=n), ((33, 1), (34, 0), (1, 1)),
         ("a1: R-1", "a2: R-1", "b: R-1")),
    Case("days from start to completion", Level.DAYS, lambda d: term(H1, H2, CI, running("R", "CI", f"1 {d} 09-16")),
         (("08-17", 0), ("09-08", 132)), ("h2: R-1",)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_level_is_counted_as_model_md_says(case: Case) -> None:
    counted = []
    for varying, _ in case.values:
        problem = case.build(varying)
        counted.append((varying, levels_of(problem, plan(problem, *case.seats))[case.level]))
    assert counted == list(case.values)


def test_every_level_of_a_first_plan_is_counted_somewhere() -> None:
    assert {case.level for case in CASES} == set(Level) - {Level.CHANGES}


def test_facts_count_in_the_levels_but_what_is_done_does_not() -> None:
    problem = term(
        H1,
        H2,
        programme("CI", mixed=True),
        running("R", "CI", "1 09-08 09-16", seats=2, reserve=1, status=RoundStatus.PROPOSED),
        GivenBooking(hire="h1", session="R-1"),
        GivenBooking(hire="h2", session="R-1"),
    )
    made = plan(problem, "h1: R-1", "h2: R-1", today=day("09-09"))
    values = levels_of(problem, made)
    assert {level: value for level, value in values.items() if value} == {
        Level.ROUNDS: 1,
        Level.RESERVE: 1,
        Level.STAFFING: 1,
    }


def _spoilt(made: Plan, level: Level, **fields: object) -> Plan:
    rows = tuple(row.model_copy(update=fields) if row.name is level else row for row in made.levels)
    return made.model_copy(update={"levels": rows})


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.CHANGES])
@pytest.mark.parametrize(
    "fields",
    [{"value": 10**6}, {"bound": 10**6, "proven": False}, {"bound": -1}, {"bound": None}],
    ids=["a wrong value", "a bound above the value", "proven with another bound", "proven without a bound"],
)
def test_a_wrong_level_row_is_told(level: Level, fields: dict[str, object]) -> None:
    problem = term(H1, CI, R)
    made = plan(problem, "h1: R-1")
    spoilt = _spoilt(made, level, **fields)
    violations = check(problem, spoilt).violations
    assert violations
    assert all(v.rule is None and level.heading in v.message for v in violations)


@pytest.mark.parametrize(
    "fields", [{"proven": False}, {"proven": False, "bound": None}, {"proven": False, "bound": -1}]
)
def test_a_level_not_proven_may_have_a_lower_bound_or_none(fields: dict[str, object]) -> None:
    problem = term(H1, CI, R)
    assert check(problem, _spoilt(plan(problem, "h1: R-1"), Level.DAYS, **fields)).violations == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[1:],
        lambda rows: (*rows[1:], rows[0]),
        lambda rows: (*rows[:2], LevelResult(name=Level.CHANGES, value=0, bound=0, proven=True), *rows[2:]),
    ],
    ids=["one left out", "another order", "changes in a first plan"],
)
def test_levels_come_in_their_order(change: Callable[[tuple[LevelResult, ...]], tuple[LevelResult, ...]]) -> None:
    problem = term(H1, CI, R)
    made = plan(problem, "h1: R-1")
    (violation,) = check(problem, made.model_copy(update={"levels": change(made.levels)})).violations
    assert "nivåer" in violation.message


def test_levels_and_states_are_told_by_the_names_that_people_read() -> None:
    problem = term(H1, H2, CI, R)
    made = plan(problem, "h1: R-1")
    rows = [
        row.model_copy(update={"value": row.value + 1, "bound": row.value + 2, "proven": True}) for row in made.levels
    ]
    states = [row.model_copy(update={"state": State.LATE}) for row in made.requirements]
    spoilt = made.model_copy(update={"levels": tuple(rows), "requirements": tuple(states)})
    told = [violation.message for violation in check(problem, spoilt).violations]
    order = check(problem, made.model_copy(update={"levels": made.levels[1:]})).violations[0].message
    assert "Nivån 1. Inte klara i tid är 6 poäng, men planen säger 7 poäng." in told
    assert "Nivån 4. Likvärdighet: gränsen 502 promille är högre än värdet 501 promille." in told
    assert "h1, CI: tillståndet är I tid, men planen säger Försenad." in told
    assert "Planens nivåer är 2. Utan plats, " in order
    ids = "|".join([*Level, *State])
    assert [message for message in (*told, order) if re.search(rf"\b({ids})\b", message)] == []
