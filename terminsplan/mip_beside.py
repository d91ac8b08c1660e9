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


def get_highs_ready(problem: TermProblem) -> None:
    """Begin a process for a term that is surely so large that HiGHS is asked."""
    if len(problem.hires) * len(problem.rounds) >= FEWEST_FOR_HIGHS:
        highs_processes.get_ready()
