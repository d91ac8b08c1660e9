"""Whole plans: nothing to plan, limits, stops, the same bytes twice, and what stability means in a re-plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from models.ids import Level, RoundStatus, Stability
from models.plan import Plan
from models.problem import TermProblem
from scheduler import verify
from scheduler.model.build import Model, build
from scheduler.plan import engines, solve_levels, start, task
from scheduler.plan.outcome import Ending, Options
from scheduler.plan.term import plan_term
from scheduler.search import small
from scheduler.search.large import alike_hires, merged_model
from scheduler.search.progress import Progress
from scheduler.solvers.mip import MipAnswer
from tests.scheduler.build import (
    EARLY,
    booked,
    hire,
    outcome_of,
    plan,
    problem,
    programme,
    requirement,
    round_,
    seats_of,
)
from tests.scheduler.clocks import PaperTime

# Rounds that overlap for everybody, with fewer seats than hires: something for every level to do.
CROWD = problem(
    programme("P", modules=2, deadline_months=1, before_cases=True, mixed=True),
    programme("Q", deadline_months=2, after=("P",)),
    *(
        round_(f"P{n}", "P", f"1 09-{n:02}", f"2 09-{n + 7:02}", seats=4, reserve=1, status=status)
        for n, status in ((1, RoundStatus.FIXED), (2, RoundStatus.PROPOSED), (3, RoundStatus.FIXED))
    ),
    *(round_(f"Q{n}", "Q", f"1 10-{n:02}", seats=5, min_participants=3) for n in (5, 6, 7)),
    *(hire(f"h{n:02}", "AB"[n % 2], unit="U", starts=f"08-{17 + n % 4}", priority=1 + n % 3) for n in range(16)),
)


def levels(of: Plan) -> dict[Level, int]:
    return {level.name: level.value for level in of.levels}


def test_every_level_of_a_first_plan_is_told_with_its_bound() -> None:
    made = plan(CROWD)
    assert [level.name for level in made.levels] == [level for level in Level if level is not Level.CHANGES]
    assert all(level.proven and level.bound == level.value for level in made.levels)


def test_the_same_input_and_seed_give_the_same_bytes() -> None:
    assert plan(CROWD).model_dump_json() == plan(CROWD).model_dump_json()


def test_another_seed_gives_the_same_levels() -> None:
    assert levels(plan(CROWD, options=Options(seed=7, suggestions=False))) == levels(plan(CROWD))


def test_the_plan_says_what_it_was_made_from() -> None:
    made = plan_term(CROWD, EARLY, input_sha256="abc", options=Options(seed=3, suggestions=False)).plan
    assert made is not None
    assert (made.plan_number, made.planning_date, made.input_sha256, made.seed) == (1, EARLY, "abc", 3)
    assert made.previous is None
    again = plan_term(
        CROWD,
        EARLY,
        input_sha256="abc",
        options=Options(suggestions=False),
        previous=made,
        previous_sha256="def",
    ).plan
    assert again is not None
    assert again.previous is not None
    assert (again.plan_number, again.previous.plan_number, again.previous.sha256) == (2, 1, "def")


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.1])
def test_a_tiny_limit_gives_a_plan_that_breaks_nothing_or_none(seconds: float) -> None:
    outcome = outcome_of(CROWD, options=Options(max_seconds=seconds, suggestions=False))
    assert (outcome.plan is None) == (outcome.ending is Ending.NOTHING)
    if outcome.plan is not None:
        unproven = [level for level in outcome.plan.levels if not level.proven]
        assert (outcome.ending is Ending.PROVEN) == (not unproven)
        assert all(level.bound is None or level.bound < level.value for level in unproven)


def test_building_ends_at_the_next_look_at_the_clock() -> None:
    time = PaperTime(step=1.0)
    outcome = plan_term(CROWD, EARLY, input_sha256="x", options=Options(max_seconds=6.0), now=time)
    assert outcome.ending is Ending.NOTHING
    assert time.seconds <= 6.0 + 3.0  # the look that ends it, and the stopwatch's


def test_a_stop_while_building_is_heard_at_once() -> None:
    asked = 0

    def should_stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    outcome = plan_term(CROWD, EARLY, input_sha256="x", should_stop=should_stop)
    assert (outcome.ending, outcome.plan) == (Ending.STOPPED, None)
    assert asked <= 6


@pytest.mark.parametrize("ready", [0.0, 1.0])
def test_who_is_first_is_served_first_where_the_limit_is_short_for_the_size(
    monkeypatch: pytest.MonkeyPatch, ready: float
) -> None:
    monkeypatch.setattr(start, "MOST_A_SECOND", 1)
    monkeypatch.setattr(solve_levels, "SECONDS_A_CANDIDATE", ready)  # so long a search takes to be made ready
    outcome = plan_term(CROWD, EARLY, input_sha256="x", options=Options(1.0, suggestions=False), now=PaperTime())
    assert outcome.plan is not None
    assert verify.check(CROWD, outcome.plan).violations == ()
    assert outcome.plan.bookings
    assert all(level.bound is None or level.bound <= level.value for level in outcome.plan.levels)
    if ready:
        assert not outcome.plan.levels[0].proven
        assert outcome.plan.levels[0].bound is None


def test_a_stop_while_a_large_engine_is_made_ready_is_heard_and_leaves_the_plan_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(start, "MOST_A_SECOND", 1)
    monkeypatch.setattr(engines, "FEWEST_FOR_LARGE", 1)
    monkeypatch.setattr(alike_hires, "ENTRIES_AT_A_TIME", 1)
    wishes = Wishes()
    monkeypatch.setattr(merged_model, "alike_hires_of", wishes.first(alike_hires.alike_hires_of))
    outcome = plan_term(CROWD, EARLY, input_sha256="x", options=Options(1.0), should_stop=wishes.asked, now=PaperTime())
    assert (wishes.begun, wishes.ended) == (True, False)
    assert outcome.ending is Ending.STOPPED
    assert outcome.plan is not None
    assert verify.check(CROWD, outcome.plan).violations == ()
    assert outcome.plan.bookings


class Wishes:
    """The user wants to stop as soon as a piece of work has begun."""

    def __init__(self) -> None:
        self.begun = self.ended = False

    def asked(self) -> bool:
        return self.begun

    def first(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: object) -> object:
            self.begun = True
            found = work(*arguments)
            self.ended = True
            return found

        return watched


def test_a_stop_from_the_start_leaves_a_plan_that_breaks_nothing_or_none() -> None:
    outcome = plan_term(CROWD, EARLY, input_sha256="x", should_stop=lambda: True)
    assert outcome.ending is Ending.STOPPED
    if outcome.plan is not None:
        assert verify.check(CROWD, outcome.plan).violations == ()


def test_progress_goes_through_the_levels_in_order() -> None:
    seen: list[Progress] = []
    plan_term(CROWD, EARLY, input_sha256="x", options=Options(suggestions=False), on_progress=seen.append)
    numbers = [p.number for p in seen]
    assert numbers == sorted(numbers)
    assert {p.of for p in seen} == {9}
    assert all(p.bound is None or p.value is None or p.bound <= p.value for p in seen)


def test_a_term_in_which_nobody_needs_anything_is_a_plan() -> None:
    made = plan(problem(programme(), round_("R1", "P", "1 09-01"), hire("anna", programmes=())))
    assert (made.bookings, made.requirements) == ((), ())
    assert set(levels(made).values()) == {0}


def test_a_term_without_rounds_or_seats_is_a_plan() -> None:
    for rounds in ((), (round_("R1", "P", "1 09-01", seats=0),)):
        made = plan(problem(programme(), *rounds, hire("anna")))
        assert requirement(made, "anna").state == "missing"


def test_higher_levels_are_worth_any_price_on_lower_ones() -> None:
    two = programme("P", deadline_months=1)
    one_month = (round_("R1", "P", "1 09-17", seats=1), round_("R2", "P", "1 08-18", status=RoundStatus.PROPOSED))
    made = plan(problem(two, *one_month, hire("anna"), hire("bo")))
    assert seats_of(made) == "anna R2-1, bo R2-1"
    assert (levels(made)[Level.ON_TIME], levels(made)[Level.ROUNDS]) == (0, 1)


# --- stability
# ---------------------------------------------------------------------------------------------------------

P = programme("P", deadline_months=1)
LATE, IN_TIME = round_("R1", "P", "1 09-21"), round_("R2", "P", "1 09-17")


def re_planned(stability: Stability, *rounds: object) -> Plan:
    """Anna and Bo were published late in R1; now there are other rounds too."""
    hires = (hire("anna"), hire("bo"))
    old = plan(problem(P, LATE, *hires))
    options = Options(stability=stability, suggestions=False)
    return plan(problem(P, LATE, *rounds, *hires), EARLY, old, options)  # type: ignore[arg-type]


def test_fast_moves_nobody_who_need_not_move() -> None:
    made = re_planned(Stability.FAST, IN_TIME)
    assert seats_of(made) == "anna R1-1, bo R1-1"
    assert (levels(made)[Level.CHANGES], levels(made)[Level.ON_TIME]) == (0, 2)


def test_careful_moves_people_to_be_on_time() -> None:
    made = re_planned(Stability.CAREFUL, IN_TIME)
    assert seats_of(made) == "anna R2-1, bo R2-1"
    assert (levels(made)[Level.CHANGES], levels(made)[Level.ON_TIME]) == (2, 0)


def test_careful_moves_nobody_for_less_than_that() -> None:
    sooner = round_("R2", "P", "1 09-18")
    assert seats_of(re_planned(Stability.CAREFUL, sooner)) == "anna R1-1, bo R1-1"


def test_free_moves_people_for_a_day_and_counts_no_changes() -> None:
    made = re_planned(Stability.FREE, round_("R2", "P", "1 09-18"))
    assert seats_of(made) == "anna R2-1, bo R2-1"
    assert Level.CHANGES not in levels(made)


@pytest.mark.parametrize("stability", list(Stability))
def test_the_levels_of_a_re_plan_are_told_in_the_order_of_the_specification(stability: Stability) -> None:
    told = [level.name for level in re_planned(stability, IN_TIME).levels]
    assert told == [level for level in Level if level in told]


def test_failures_of_the_solver_beside_are_counted_and_the_plan_is_made_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclass(frozen=True)
    class Broken:
        looks = 0

        def answer(self, seconds: float) -> MipAnswer:
            return MipAnswer(None, None, "out of memory")

        def leave(self) -> None:
            pass

    monkeypatch.setattr(small, "FIRST_WORK", 0.0)
    options = Options(suggestions=False)
    outcome = plan_term(CROWD, EARLY, input_sha256="x", options=options, mip=lambda task: Broken())
    assert outcome.solver_failures > 0
    assert outcome.plan is not None
    assert verify.check(CROWD, outcome.plan).violations == ()
    assert plan_term(CROWD, EARLY, input_sha256="x", options=options).solver_failures == 0


def test_all_that_is_timed_is_timed_by_the_clock_that_is_given() -> None:
    time = PaperTime(step=0.001)
    outcome = plan_term(CROWD, EARLY, input_sha256="x", options=Options(suggestions=False), now=time)
    told = sum(seconds for _, seconds in outcome.phase_seconds)
    assert 0 < told < time.seconds
    assert told == pytest.approx(round(told, 3))  # a whole number of looks
    out_of_time = plan_term(CROWD, EARLY, input_sha256="x", now=PaperTime(step=1e6))
    assert out_of_time.ending is not Ending.PROVEN


def test_the_model_of_a_group_is_built_once_though_it_has_given_bookings(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[str, ...]] = []

    def counted(term: TermProblem, *rest: Any) -> Model:  # noqa: ANN401
        built.append(tuple(h.id for h in term.hires))
        return build(term, *rest)

    monkeypatch.setattr(task, "build", counted)
    rounds = [round_(f"R{org}", "P", "1 09-01", organisations=(org,)) for org in ("A", "B")]
    plan(problem(programme(), *rounds, hire("anna", "A"), hire("bo", "B"), booked("anna", "RA-1")))
    assert sorted(built) == [("anna",), ("bo",)]
