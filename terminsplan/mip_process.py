"""HiGHS's process (``terminsplan.mip_beside``); it tells how often HiGHS has looked at its limits while it solves a task."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from scheduler.solvers.highs import solve
from scheduler.solvers.mip import MipAnswer, MipTask
from terminsplan.solver_loop import solve_tasks


def _solved(task: MipTask, on_look: Callable[[int], None]) -> MipAnswer:
    return solve(task, time.monotonic, on_look)


if __name__ == "__main__":
    solve_tasks(_solved, partial(MipAnswer, None, None))
