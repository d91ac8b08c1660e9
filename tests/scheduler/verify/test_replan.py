"""Re-plans: what is held, promised, impossible, missed; the
notice window, kept breaches, and what counts as changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Plan, Previous
from models.problem import Absence, Attendance, Credit, GivenBooking, Quota, TermProblem
from scheduler.verify import check, levels_of
from tests.scheduler.verify.terms import PLANNED, Found, day, found, hire, plan, programme, running, term

H1, H2 = hire("h1"), hire("h2")
CI = programme("CI", 2)
R = running("R", "CI", "1 09-08 09-16", "2 09-22 09-16")
S = running("S", "CI", "1 10-06 09-16", "2 10-20 09-16")
BEFORE = term(H1, H2, CI, R, S)
IN_WINDOW = day("09-01")
"""With fourteen days' notice, 14 September is the last day inside the window: R-1 is in it, R-2 is not."""
BYSTANDER = "h2: S-1 S-2"


def published(*seats: str, of: TermProblem = BEFORE) -> Plan:
    return plan(of, *seats)


def after(*parts: object, notice_days: int = 14, **settings: object) -> TermProblem:
    return term(*parts, notice_days=notice_days, **settings)


@dataclass(frozen=True)
class Case:
    """The old plan's seats, the new input, the new plan's seats, and what they break."""

    name: str
    problem: TermProblem
    seats: tuple[str, ...]
    breaks: tuple[Found, ...]
    old: tuple[str, ...] = ("h1: R-1 R-2", BYSTANDER)
    today: date = IN_WINDOW
    before: TermProblem = field(default=BEFORE)


KEPT, MOVED, LOST = ("h1: R-1 R-2", BYSTANDER), ("h1: S-1 S-2", BYSTANDER), (BYSTANDER,)
LOSES_R1: tuple[Found, ...] = ((Rule.NOTICE, "h1", "R-1"),)
SAME = after(H1, H2, CI, R, S)
R_CANCELLED_2 = type(R)(R.round, (R.sessions[0], R.sessions[1].model_copy(update={"cancelled": True})))
R_LATER = running("R", "CI", "1 09-08 10-16", "2 09-22 09-16")
R_EARLY_2 = running("R", "CI", "1 09-08 09-16", "2 09-22 10-16")
FREE = programme("CI", 2, cohort=False)
ANYHOW = programme("CI", 2, cohort=False, ordered=False)

WINDOW = (
    Case("a published seat inside the window stays", SAME, KEPT, ()),
    Case("it does not move", SAME, MOVED, LOSES_R1),
    Case("it is not taken away", SAME, LOST, LOSES_R1),
    Case("it moves where the window ends before it", after(H1, H2, CI, R, S, notice_days=7), MOVED, ()),
    Case("nobody new comes inside it", SAME, ("h1: R-1 R-2", "h2: R-1 R-2"), ((Rule.NOTICE, "h2", "R-1"),)),
    Case("but somebody given does",
         after(H1, H2, CI, R, S, GivenBooking(hire="h2", session="R-1")), ("h1: R-1 R-2", "h2: R-1 R-2"), ()),
    Case("it goes when an absence makes it impossible",
         after(H1, H2, CI, R, S, Absence(hire="h1", first=day("09-08"), last=day("09-08"))), MOVED, ()),
    Case("what became impossible may not stay", after(H1, H2, CI, R, S,
         Absence(hire="h1", first=day("09-08"), last=day("09-08"))), KEPT, ((Rule.ABSENCE, "h1", "R-1"),)),
    Case("it goes when another seat of the requirement became impossible", after(H1, H2, CI, R_CANCELLED_2, S), MOVED,
         ()),
    Case("an absence of somebody else is no reason", after(H1, H2, CI, R, S,
         Absence(hire="h2", first=day("09-08"), last=day("09-08"))), MOVED, LOSES_R1),
    Case("what replaces it lies outside the window", after(H1, H2, CI, R, S,
         running("T", "CI", "1 09-10 09-16", "2 10-20 09-16"), Absence(hire="h1", first=day("09-08"),
         last=day("09-08"))), ("h1: T-1 T-2", BYSTANDER), ((Rule.NOTICE, "h1", "T-1"),)),
    Case("it goes when its session changed its time", after(H1, H2, CI, R_LATER, S), MOVED, ()),
    Case("it may stay all the same", after(H1, H2, CI, R_LATER, S), KEPT, ()),
    Case("it stays when another session changed its time", after(H1, H2, CI, R_EARLY_2, S), MOVED, LOSES_R1),
    Case("it goes when it has been credited", after(hire("h1", credits=(Credit(programme="CI"),)), H2, CI, R, S), LOST,
         ()),
    Case("it goes when the programme is not hers any more", after(hire("h1", programmes=()), H2, CI, R, S), LOST, ()),
    Case("it goes with who has left", after(H2, CI, R, S), LOST, ()),
    Case("it goes when its round lost the session", after(H1, H2, CI, S), MOVED, ()),
    Case("it goes when another session of hers is gone from the input",
         after(H1, H2, CI, running("R", "CI", "1 09-08 09-16"), S), MOVED, ()),
    Case("a session moved into the window is no new booking", after(H1, H2, CI,
         running("S", "CI", "1 09-08 09-16", "2 10-20 09-16")), LOST, (), old=LOST),
)  # fmt: skip

