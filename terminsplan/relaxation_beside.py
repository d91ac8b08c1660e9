"""PDLP in processes of its own beside this one
(``scheduler.solvers.relaxation``, ``terminsplan.relaxation_process``).
"""

from __future__ import annotations

import logging
from functools import partial

from scheduler.solvers.relaxation import Point, RelaxationTask
from terminsplan.solver_processes import SolverProcesses

pdlp_processes: SolverProcesses[RelaxationTask, Point] = SolverProcesses(
    "PDLP", "terminsplan.relaxation_process", logging.getLogger("terminsplan.relaxation"), partial(Point, None, None)
)
"""Those of this process."""
