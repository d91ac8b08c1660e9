"""What would help: each kind of change, whom it helps and
whom not; and what is claimed holds when the change is made.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from models.ids import Level, RoundStatus, State
from models.plan import Plan, Requirement, Suggestion
from models.problem import Quota, TermProblem
from scheduler.answers import suggestions as suggest
from scheduler.plan.outcome import Ending, Options
from scheduler.plan.term import plan_term
from tests.scheduler.build import at, day, hire, outcome_of, plan, problem, programme, requirement, round_
from tests.scheduler.random_problems import case, rebuilt

P = programme("P", deadline_months=1)
ENDLESS = programme("P", deadline_months=0)
CASES = int(os.environ.get("TERMINSPLAN_CASES", "500")) // 10


def told(term: TermProblem, hire_: str = "anna", programme_: str = "P") -> list[str]:
    """What would help her: kind, where, module and week as far as they are said, and how many more are on time."""
    found = requirement(plan(term, options=Options()), hire_, programme_).suggestions
    assert all(idea.helps for idea in found)
    return [_told(idea) for idea in found]


def _told(idea: Suggestion) -> str:
    parts = (idea.kind, idea.round, idea.module, idea.week and f"{idea.week:%m-%d}", f"+{idea.more_on_time}")
    return " ".join(str(part) for part in parts if part)


def test_a_seat_more_helps_each_of_those_who_wait_outside_but_brings_in_one() -> None:
    full = round_("R1", "P", "1 09-08", seats=1)
    term = problem(P, full, hire("anna"), hire("bo"), hire("eva", priority=2))
    assert "plats R1 +1" in told(term)
    assert "plats R1 +1" in told(term, "bo")
    assert told(term, "eva") == []


def test_a_seat_more_is_not_said_to_help_where_something_else_is_in_her_way() -> None:
    full = round_("R1", "P", "1 09-08", seats=1)
    term = problem(P, full, hire("anna", weekdays=(1,)), hire("eva", priority=2))
    assert not any("plats" in idea for idea in told(term))


def test_a_seat_more_may_go_to_another_whose_seat_she_takes() -> None:
    rounds = (round_("R1", "P", "1 09-08", seats=0), round_("R2", "P", "1 09-09", seats=1))
    term = problem(P, *rounds, hire("anna", weekdays=(3,)), hire("bo", priority=2))
    made = plan(term, options=Options())
    assert requirement(made, "anna").state == "missing"
    assert [idea.round for idea in requirement(made, "anna").suggestions if idea.kind == "plats"] == ["R2"]


def test_a_proposal_for_too_few_helps_all_who_could_go_there() -> None:
    proposal = round_("R1", "P", "1 09-08", status=RoundStatus.PROPOSED, min_participants=3)
    term = problem(P, proposal, hire("anna"), hire("bo"))
    assert told(term) == ["förslag R1 +2", "ny_omgång R1 1 09-07 +2"]


def test_a_proposal_that_nobody_but_the_waiting_wants_is_suggested_to_them() -> None:
    term = problem(ENDLESS, round_("R1", "P", "1 09-08", status=RoundStatus.PROPOSED), hire("anna"))
    # Who waits has no deadline to keep: she gets her seat, but nobody more is on time.
    assert "förslag R1 +0" in told(term)


def test_a_change_is_told_with_one_number_to_those_who_wait_as_to_those_who_are_late() -> None:
    full = round_("R1", "P", "1 09-08", seats=3)
    first = (hire(f"eva{n}", priority=2) for n in range(3))
    term = problem(P, full, hire("anna"), hire("bo"), hire("cia", starts="09-01"), *first, horizon_end=day("09-25"))
    made = plan(term, options=Options())
    assert [requirement(made, who).state for who in ("anna", "cia")] == [State.MISSING, State.WAITING]
    told_of = [requirement(made, who).suggestions for who in ("anna", "bo", "cia")]
    reruns = [[idea.more_on_time for idea in ideas if idea.kind == "ny_omgång"] for ideas in told_of]
    assert reruns == [[2], [2], [2]]


def test_where_a_quota_keeps_seats_empty_it_is_the_quota_that_is_to_be_lowered() -> None:
    kept = Quota(round="R1", organisation="B", at_least=2)
    some_free = problem(
        P, round_("R1", "P", "1 09-08", seats=3), hire("anna"), hire("bo"), hire("eva", priority=2), kept
    )
    assert [idea for idea in told(some_free) if not idea.startswith("ny_omgång")] == ["kvot R1 +2"]
    used = problem(
        P,
        round_("R1", "P", "1 09-08", seats=1),
        hire("anna"),
        hire("eva", "B", priority=2),
        kept.model_copy(update={"at_least": 1}),
    )
    assert [idea for idea in told(used) if not idea.startswith("ny_omgång")] == ["plats R1 +1"]


def test_a_lower_quota_is_told_with_what_it_gives_when_others_move_up_too() -> None:
    """Bo alone can use the seat that the quota keeps; the seat that she leaves is Anna's."""
    rounds = (round_("R1", "P", "1 09-08", seats=2), round_("R2", "P", "1 09-09", seats=1))
    kept = Quota(round="R1", organisation="B", at_least=1)
    term = problem(
        P, *rounds, hire("anna", weekdays=(3,)), hire("bo", priority=2), hire("cia", weekdays=(2,), priority=2), kept
    )
    assert "kvot R1 +1" in told(term)