TWO = ("h1: R-1 R-2", "h2: R-1 R-2")
R_ONE = running("R", "CI", "1 09-08 09-16", "2 09-22 09-16", seats=1)
OTHER = programme("O")
O_CLASH = running("O", "O", "1 09-08 09-16")
O_APART = running("O", "O", "1 09-09 09-16")
H3 = hire("h3")
PROPOSED = running("R", "CI", "1 09-08 09-16", "2 09-22 09-16", status=RoundStatus.PROPOSED, min_participants=2)
P_BEFORE = term(H1, H2, CI, PROPOSED, S)
AFTER_O = programme("CI", 2, after=("O",))
O_FIRST = running("O", "O", "1 09-07 09-16")
E_BEFORE = term(H1, H2, AFTER_O, OTHER, O_FIRST, R, S)

KEPT_BREACHES = (
    Case("seats cut below those published stay taken, in the rest of the cohort too", after(H1, H2, CI, R_ONE, S), TWO,
         (), old=TWO),
    Case("but nobody joins them", after(H1, H2, H3, ANYHOW, R_ONE, S), (*TWO, "h3: S-1 R-2"),
         ((Rule.SEATS, None, "R-2"),), old=TWO),
    Case("outside the window cut seats are given up", after(H1, H2, CI, R_ONE, S, notice_days=7), TWO,
         ((Rule.SEATS, None, "R-1"), (Rule.SEATS, None, "R-2")), old=TWO),
    Case("a quota cut below", after(H1, H2, CI, R, S, Quota(round="R", organisation="A", at_most=1)), TWO, (), old=TWO),
    Case("a seat kept for somebody who may still take it", after(H1, H2, hire("b", organisation="B"), ANYHOW,
         running("R", "CI", "1 09-08 09-16", "2 09-22 09-16", seats=3), S,
         Quota(round="R", organisation="B", at_least=2)), (*TWO, "b: S-1 R-2"), (), old=TWO),
    Case("sessions that came to clash", after(H1, H2, CI, OTHER, R, S, O_CLASH), ("h1: O-1 R-1 R-2", BYSTANDER), (),
         old=("h1: O-1 R-1 R-2", BYSTANDER), before=term(H1, H2, CI, OTHER, R, S, O_APART)),
    Case("a lowered weekly cap", after(H1, H2, CI, OTHER, R, S, O_APART, weekly_cap=1), ("h1: O-1 R-1 R-2", BYSTANDER),
         (), old=("h1: O-1 R-1 R-2", BYSTANDER), before=term(H1, H2, CI, OTHER, R, S, O_APART)),
    Case("a lowered weekly cap and a new day", after(H1, H2, CI, OTHER, R, S, running("O", "O", "1 09-24 09-16"),
         weekly_cap=1), ("h1: O-1 R-1 R-2", BYSTANDER), ((Rule.WEEKLY_CAP, "h1", None),),
         before=term(H1, H2, CI, OTHER, R, S, O_APART)),
    Case("a longer distance asked", after(H1, H2, programme("CI", 2, cohort=False, min_gap_days=15), R, S), KEPT[:1],
         ()),
    Case("a longer distance asked of a new seat", after(H1, H2, programme("CI", 2, cohort=False, min_gap_days=15), R, S,
         running("T", "CI", "2 09-21 09-16")), ("h1: R-1 T-2",), ((Rule.GAP, "h1", "T-2"),)),
    Case("a predecessor cancelled", after(H1, H2, AFTER_O, OTHER, R, S), KEPT[:1], (), old=("h1: O-1 R-1 R-2",),
         before=E_BEFORE),
    Case("a predecessor cancelled, outside the window", after(H1, H2, AFTER_O, OTHER, R, S, notice_days=7), KEPT[:1],
         ((Rule.AFTER, "h1", "R-1"), (Rule.AFTER, "h1", "R-2")), old=("h1: O-1 R-1 R-2",), before=E_BEFORE),
    Case("a proposal that lost a participant", after(H1, CI, PROPOSED, S), KEPT[:1], (), old=TWO, before=P_BEFORE),
    Case("a proposal that lost a participant, outside the window", after(H1, CI, PROPOSED, S, notice_days=7), KEPT[:1],
         ((Rule.MIN_PARTICIPANTS, None, "R"),), old=TWO, before=P_BEFORE),
)  # fmt: skip

