"""The chain of ``goteborg-ht2026``: planned in August, again in
October and December, and carried over into ``goteborg-vt2027``.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inputs.read import read_problem
from models.ids import State
from models.plan import Plan
from models.problem import TermProblem
from scheduler.answers.next_term import carried, carry_over
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from scheduler.verify import check
from terminsplan.store import open_plan

EXAMPLES = Path(__file__).parents[2] / "examples"
AUTUMN = EXAMPLES / "goteborg-ht2026"
SPRING = EXAMPLES / "goteborg-vt2027"
STEPS = {"csv": date(2026, 8, 3), "oktober": date(2026, 10, 5), "december": date(2026, 12, 1)}

Step = tuple[TermProblem, Plan, Plan | None]


def read(folder: Path) -> TermProblem:
    reading = read_problem(folder)
    assert reading.errors == ()
    assert reading.problem is not None
    return reading.problem


@pytest.fixture(scope="module")
def chain(example_plan: Path, replanned_chain: Path) -> dict[str, Step]:
    """Problem, plan and the plan before it, by folder."""
    steps: dict[str, Step] = {}
    previous: Plan | None = None
    for folder, today in STEPS.items():
        problem = read(AUTUMN / folder)
        assert problem.settings.planning_date == today
        plan = open_plan(example_plan if folder == "csv" else replanned_chain / folder).plan
        assert plan.planning_date == today
        steps[folder] = problem, plan, previous
        previous = plan
    return steps


def test_the_script_gives_the_committed_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(EXAMPLES / "make_goteborg_chain.py"), str(tmp_path)], check=True)
    for folder in ("oktober", "december"):
        made = {p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()}
        assert made == {p.name: p.read_bytes() for p in (AUTUMN / folder).iterdir()}


def test_late_recruits_come_and_leavers_go() -> None:
    august, october, december = (read(AUTUMN / folder) for folder in STEPS)
    assert october.hire_by_id.keys() - august.hire_by_id.keys() == {f"p{n}" for n in range(111, 117)}
    assert august.hire_by_id.keys() - october.hire_by_id.keys() == {"p033", "p096"}
    assert december.hire_by_id.keys() - october.hire_by_id.keys() == {f"p{n}" for n in range(117, 121)}
    assert len({h.name for h in december.hires}) == len(december.hires)


def test_each_step_is_proven_and_keeps_every_rule(chain: dict[str, Step]) -> None:
    for problem, plan, previous in chain.values():
        assert [level.name for level in plan.levels if not level.proven] == []
        assert [level.name for level in plan.mentor_levels if not level.proven] == []
        assert check(problem, plan, previous).violations == ()


def test_a_missed_day_is_taken_again_later(chain: dict[str, Step]) -> None:
    _, october, _ = chain["oktober"]
    again = [b for b in october.bookings if (b.hire, b.programme, b.module) == ("p002", "CI", 2)]
    assert [b.start.date() > STEPS["oktober"] for b in again] == [True]


def test_whoever_has_something_left_in_december_goes_on_and_nobody_else(chain: dict[str, Step]) -> None:
    problem, plan, _ = chain["december"]
    left = {(r.hire, r.programme) for r in plan.requirements if r.state in (State.MISSING, State.WAITING)}
    leaving = {h.id for h in problem.hires if h.ends and h.ends <= problem.settings.horizon_end}
    going_on = carried(problem, plan)
    assert going_on == {(hire, programme) for hire, programme in left if hire not in leaving}
    after = carry_over(problem, plan)
    assert {h.id for h in after.hires} == {hire for hire, _ in going_on}
    for hire in after.hires:
        whole = {c.programme for c in hire.credits if c.module is None}
        required = {r.programme for r in plan.requirements if r.hire == hire.id}
        assert required - whole == {programme for owner, programme in going_on if owner == hire.id}
        assert hire.starts == problem.hire_by_id[hire.id].starts


def test_the_spring_is_read_and_credits_what_was_done() -> None:
    december, spring = read(AUTUMN / "december"), read(SPRING / "csv")
    over = [h for h in spring.hires if h.id in december.hire_by_id]
    new = [h for h in spring.hires if h.id not in december.hire_by_id]
    assert (len(over), len(new)) == (32, 32)
    for hire in over:
        before = december.hire_by_id[hire.id]
        assert hire == before.model_copy(update={"credits": hire.credits})
        assert {c.programme for c in before.credits} <= {c.programme for c in hire.credits}
    assert any(hire.credits for hire in over)
    assert (spring.mentors, spring.tasks) == (december.mentors, december.tasks)
    assert spring.round_by_id.keys().isdisjoint(december.round_by_id)
    assert spring.settings.horizon_start > december.settings.horizon_end


def test_the_spring_is_proven_and_nobody_takes_again_what_is_credited() -> None:
    spring = read(SPRING / "csv").model_copy(update={"mentors": ()})
    assert spring.settings.planning_date is not None
    plan = plan_term(spring, spring.settings.planning_date, input_sha256="", options=Options(suggestions=False)).plan
    assert plan is not None
    assert [level.name for level in plan.levels if not level.proven] == []
    assert check(spring, plan, None).violations == ()
    credited = set(credits_of(spring))
    assert [b for b in plan.bookings if (b.hire, b.programme) in credited] == []
    states = Counter(r.state for r in plan.requirements)
    assert states[State.ON_TIME] > 0.7 * (states.total() - states[State.DONE])


def credits_of(problem: TermProblem) -> Iterator[tuple[str, str]]:
    for hire in problem.hires:
        for credit in hire.credits:
            if credit.module is None:
                yield hire.id, credit.programme


def test_mentors_stay_with_their_hires_all_autumn(chain: dict[str, Step]) -> None:
    lost = [level.value for _, plan, _ in chain.values() for level in plan.mentor_levels if level.name == "lost"]
    assert lost == [0, 0, 0]
    assert all(any(pair.mentor is None for pair in plan.mentors) for _, plan, _ in chain.values())
    assert all(any(pair.kept for pair in chain[step][1].mentors) for step in ("oktober", "december"))


@pytest.mark.parametrize("new_home", ["NO", "HI"])
def test_whoever_moves_in_september_keeps_what_she_has_been_to_and_takes_the_rest_in_her_new_administration(
    chain: dict[str, Step], new_home: str
) -> None:
    problem, august, _ = chain["csv"]
    moving_day = date(2026, 9, 14)
    moved = [h.model_copy(update={"organisation": new_home}) if h.id == "p003" else h for h in problem.hires]
    now = TermProblem.model_validate(
        {name: getattr(problem, name) for name in TermProblem.model_fields} | {"hires": tuple(moved)}
    )
    without_mentors = now.model_copy(update={"mentors": ()})
    made = plan_term(
        without_mentors, moving_day, input_sha256="", previous=august, options=Options(suggestions=False)
    ).plan
    assert made is not None
    assert check(without_mentors, made, august).violations == ()
    held = {b.session for b in august.bookings if b.hire == "p003" and b.start.date() < moving_day}
    assert {"HS-CE-1-1", "HS-CE-1-2"} <= held
    seats = {b.session: b for b in made.bookings if b.hire == "p003"}
    assert held <= seats.keys()
    rest = [b for b in seats.values() if b.programme == "HS" and b.session not in held]
    assert [b.module for b in rest] == [3, 4, 5]
    (round_,) = {b.round for b in rest}
    assert round_.startswith(f"HS-{new_home}-")
    states = {r.programme: r.state for r in made.requirements if r.hire == "p003"}
    assert states["HS"] in (State.ON_TIME, State.LATE)
    assert State.MISSING not in states.values()
