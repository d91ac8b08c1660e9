"""What runs in processes of their own: each job takes a term's folder and prints what came of it as JSON.

python -m benchmarks.jobs hand FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import by_hand, by_mip, itc2019, later
from benchmarks.generate import SIZES
from benchmarks.tables import write_folder
from inputs.read import read_problem
from models.plan import Plan
from models.problem import TermProblem
from outputs import plan_json
from scheduler.model.build import build
from scheduler.plan.outcome import Options
from scheduler.plan.term import plan_term
from scheduler.verify import check
from terminsplan.mip_beside import get_highs_ready, highs_processes
from terminsplan.processes import process_pool
from terminsplan.relaxation_beside import pdlp_processes

Result = Mapping[str, Any]
IN_TIME = ("on_time", "done")


def generate(size: str, seed: str, folder: str) -> Result:
    """Write an invented term."""
    problem = SIZES[size](int(seed))
    write_folder(problem, Path(folder))
    return _sizes(problem)


def sizes(folder: str) -> Result:
    """How large a term is."""
    return _sizes(_term(folder)[0])


def convert(source: str, folder: str) -> Result:
    """Write an ITC-2019 instance."""
    instance = itc2019.load(Path(source))
    problem = itc2019.term_of(instance)
    write_folder(problem, Path(folder))
    return {**_sizes(problem), "requests": itc2019.requests(problem), **itc2019.known(instance["name"])}


def hand(folder: str) -> Result:
    """First come, first served."""
    problem, today = _term(folder)
    began = perf_counter()
    plan = by_hand.deal(problem, today)
    seconds = perf_counter() - began
    rows = ((r.hire, r.state.value) for r in plan.requirements)
    return {
        "seconds": seconds,
        "levels": {row.name.value: row.value for row in plan.levels},
        "violations": len(check(problem, plan).violations),
        "hires_in_time": _hires_in_time(rows),
        "requests_met": itc2019.requests_met(problem, plan),
    }


def mip(folder: str, seconds: str) -> Result:
    """Levels 1 and 2 of the model, by HiGHS."""
    problem, today = _term(folder)
    began = perf_counter()
    model = build(problem, today, None)
    built = perf_counter() - began
    answer = by_mip.lexicographic_solve(model, float(seconds))
    return {
        "build_seconds": built,
        "variables": len(model.variables.linear_model.low),
        "decisions": len(model.variables.candidates),
        "rows": len(model.variables.linear_model.rows),
        "levels": [
            {"name": row.level.value, "value": row.value, "bound": row.bound, "seconds": row.seconds}
            for row in answer.levels
        ],
    }


def solve(folder: str, seconds: str) -> Result:
    """Plan and check without writing: for terms of which only the seats matter (``itc2019``)."""
    problem, today = _term(folder)
    plan, run = _planned(problem, today, seconds)
    if plan is None:
        return run
    return {
        **run,
        "requests_met": itc2019.requests_met(problem, plan),
        "bound_on_time": plan.levels[0].bound,
        "violations": len(check(problem, plan).violations),
    }


def replan(folder: str, former: str, seconds: str) -> Result:
    """Re-plan three weeks into the term, from what ``planera`` left in its folder."""
    problem, today = later.three_weeks_later(*_term(folder))
    previous = plan_json.read_plan((Path(former) / "plan.json").read_bytes())
    plan, run = _planned(problem, today, seconds, previous)
    if plan is None:
        return run
    return {
        **run,
        "levels": [{"name": row.name.value, "value": row.value, "bound": row.bound} for row in plan.levels],
        "violations": len(check(problem, plan, previous).violations),
    }


def summary(folder: str) -> Result:
    """What ``planera`` left in its folder."""
    run = json.loads((Path(folder) / "korning.json").read_bytes())
    plan = json.loads((Path(folder) / "plan.json").read_bytes())
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    return {
        "ending": run["ending"],
        "seconds": run["seconds"],
        "phases": run["phase_seconds"],
        "levels": [{**row, "seconds": run["level_seconds"].get(row["name"])} for row in plan["levels"]],
        "hires_in_time": _hires_in_time((r["hire"], r["state"]) for r in plan["requirements"]),
        "bookings": len(plan["bookings"]),
        "files": len(files),
        "files_mb": round(sum(path.stat().st_size for path in files) / 1e6, 1),
    }


def _term(folder: str) -> tuple[TermProblem, date]:
    problem = read_problem(Path(folder)).problem
    assert problem is not None
    assert problem.settings.planning_date is not None
    return problem, problem.settings.planning_date


def _planned(
    problem: TermProblem, today: date, seconds: str, previous: Plan | None = None
) -> tuple[Plan | None, Result]:
    """The plan, how long it took, and how it ended; HiGHS begins as it does in the commands."""
    began = perf_counter()
    get_highs_ready(problem)
    outcome = plan_term(
        problem,
        today,
        input_sha256=plan_json.problem_sha256(problem),
        options=Options(float(seconds), suggestions=False),
        previous=previous,
        pool=process_pool,
        mip=highs_processes,
        relaxing=pdlp_processes,
    )
    return outcome.plan, {"seconds": perf_counter() - began, "ending": outcome.ending.value}


def _sizes(problem: TermProblem) -> dict[str, Any]:
    return {
        "hires": len(problem.hires),
        "organisations": len(problem.organisations),
        "rounds": len(problem.rounds),
        "sessions": len(problem.sessions),
    }


def _hires_in_time(rows: Iterable[tuple[str, str]]) -> float:
    """The share of hires who have everything they need in time, in percent."""
    states: dict[str, list[str]] = defaultdict(list)
    for hire, state in rows:
        states[hire].append(state)
    good = sum(all(state in IN_TIME for state in own) for own in states.values())
    return round(100 * good / max(1, len(states)), 1)


JOBS = {job.__name__: job for job in (generate, sizes, convert, hand, mip, replan, solve, summary)}

if __name__ == "__main__":
    json.dump(JOBS[sys.argv[1]](*sys.argv[2:]), sys.stdout)