HELD = day("09-09")
ABSENT = Attendance(hire="h1", session="R-1", present=False)
PRESENT = Attendance(hire="h1", session="R-1", present=True)
ELSEWHERE = running("T", "CI", "1 10-27 09-16")
GIVEN_R = [GivenBooking(hire="h1", session=f"R-{n}") for n in (1, 2)]

PAST = (
    Case("what was held stays", after(H1, H2, CI, R, S), KEPT, (), today=HELD),
    Case("what was held is not dropped with the rest",
         after(H1, H2, CI, R, S, notice_days=0), LOST, ((Rule.GIVEN, "h1", "R-1"),), today=HELD),
    Case("the rest of it may go", after(H1, H2, CI, R, S, notice_days=0), ("h1: R-1", BYSTANDER), (), today=HELD),
    Case("the rest of a cohort may move to another round",
         after(H1, H2, CI, R, S, notice_days=0), ("h1: R-1 S-2", BYSTANDER), (), today=HELD),
    Case("facts are not checked again",
         after(hire("h1", ends=day("09-01")), H2, CI, R_ONE, S, weekly_cap=0, open_weekdays=(1,)),
         ("h1: R-1",), (), today=HELD),
    Case("a seat marked absent does not stay",
         after(H1, H2, CI, R, S, ABSENT), KEPT, ((Rule.NOTICE, "h1", "R-1"), (Rule.GIVEN, "h1", "R-1")), today=HELD),
    Case("a missed module is taken anywhere, the rest stands",
         after(H1, H2, CI, R, S, ELSEWHERE, ABSENT), ("h1: R-2 T-1", BYSTANDER), (), today=HELD),
    Case("no distance is asked across it", after(H1, H2, programme("CI", 2, cohort=False, min_gap_days=40), R, S,
         ELSEWHERE, ABSENT), ("h1: R-2 T-1",), (), today=HELD, old=KEPT[:1]),
    Case("if it cannot be booked again, the rest stays plain", after(H1, H2, CI, R, S, ABSENT), ("h1: R-2", BYSTANDER),
         (), today=HELD),
    Case("and may not be dropped", after(H1, H2, CI, R, S, ABSENT, notice_days=0), LOST, ((None, "h1", "R-2"),),
         today=HELD),
    Case("nor replaced", after(H1, H2, CI, R, S, ABSENT, notice_days=0), ("h1: S-2", BYSTANDER),
         ((None, "h1", "S-2"), (None, "h1", "R-2")), today=HELD),
    Case("unless it became impossible", after(H1, H2, CI, R_CANCELLED_2, S, ABSENT), LOST, (), today=HELD),
    Case("given seats are such a rest too", after(H1, H2, CI, R, S, ABSENT, *GIVEN_R), ("h1: R-2", BYSTANDER), (),
         today=HELD, old=LOST),
    Case("given seats without a missed module are booked in full", after(H1, H2, FREE, R, S, GIVEN_R[1]),
         ("h1: R-2", BYSTANDER), ((None, "h1", "R-2"),), old=LOST),
    Case("presence credits the module without a seat", after(H1, H2, CI, R, S, PRESENT), ("h1: S-2", BYSTANDER), (),
         today=HELD, old=LOST),
    Case("presence is no seat", after(H1, H2, CI, R, S, PRESENT), ("h1: R-1 S-2", BYSTANDER),
         ((Rule.NOTICE, "h1", "R-1"), (None, "h1", "R-1")), today=HELD, old=LOST),
    Case("what rule 7 holds stands alone when a held session is gone from the input",
         after(H1, FREE, running("R", "CI", "2 09-08 09-16"), S), ("h1: R-2",), (), today=day("09-02"),
         before=term(H1, FREE, running("R", "CI", "1 09-01 09-16", "2 09-08 09-16"), S), old=("h1: R-1 R-2",)),
    Case("a seat that rule 7 does not hold does not stand alone then",
         after(H1, FREE, running("R", "CI", "2 09-08 09-16"), S, notice_days=6), ("h1: R-2",), ((None, "h1", "R-2"),),
         today=day("09-02"), before=term(H1, FREE, running("R", "CI", "1 09-01 09-16", "2 09-08 09-16"), S),
         old=("h1: R-1 R-2",)),
    Case("facts gone from the input are gone", after(H1, H2, CI, S), ("h1: S-1 S-2",), (), today=HELD, old=KEPT[:1]),
)  # fmt: skip


