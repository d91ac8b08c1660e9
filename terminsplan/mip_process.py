"""HiGHS's process (``terminsplan.mip_beside``)."""

from __future__ import annotations

import time
from functools import partial

from scheduler.solvers.highs import solve
from scheduler.solvers.mip import MipAnswer, MipTask
from terminsplan.solver_loop import OnLook, solve_tasks


def _solved(task: MipTask, on_look: OnLook) -> MipAnswer:
    return solve(task, time.monotonic, on_look)


if __name__ == "__main__":
    solve_tasks(_solved, partial(MipAnswer, None, None))
