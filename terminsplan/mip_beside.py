"""HiGHS in processes of its own beside this one (``scheduler.solvers.mip``, ``terminsplan.mip_process``)."""

from __future__ import annotations

import logging
from functools import partial

from scheduler.solvers.mip import MipAnswer, MipTask
from terminsplan.solver_processes import SolverProcesses

highs_processes: SolverProcesses[MipTask, MipAnswer] = SolverProcesses(
    "HiGHS", "terminsplan.mip_process", logging.getLogger("terminsplan.mip"), partial(MipAnswer, None, None)
)
"""Those of this process."""