@pytest.mark.parametrize("case", [*WINDOW, *KEPT_BREACHES, *PAST], ids=lambda case: case.name)
def test_a_replan_breaks_just_what_is_said(case: Case) -> None:
    old = plan(case.before, *case.old, today=PLANNED)
    assert sorted(
        found(case.problem, plan(case.problem, *case.seats, today=case.today, previous=old), old), key=str
    ) == sorted(case.breaks, key=str)


MEETINGS = programme("CI", 1)
TWICE = running("R", "CI", "1 09-08 09-16", "1 09-22 09-16")


def test_the_second_meeting_of_a_missed_module_goes_even_inside_the_window() -> None:
    before = term(H1, MEETINGS, TWICE, running("S", "CI", "1 10-06 09-16"))
    old = plan(before, "h1: R-1 R-1-2")
    problem = after(H1, MEETINGS, TWICE, running("S", "CI", "1 10-06 09-16"), ABSENT)
    assert found(problem, plan(problem, "h1: S-1", today=HELD, previous=old), old) == []
    assert found(problem, plan(problem, "h1: R-1-2", today=HELD, previous=old), old) == [(None, "h1", "R-1-2")]


def test_half_a_module_held_may_be_finished_there_or_taken_again_elsewhere() -> None:
    parts = (H1, MEETINGS, TWICE, running("S", "CI", "1 10-06 09-16"))
    old = plan(term(*parts), "h1: R-1 R-1-2")
    problem = after(*parts, notice_days=0)
    for rest, completed in (("R-1-2", day("09-22")), ("S-1", day("10-06"))):
        made = plan(problem, f"h1: R-1 {rest}", today=HELD, previous=old)
        assert found(problem, made, old) == []
        assert [(row.state, row.completed_on) for row in made.requirements] == [(State.ON_TIME, completed)]


