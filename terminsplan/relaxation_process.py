"""PDLP's process (``terminsplan.relaxation_beside``): what PDLP copies stands beside no model."""

from __future__ import annotations

from functools import partial

from scheduler.solvers.pdlp import prepared
from scheduler.solvers.relaxation import Point, RelaxationTask
from terminsplan.memory import give_back_large_blocks
from terminsplan.solver_loop import OnLook, solve_tasks


def _solved(task: RelaxationTask, on_look: OnLook) -> Point:
    solve = prepared(task)
    del task  # its matrix is not kept beside what has been made of it
    return solve()


if __name__ == "__main__":
    give_back_large_blocks()
    solve_tasks(_solved, partial(Point, None, None))
