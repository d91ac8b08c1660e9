"""A wrong plan for each hard rule of MODEL.md, and the same plan
one step inside the boundary; an innocent bystander in all of them.

Each row is a term in which one thing varies. Booked just the same, the
``wrong`` one breaks exactly the rule named, and the ``right`` one nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from models.ids import RoundStatus, Rule
from models.problem import (
    Absence,
    Attendance,
    Barred,
    Break,
    Credit,
    GivenBooking,
    Holiday,
    Quota,
    TermProblem,
)
from tests.scheduler.build import HARD_RULES
from tests.scheduler.verify.terms import PLANNED, Found, day, found, hire, plan, programme, running, term

H1, H2 = hire("h1"), hire("h2")
BYSTANDER = (hire("z", organisation="C"), programme("Z"), running("ZR", "Z", "1 09-09 13-16"))
BOOKED = "z: ZR-1"
CI = programme("CI")
R = running("R", "CI", "1 09-08 09-16")


@dataclass(frozen=True)
class Case:
    """``build`` makes the term of the varying thing; ``seats`` are booked in it."""

    name: str
    rule: Rule
    build: Callable[[Any], TermProblem]
    wrong: object
    right: object
    seats: tuple[str, ...]
    breaks: tuple[tuple[str | None, str | None], ...]
    today: date = PLANNED

    def broken(self) -> list[Found]:
        return [(self.rule, *who_where) for who_where in self.breaks]


def make(*parts: object, **settings: Any) -> TermProblem:  # noqa: ANN401 - the settings
    return term(*parts, *BYSTANDER, **settings)


def two_days(*hours: str, **fields: Any) -> list[object]:  # noqa: ANN401 - the fields of a programme
    """Programmes a and b with one meeting each."""
    a, b = hours
    return [programme("a"), programme("b", **fields), running("RA", "a", f"1 {a}"), running("RB", "b", f"1 {b}")]


def free_choice(modules: int, **fields: Any) -> object:  # noqa: ANN401 - the fields of a programme
    return programme("CI", modules, cohort=False, **fields)


CASES = (
    Case("a round that is barred to her", Rule.BARRED, lambda who: make(H1, H2, CI, R, Barred(hire=who, round="R")),
         "h1", "h2", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a day longer than half a course day", Rule.WEEKLY_CAP,
         lambda end: make(H1, *two_days("09-08 09-12", f"09-09 09-{end}"), weekly_cap=1, half_day_minutes=180),
         "12:01", "12", ("h1: RA-1 RB-1",), (("h1", None),)),
    Case("two half days that are one whole together, and a half", Rule.WEEKLY_CAP,
         lambda start: make(
             H1, *two_days("09-08 09-12", "09-08 13-16"), programme("c"), running("RC", "c", f"1 09-09 {start}-16"),
             weekly_cap=1.5, half_day_minutes=180,
         ),
         "12:59", "13", ("h1: RA-1 RB-1 RC-1",), (("h1", None),)),
    Case("a participant more than seats", Rule.SEATS, lambda n: make(H1, H2, CI,
         running("R", "CI", "1 09-08 09-16", seats=n)), 1, 2, ("h1: R-1", "h2: R-1"), ((None, "R-1"),)),
    Case("a session with fewer seats than its round", Rule.SEATS,
         lambda n: make(H1, H2, CI, running("R", "CI", "1 09-08 09-16", each={"seats": n})),
         1, 2, ("h1: R-1", "h2: R-1"), ((None, "R-1"),)),
    Case("one administration beyond its most", Rule.QUOTA, lambda n: make(H1, H2, CI, R,
         Quota(round="R", organisation="A", at_most=n)), 1, 2, ("h1: R-1", "h2: R-1"), ((None, "R-1"),)),
    Case("a seat kept for another administration", Rule.QUOTA, lambda n: make(H1, H2, CI,
         running("R", "CI", "1 09-08 09-16", seats=3), Quota(round="R", organisation="B", at_least=n)), 2, 1,
         ("h1: R-1", "h2: R-1"), ((None, "R-1"),)),
    Case("seats kept for two others, one of them taken by its own", Rule.QUOTA,
         lambda n: make(H1, H2, hire("b", organisation="B"), CI, running("R", "CI", "1 09-08 09-16", seats=4),
                        Quota(round="R", organisation="B", at_least=1), Quota(round="R", organisation="C", at_least=n)),
         2, 1, ("b: R-1", "h1: R-1", "h2: R-1"), ((None, "R-1"), (None, "R-1"))),
    Case("a round open to others", Rule.CLOSED, lambda o: make(H1, CI,
         running("R", "CI", "1 09-08 09-16", organisations=(o, "C"))), "B", "A", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a cancelled round", Rule.CLOSED, lambda s: make(H1, CI, running("R", "CI", "1 09-08 09-16", status=s)),
         RoundStatus.CANCELLED, RoundStatus.PROPOSED, ("h1: R-1",), (("h1", "R-1"),)),
    Case("another meeting of the module is cancelled", Rule.CLOSED, lambda c: make(H1, CI, with_cancelled(c)),
         "R-1-2", "R-2", ("h1: R-1",), (("h1", "R-1"),)),
    Case("after the horizon", Rule.CLOSED, lambda d: make(H1, CI, running("R", "CI", "1 10-08 09-16"),
         horizon_end=day(d)), "10-07", "10-08", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a break", Rule.BREAK, lambda d: make(H1, CI, R, Break(name="Lov", first=day("09-01"), last=day(d))),
         "09-08", "09-07", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a break of her administration", Rule.BREAK,
         lambda o: make(H1, CI, R, Break(name="Lov", first=day("09-08"), last=day("09-08"), organisations=(o,))),
         "A", "B", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a public holiday", Rule.BREAK, lambda d: make(H1, CI, R, Holiday(day=day(d), name="Helg")),
         "09-08", "09-07", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a closed weekday", Rule.BREAK, lambda w: make(H1, CI, R, open_weekdays=w), (1, 3, 4, 5), (2, 3), ("h1: R-1",),
         (("h1", "R-1"),)),
    Case("an absence", Rule.ABSENCE, lambda d: make(H1, CI, R, Absence(hire="h1", first=day("09-01"), last=day(d))),
         "09-08", "09-07", ("h1: R-1",), (("h1", "R-1"),)),
    Case("a weekday that she does not work", Rule.WEEKDAY, lambda w: make(hire("h1", weekdays=w), CI, R),
         (1, 3), (2,), ("h1: R-1",), (("h1", "R-1"),)),
    Case("before her first day", Rule.EMPLOYED, lambda d: make(hire("h1", starts=day(d)), CI, R),
         "09-09", "09-08", ("h1: R-1",), (("h1", "R-1"),)),
    Case("after her last day", Rule.EMPLOYED, lambda d: make(hire("h1", ends=day(d)), CI, R),
         "09-07", "09-08", ("h1: R-1",), (("h1", "R-1"),)),
    Case("earlier than the programme may begin", Rule.EARLIEST, lambda n: make(H1, programme("CI", earliest_day=n), R),
         23, 22, ("h1: R-1",), (("h1", "R-1"),)),
    Case("at short notice", Rule.NOTICE, lambda n: make(H1, CI, R, notice_days=n),
         15, 14, ("h1: R-1",), (("h1", "R-1"),), today=day("08-25")),
    Case("at a session already held", Rule.NOTICE, lambda g: make(H1, H2, CI, R,
         *(GivenBooking(hire=h, session="R-1") for h in g)), ("h2",), ("h1", "h2"), ("h1: R-1", "h2: R-1"),
         (("h1", "R-1"),), today=day("09-09")),
    Case("two at a time", Rule.CLASH, lambda e: make(H1, *two_days(f"09-08 09-{e}", "09-08 12-15")),
         "12:01", "12", ("h1: RA-1 RB-1",), (("h1", "RB-1"),)),
    Case("three days a week", Rule.WEEKLY_CAP, lambda n: make(H1, programme("CI", 3), three_days(), weekly_cap=n),
         2, 3, ("h1: R-1 R-2 R-3",), (("h1", None),)),
    Case("cases from the third day of the week", Rule.WEEKLY_CAP,
         lambda d: make(hire("h1", caseload_start=day(d)), programme("CI", 3), three_days()),
         "09-10", "09-11", ("h1: R-1 R-2 R-3",), (("h1", None),)),
    Case("a day held counts in the week", Rule.WEEKLY_CAP,
         lambda n: make(H1, programme("CI", 3), three_days(), GivenBooking(hire="h1", session="R-1"), weekly_cap=n),
         2, 3, ("h1: R-1 R-2 R-3",), (("h1", None),), today=day("09-08")),
    Case("the second module on the same day", Rule.ORDER,
         lambda d: make(H1, free_choice(2), running("R", "CI", "1 09-08 09-12", f"2 {d} 13-16")),
         "09-08", "09-09", ("h1: R-1 R-2",), (("h1", "R-2"),)),
    Case("the second module before the first one's last meeting", Rule.ORDER,
         lambda d: make(H1, free_choice(2), running("R", "CI", "1 09-08 09-12", f"1 {d} 09-12", "2 09-16 13-16")),
         "09-16", "09-15", ("h1: R-1 R-1-2 R-2",), (("h1", "R-2"),)),
    Case("order across a credited module", Rule.ORDER,
         lambda d: make(hire("h1", credits=(Credit(programme="CI", module=2),)), free_choice(3),
                        running("R", "CI", "1 09-08 09-12", f"3 {d} 13-16")),
         "09-08", "09-09", ("h1: R-1 R-3",), (("h1", "R-3"),)),
    Case("too few days between", Rule.GAP, lambda n: make(H1, free_choice(2, min_gap_days=n), week_apart()),
         8, 7, ("h1: R-1 R-2",), (("h1", "R-2"),)),
    Case("too many days between", Rule.GAP, lambda n: make(H1, free_choice(2, max_gap_days=n), week_apart()),
         6, 7, ("h1: R-1 R-2",), (("h1", "R-2"),)),
    Case("too few days, in date order", Rule.GAP, lambda n: make(H1, free_choice(2, ordered=False, min_gap_days=n),
         running("R", "CI", "1 09-15 09-16", "2 09-08 09-16")), 8, 7, ("h1: R-1 R-2",), (("h1", "R-1"),)),
    Case("interleaved modules that have a longest distance", Rule.GAP,
         lambda n: make(H1, free_choice(2, ordered=False, max_gap_days=n),
                        running("R", "CI", "1 09-08 09-12", "1 09-15 09-12", "2 09-11 09-12")),
         9, None, ("h1: R-1 R-1-2 R-2",), (("h1", "R-2"),)),
    Case("a cohort of two rounds is too close", Rule.GAP,
         lambda n: make(H1, programme("CI", 2, min_gap_days=n), running("R", "CI", "1 09-08 09-16", "2 12-01 09-16"),
                        running("S", "CI", "1 12-02 09-16", "2 09-15 09-16"), GivenBooking(hire="h1", session="R-1")),
         8, 7, ("h1: R-1 S-2",), (("h1", "S-2"),), today=day("09-09")),
    Case("before the end of what it comes after", Rule.AFTER,
         lambda h: make(H1, *two_days(f"09-15 {h}", "09-15 12-15", after=("a",))),
         "15-18", "09-12", ("h1: RA-1 RB-1",), (("h1", "RB-1"),)),
    Case("without what it comes after", Rule.AFTER, lambda c: make(hire("h1", credits=(Credit(programme=c),)),
         *two_days("09-08 09-12", "09-15 12-15", after=("a",)), programme("c")), "c", "a", ("h1: RB-1",),
         (("h1", "RB-1"),)),
    Case("a room that is not accessible", Rule.ACCESSIBLE, lambda a: make(hire("h1", needs_accessible=True), CI,
         running("R", "CI", "1 09-08 09-16", each={"accessible": a})), False, True, ("h1: R-1",), (("h1", "R-1"),)),
    Case("a proposal with too few", Rule.MIN_PARTICIPANTS, lambda n: make(H1, H2, CI,
         running("R", "CI", "1 09-08 09-16", status=RoundStatus.PROPOSED, min_participants=n)), 3, 2,
         ("h1: R-1", "h2: R-1"), ((None, "R"),)),
    Case("two proposals with one trainer", Rule.SHARED, lambda e: make(H1, H2,
         *sharing(e, RoundStatus.PROPOSED, trainers=("Eva",))), "12:01", "12", ("h1: R-1", "h2: S-1"), ((None, "R"),)),
    Case("a proposal beside a fixed round", Rule.SHARED, lambda e: make(H1, H2,
         *sharing(e, RoundStatus.FIXED, trainers=("Eva",))), "12:01", "12", ("h1: R-1",), ((None, "R"),)),
    Case("two proposals in one room", Rule.SHARED,
         lambda e: make(H1, H2, *sharing(e, RoundStatus.PROPOSED, room="Sal 1", place="Stadshuset")),
         "12:01", "12", ("h1: R-1", "h2: S-1"), ((None, "R"),)),
    Case("a given booking left out", Rule.GIVEN,
         lambda s: make(H1, CI, R, running("S", "CI", "1 09-15 09-16"), GivenBooking(hire="h1", session=s)),
         "S-1", "R-1", ("h1: R-1",), (("h1", "S-1"),)),
    Case("a fact left out", Rule.GIVEN, lambda present: make(H1, CI, R, GivenBooking(hire="h1", session="R-1"),
         Attendance(hire="h1", session="R-1", present=present)), True, False, (), (("h1", "R-1"),), today=day("09-09")),
)  # fmt: skip


def with_cancelled(session_id: str) -> object:
    """A round of two modules and a second meeting of the first; one of the later ones is cancelled."""
    whole = running("R", "CI", "1 09-08 09-16", "1 09-15 09-16", "2 09-15 09-16")
    sessions = [s for s in whole.sessions if s.id in {"R-1", session_id}]
    cancelled = [s.model_copy(update={"cancelled": s.id == session_id}) for s in sessions]
    return type(whole)(whole.round, tuple(cancelled))


def three_days() -> object:
    return running("R", "CI", "1 09-07 09-16", "2 09-08 09-16", "3 09-10 09-16")


def week_apart() -> object:
    return running("R", "CI", "1 09-08 09-16", "2 09-15 09-16")


def sharing(end: str, status: RoundStatus, **resource: object) -> list[object]:
    """Rounds R (a proposal) and S that need one thing the same morning, and a cancelled session that needs it too."""
    gone = running("T", "a", f"1 09-08 09-{end}", each={**resource, "cancelled": True})
    return [
        programme("a"),
        running("R", "a", f"1 09-08 09-{end}", status=RoundStatus.PROPOSED, each=resource),
        running("S", "a", "1 09-08 12-15", status=status, each=resource),
        gone,
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_wrong_plan_breaks_just_its_rule(case: Case) -> None:
    problem = case.build(case.wrong)
    assert found(problem, plan(problem, *case.seats, BOOKED, today=case.today)) == case.broken()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_plan_inside_the_boundary_breaks_nothing(case: Case) -> None:
    problem = case.build(case.right)
    assert found(problem, plan(problem, *case.seats, BOOKED, today=case.today)) == []


def test_every_hard_rule_has_a_wrong_plan() -> None:
    assert {case.rule for case in CASES} == HARD_RULES
