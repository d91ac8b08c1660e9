"""Where nothing changed, a re-plan changes nothing: the same seats, and byte for byte the same calendars."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.plan import Plan
from models.problem import TermProblem
from outputs.events import number_events
from outputs.ics import calendars
from outputs.ics import changes as mails
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from terminsplan import store
from tests.plan_bytes import plan_bytes
from tests.scheduler.random_problems import case
from tests.terminsplan.small import Run, contents

CASES = 60
CHUNK = 15
OF_THE_RUN = ("plan_number", "planning_date", "previous")


def planned(problem: TermProblem, planning_date: Any, previous: Plan | None = None) -> Plan | None:  # noqa: ANN401
    outcome = plan_term(
        problem,
        planning_date,
        input_sha256="0" * 64,
        options=Options(suggestions=False),
        previous=previous,
        previous_sha256="1" * 64 if previous else None,
    )
    if outcome.plan is None:
        return None
    made = outcome.plan
    if previous is not None:  # mentors are matched beside the seats
        made = made.model_copy(update={"mentors": previous.mentors, "mentor_levels": previous.mentor_levels})
    return number_events(problem, made, problem if previous else None, previous)


def content(plan: Plan) -> dict[str, Any]:
    """plan.json but for what tells one run from another, and the level that a first plan does not have."""
    found: dict[str, Any] = json.loads(plan_bytes(plan))
    found["levels"] = [level for level in found["levels"] if level["name"] != "changes"]
    return {key: value for key, value in found.items() if key not in OF_THE_RUN}


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_of_random_problems(first: int) -> None:
    for seed in range(first, first + CHUNK):
        now = case(seed)
        made = planned(now.problem, now.planning_date)
        if made is None:  # given bookings conflict
            continue
        again = planned(now.problem, now.planning_date, made)
        assert again is not None
        assert content(again) == content(made), f"seed {seed}"
        assert dict(calendars(now.problem, again)) == dict(calendars(now.problem, made)), f"seed {seed}"
        assert list(mails(now.problem, again, now.problem, made)) == [], f"seed {seed}"


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_of_random_problems_a_week_later(first: int) -> None:
    """What has been held is done by then, confirmed or not; no seat is another."""
    for seed in range(first, first + CHUNK):
        now = case(seed)
        made = planned(now.problem, now.planning_date)
        if made is None:
            continue
        later = planned(now.problem, now.planning_date + timedelta(days=7), made)
        assert later is not None
        seats = [tuple(b.model_copy(update={"unconfirmed": False}) for b in p.bookings) for p in (made, later)]
        assert seats[0] == seats[1], f"seed {seed}"
        assert dict(calendars(now.problem, later)) == dict(calendars(now.problem, made)), f"seed {seed}"


@pytest.mark.parametrize("stability", ["fast", "varsam"])
def test_through_the_front_door(stability: str, planned: Path, tables: Path, tmp_path: Path, run: Run) -> None:
    command = ("omplanera", tables, "--tidigare", planned, "-o", tmp_path / "plan2", "--stabilitet", stability)
    result = run(*command)
    assert "Platser: 0 nya, 0 flyttade, 0 ändrade, 0 inställda, 6 oförändrade." in result.stdout
    before, after = contents(planned), contents(tmp_path / "plan2")
    same = {name for name in before if before[name] == after[name]}
    assert {name for name in before if name.startswith("kalendrar/")} <= same
    assert "indata.json" in same
    assert not [name for name in after if "andringar/" in name]


def test_of_the_whole_example(example_plan: Path) -> None:
    stored = store.open_plan(example_plan)
    again = planned(stored.problem, stored.plan.planning_date, stored.plan)
    assert again is not None
    assert again.bookings == stored.plan.bookings
    assert dict(calendars(stored.problem, again)) == dict(calendars(stored.problem, stored.plan))
