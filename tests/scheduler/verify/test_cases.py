"""The worked examples of the contracts, solved by brute force:
the check's own reading of MODEL.md gives what they expect.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inputs.read import read_problem
from models.ids import Stability
from models.plan import Plan
from models.problem import TermProblem
from scheduler.verify import check
from tests.scheduler.brute_force import best_plan, plan_of

CASES = Path(__file__).parents[2] / "data" / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.json"))


def _read(folder: Path, planning_date: date) -> TermProblem:
    reading = read_problem(folder, planning_date)
    assert reading.problem is not None, reading.errors
    return reading.problem


def _best(problem: TermProblem, planning_date: date, previous: Plan | None, stability: Stability) -> Plan:
    best = best_plan(problem, planning_date, previous, stability)
    assert best is not None
    made = plan_of(best.seating, stability=stability)
    assert check(problem, made, previous).violations == ()
    return made


def _previous(case: Path) -> Plan | None:
    if not (case / "before").exists():
        return None
    planning_date = date.fromisoformat(json.loads((case / "before" / "meta.json").read_text())["planning_date"])
    return _best(_read(case / "before" / "in", planning_date), planning_date, None, Stability.CAREFUL)


def _shown(made: Plan, problem: TermProblem) -> dict[str, Any]:
    """All that an ``expected.json`` may tell of a plan."""
    rounds: dict[str, list[str]] = {}
    for row in made.bookings:
        rounds.setdefault(f"{row.hire}/{row.programme}", []).append(row.round)
    return {
        "states": {f"{row.hire}/{row.programme}": row.state.value for row in made.requirements},
        "deadlines": {f"{row.hire}/{row.programme}": str(row.deadline) for row in made.requirements},
        "rounds": {key: found[0] if len(set(found)) == 1 else found for key, found in rounds.items()},
        "levels": {row.name.value: row.value for row in made.levels},
        "runs": {row.round: row.runs for row in made.rounds},
        "bookings": len(made.bookings),
        "booked_per_org": Counter(problem.hire_by_id[row.hire].organisation for row in made.bookings),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_best_plan_is_the_expected_one(name: str) -> None:
    expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    planning_date = date.fromisoformat(expected["planning_date"])
    problem = _read(CASES / name / "in", planning_date)
    made = _best(problem, planning_date, _previous(CASES / name), Stability(expected["stability"]))
    shown = _shown(made, problem)
    told = {key: value for key, value in expected.items() if key in shown}
    assert told
    for key, value in told.items():
        part = {name: shown[key][name] for name in value} if isinstance(value, dict) else shown[key]
        assert part == value, key


def test_there_are_worked_examples_of_first_plans_and_replans() -> None:
    assert len(NAMES) >= 12
    assert any(name.startswith("om_") for name in NAMES)
