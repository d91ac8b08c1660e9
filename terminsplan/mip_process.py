"""HiGHS's process (``terminsplan.mip_beside``)."""

from __future__ import annotations

import time
from functools import partial

from scheduler.solvers.highs import solve
from scheduler.solvers.mip import MipAnswer, MipTask
from terminsplan.solver_loop import solve_tasks


def _solved(task: MipTask) -> MipAnswer:
    return solve(task, time.monotonic)


if __name__ == "__main__":
    solve_tasks(_solved, partial(MipAnswer, None, None))