def test_a_module_missed_once_stays_free_of_distances_when_it_has_been_taken_again() -> None:
    slow = programme("CI", 2, cohort=False, min_gap_days=30)
    late = running("T", "CI", "1 09-29 09-16")
    rounds = (running("R", "CI", "1 09-08 09-16", "2 10-08 09-16"), late)
    old = plan(term(H1, slow, *rounds), "h1: R-1 R-2")
    second = term(H1, slow, *rounds, ABSENT)
    made = plan(second, "h1: R-2 T-1", today=HELD, previous=old)
    assert found(second, made, old) == []
    assert found(second, plan(second, "h1: R-2 T-1", today=day("09-30"), previous=made), made) == []


# --- level 3


def _cancel_r2(problem: TermProblem) -> TermProblem:
    sessions = tuple(s.model_copy(update={"cancelled": True}) if s.id == "R-2" else s for s in problem.sessions)
    return TermProblem.model_validate(
        {**{name: getattr(problem, name) for name in TermProblem.model_fields}, "sessions": sessions}
    )


@pytest.mark.parametrize(
    ("problem", "seats", "today", "changes"),
    [
        (BEFORE, KEPT, PLANNED, 0),
        (BEFORE, MOVED, PLANNED, 2),
        (BEFORE, LOST, PLANNED, 2),
        (term(H1, H2, CI, R_LATER, S), KEPT, PLANNED, 0),
        (term(H1, H2, CI, R_LATER, S), MOVED, PLANNED, 2),
        (BEFORE, ("h1: R-1 S-2", BYSTANDER), HELD, 1),
        (BEFORE, ("h1: R-1", BYSTANDER), day("09-22"), 1),
        (BEFORE, ("h1: R-1 R-2", BYSTANDER), day("09-23"), 0),
        (term(H2, CI, R, S), LOST, PLANNED, 0),
        (term(hire("h1", ends=day("09-22")), H2, CI, R, S), LOST, PLANNED, 2),
        (term(hire("h1", ends=day("09-21")), H2, CI, R, S), LOST, PLANNED, 1),
        (term(hire("h1", credits=(Credit(programme="CI", module=1),)), H2, CI, R, S), LOST, PLANNED, 1),
        (term(hire("h1", programmes=()), H2, CI, R, S), LOST, PLANNED, 0),
        (_cancel_r2(BEFORE), LOST, PLANNED, 1),
        (term(H1, H2, CI, running("R", "CI", "1 09-08 09-16", "2 12-08 09-16"), S, horizon_end=day("12-01")),
         LOST, PLANNED, 1),
        (term(H1, H2, CI, R, S, Absence(hire="h1", first=day("09-01"), last=day("09-30"))), LOST, PLANNED, 0),
        (term(H1, H2, CI, S), LOST, PLANNED, 0),
    ],
    ids=["kept", "moved", "taken away", "at another time", "moved from another time", "the rest moved", "today counts",
         "held does not", "left", "employed that day", "not employed that day", "credited", "not hers",
         "one impossible", "outside the horizon", "both impossible", "round gone"],
)  # fmt: skip
def test_changes_count_published_seats_that_are_gone_without_need(
    problem: TermProblem, seats: tuple[str, ...], today: date, changes: int
) -> None:
    old = published(*KEPT)
    assert levels_of(problem, plan(problem, *seats, today=today, previous=old), old)[Level.CHANGES] == changes


@pytest.mark.parametrize(
    ("spoil", "ok"),
    [
        (lambda made: made, True),
        (
            lambda made: made.model_copy(
                update={"levels": tuple(r for r in made.levels if r.name is not Level.CHANGES)}
            ),
            True,
        ),
        (lambda made: made.model_copy(update={"levels": made.levels[:2]}), False),
        (lambda made: made.model_copy(update={"previous": Previous(plan_number=7, sha256="")}), False),
    ],
    ids=["as it should be", "without changes (fri)", "without the other levels", "of another plan"],
)
def test_a_replan_names_the_plan_it_began_from_and_its_levels(spoil: Callable[[Plan], Plan], ok: bool) -> None:
    old = published(*KEPT)
    made = plan(BEFORE, *KEPT, previous=old)
    assert (check(BEFORE, spoil(made), old).violations == ()) is ok