CANCELLED = at("2 09-08", cancelled=True)
COHORT = programme("P", modules=3, deadline_months=1)


def test_a_cancelled_session_is_given_the_nearest_day_on_which_those_who_miss_it_can_come() -> None:
    one = round_("R1", "P", "1 09-01", CANCELLED, "3 09-15")
    assert told(problem(COHORT, one, hire("anna"), hire("bo"))) == ["nytt_datum R1 2 09-09 +2"]
    assert told(problem(COHORT, one, hire("anna", weekdays=(1, 2)))) == ["nytt_datum R1 2 09-07 +1"]
    # Not on a day of the others in its round, nor out of order.
    close = round_("R1", "P", "1 09-07", CANCELLED, "3 09-09")
    assert [idea for idea in told(problem(COHORT, close, hire("anna"))) if "datum" in idea] == []


def test_a_new_date_is_none_on_which_its_trainer_or_its_room_is_needed_elsewhere() -> None:
    other = programme("Q", deadline_months=1)
    cancelled = at("2 09-08", cancelled=True, trainers=("Eva",), place="Huset", room="1")
    one = round_("R1", "P", "1 09-01", cancelled, "3 09-15")
    taught = round_("Q1", "Q", at("1 09-09", trainers=("Eva",)), seats=0)
    sat = round_("Q2", "Q", at("1 09-07", place="Huset", room="1"), seats=0)
    who = hire("anna", programmes=("P",))
    assert told(problem(COHORT, other, one, taught, who)) == ["nytt_datum R1 2 09-07 +1"]
    assert told(problem(COHORT, other, one, taught, sat, who)) == ["nytt_datum R1 2 09-10 +1"]


def test_two_cancelled_sessions_of_a_round_are_left_to_another_running() -> None:
    one = round_("R1", "P", "1 09-01", CANCELLED, at("3 09-15", cancelled=True))
    assert not any("datum" in idea for idea in told(problem(COHORT, one, hire("anna"))))


def test_another_running_is_proposed_for_a_week_in_which_she_can_come() -> None:
    only_then = hire("anna", starts="09-07", weekdays=(2,))
    term = problem(P, round_("R1", "P", "1 08-20"), only_then, hire("bo"))
    (idea,) = told(term)
    assert idea.startswith("ny_omgång R1 1 ")
    assert idea.endswith(" +1")


def test_another_running_does_not_clash_with_what_she_has() -> None:
    other = programme("Q", deadline_months=1, weight=9)
    taken = [round_(f"Q{n}", "Q", f"1 {d}") for n, d in enumerate(("09-15", "09-15"), 1)]
    term = problem(P, other, round_("R1", "P", "1 08-20"), *taken[:1], hire("anna", starts="09-08", weekdays=(2,)))
    weeks = [idea.split()[3] for idea in told(term) if idea.startswith("ny_omgång R1")]
    assert weeks
    assert "09-14" not in weeks


def test_another_running_is_of_one_module_where_modules_are_free_and_of_all_in_a_cohort() -> None:
    seats = (round_("R1", "P", "1 09-01", "2 09-08", seats=0), hire("anna"))
    free = programme("P", modules=2, cohort=False, deadline_months=1)
    cohort = programme("P", modules=2, deadline_months=1)
    assert not any(idea.startswith("ny_omgång R1 1 ") for idea in told(problem(cohort, *seats)))
    both = problem(free, round_("R1", "P", "1 09-01"), round_("R2", "P", "2 09-08", seats=0), hire("anna"))
    assert any(idea.startswith("ny_omgång R2 2 ") for idea in told(both)) or told(both) == ["plats R2 +1"]


def test_a_later_caseload_start_helps_her_whose_weeks_with_cases_are_full() -> None:
    other = programme("Q", deadline_months=1, weight=9)
    rounds = (round_("R1", "P", "1 09-10"), round_("Q1", "Q", "1 09-08"))
    term = problem(P, other, *rounds, hire("anna", caseload_start=day("09-07")), weekly_cap=2, weekly_cap_with_cases=1)
    assert "ärendestart R1 09-14 +1" in told(term)


def test_nothing_is_suggested_when_all_are_on_time_or_when_nobody_asked() -> None:
    assert told(problem(P, round_("R1", "P", "1 09-08"), hire("anna"))) == []
    full = problem(P, round_("R1", "P", "1 09-08", seats=0), hire("anna"))
    assert requirement(plan(full), "anna").suggestions == ()


