"""The re-plans of all three stabilities side by side (``--alternativ``), each a whole plan that can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from time import monotonic

from models.ids import Stability
from outputs import comparison
from outputs.files.kinds import Content
from scheduler.solvers.clock import Clock, Stopwatch
from terminsplan.files import plan_files
from terminsplan.planning import Made, PlanInput, make_plan, with_mentors
from terminsplan.stability import compared
from terminsplan.stopping import Stop
from terminsplan.store import COMPARISON
from terminsplan.terminal import Terminal


@dataclass(frozen=True)
class Alternative:
    """A plan, and how long it took."""

    made: Made
    stopwatch: Stopwatch


def make(plan_input: PlanInput, terminal: Terminal, stop: Stop) -> Mapping[Stability, Alternative]:
    """A plan for each stability, each compared with the others: the same as if it had been asked for alone."""
    plan_input = with_mentors(plan_input, Clock.start(monotonic, plan_input.options.max_seconds), stop.asked)
    found: dict[Stability, Alternative] = {}
    for stability in Stability:
        stopwatch = Stopwatch(Clock.start(monotonic))
        solving = replace(plan_input.options, stability=stability)
        found[stability] = Alternative(
            make_plan(replace(plan_input, options=solving), terminal, stop, stopwatch), stopwatch
        )
    tried = [one.made for one in found.values()]
    return {name: replace(one, made=compared(one.made, tried)) for name, one in found.items()}


def files(plans: Mapping[Stability, Alternative], asked: Stability) -> Iterator[tuple[PurePosixPath, Content]]:
    """Every plan's files in a folder named by its stability, and a workbook that compares them."""
    for stability, one in plans.items():
        for path, data in plan_files(one.made, one.stopwatch):
            yield PurePosixPath(stability.value) / path, data
    diffs = {stability: one.made.changes for stability, one in plans.items() if one.made.changes}
    chosen = plans[asked].made
    yield PurePosixPath(COMPARISON), comparison.workbook(chosen.plan_input.problem, chosen.plan, diffs, asked)
