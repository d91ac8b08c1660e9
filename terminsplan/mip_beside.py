"""HiGHS in processes of its own beside this one (``scheduler.solvers.mip``, ``terminsplan.mip_process``)."""

from __future__ import annotations

import logging
from functools import partial

from models.problem import TermProblem
from scheduler.solvers.mip import MipAnswer, MipTask
from terminsplan.solver_processes import SolverProcesses

highs_processes: SolverProcesses[MipTask, MipAnswer] = SolverProcesses(
    "HiGHS", "terminsplan.mip_process", logging.getLogger("terminsplan.mip"), partial(MipAnswer, None, None)
)
"""Those of this process."""

FEWEST_FOR_HIGHS = 2_500
"""Hires times rounds from which HiGHS is surely asked: its
process starts while the model is built, not when it is asked.
"""
MOST_FOR_TWO = 60_000
"""Hires times rounds up to which it is asked of two ways side by side; larger models are solved in another way."""


def get_highs_ready(problem: TermProblem, most: int = 2) -> None:
    """Begin a process, or two, for a term that is surely so large that HiGHS is asked; ``most`` of them."""
    size = len(problem.hires) * len(problem.rounds)
    if size >= FEWEST_FOR_HIGHS:
        highs_processes.get_ready(min(most, 2 if size <= MOST_FOR_TWO else 1))