def test_without_time_left_only_the_reasons_are_given() -> None:
    term = problem(P, round_("R1", "P", "1 09-08", seats=1), hire("anna"), hire("eva", priority=2))
    made = plan_term(term, date(2026, 8, 3), input_sha256="x", should_stop=lambda: True).plan
    if made is not None:
        assert all(row.suggestions == () for row in made.requirements)
        assert all(row.reasons for row in made.requirements if row.state in ("missing", "waiting", "late"))


@pytest.mark.parametrize("seed", range(CASES))
def test_what_is_claimed_holds_when_the_change_is_made(seed: int) -> None:
    """More on time means a better level 1; fewer waiting no worse a level 1 and a better level 8."""
    for row, idea, before, after in _followed(seed):
        assert _levels(after) < _levels(before), f"seed {seed}: {row.hire} {row.programme} {_told(idea)}"


@pytest.mark.parametrize("seed", range(CASES, CASES + CASES // 2))
def test_with_few_who_may_move_more_on_time_is_claimed_only_where_it_holds(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest, "FEWEST_CANDIDATES", 0)
    for row, idea, before, after in _followed(seed):
        if row.state in (State.LATE, State.MISSING):
            assert _levels(after)[0] < _levels(before)[0], f"seed {seed}: {row.hire} {row.programme} {_told(idea)}"


@pytest.mark.parametrize("seed", range(CASES))
def test_so_many_more_are_on_time_when_all_weigh_the_same_and_the_change_is_made(seed: int) -> None:
    """Where they weigh the same, level 1 counts them: the number
    that is told is the number that a new plan gives, or less.
    """
    for row, idea, before, after in _followed(seed, alike=True):
        gained = _on_time(after) - _on_time(before)
        assert idea.more_on_time <= gained, f"seed {seed}: {row.hire} {row.programme} {_told(idea)}: {gained}"


def _followed(seed: int, *, alike: bool = False) -> Iterator[tuple[Requirement, Suggestion, Plan, Plan]]:
    """Each suggestion for a random term, with the plan before
    and after it is followed; ``alike``: all weigh the same.
    """
    now = case(seed)
    if alike:
        now = replace(now, problem=_of_one_weight(now.problem))
    outcome = outcome_of(now.problem, now.planning_date, options=Options())
    if outcome.plan is None or outcome.ending is not Ending.PROVEN:
        return
    plans: dict[str, Plan] = {}
    for row in outcome.plan.requirements:
        for idea in row.suggestions:
            changed = followed(now.problem, row.hire, idea)
            if changed is not None:
                key = repr(
                    (idea.kind, idea.round, idea.module, idea.week, row.hire if idea.kind == "ärendestart" else None)
                )
                plans[key] = plans.get(key) or plan(changed, now.planning_date)
                yield row, idea, outcome.plan, plans[key]


def followed(term: TermProblem, hire_: str, idea: Suggestion) -> TermProblem | None:
    """The input with the suggestion followed; None for another running, which does not say all of its days."""
    if idea.kind == "plats":
        sessions = (s.model_copy(update={"seats": s.seats + (s.round == idea.round)}) for s in term.sessions)
        rounds = (r.model_copy(update={"seats": r.seats + (r.id == idea.round)}) for r in term.rounds)
        return rebuilt(term, sessions=tuple(sessions), rounds=tuple(rounds))
    if idea.kind == "kvot":
        return rebuilt(
            term,
            quotas=tuple(q.model_copy(update={"at_least": 0}) if q.round == idea.round else q for q in term.quotas),
        )
    if idea.kind == "nytt_datum":
        held = {"day": idea.week, "cancelled": False}
        return rebuilt(
            term,
            sessions=tuple(
                s.model_copy(update=held) if s.cancelled and (s.round, s.module) == (idea.round, idea.module) else s
                for s in term.sessions
            ),
        )
    if idea.kind == "förslag":
        opened = {"status": RoundStatus.FIXED, "min_participants": 0}
        return rebuilt(
            term, rounds=tuple(r.model_copy(update=opened) if r.id == idea.round else r for r in term.rounds)
        )
    if idea.kind == "ärendestart":
        later = {"caseload_start": idea.week}
        return rebuilt(term, hires=tuple(h.model_copy(update=later) if h.id == hire_ else h for h in term.hires))
    return None


def _levels(of: Plan) -> tuple[int, ...]:
    """On time for those who count, and what waits: the levels in between are judged by those who are above them."""
    values = {level.name: level.value for level in of.levels}
    return values[Level.ON_TIME], values[Level.WAITING]


def _of_one_weight(term: TermProblem) -> TermProblem:
    return rebuilt(
        term,
        programmes=tuple(p.model_copy(update={"weight": 1}) for p in term.programmes),
        hires=tuple(h.model_copy(update={"priority": 1}) for h in term.hires),
    )


def _on_time(of: Plan) -> int:
    """Less level 1, where all weigh the same: how many of those who count are on time."""
    return -_levels(of)[0]
