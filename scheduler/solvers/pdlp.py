"""The linear relaxation by PDLP, a first-order method.

On a region it takes seconds where the simplex of HiGHS and of CP-SAT takes minutes (docs/adr/203-large-models.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp

from scheduler.solvers.awaited import Run
from scheduler.solvers.relaxation import Point, RelaxationTask

_CHECKED_EVERY = 64


def prepared(task: RelaxationTask) -> Callable[[], Point]:
    """What solves the task in this process; it can be interrupted by ending the process only.

    It has copied all that it needs: whoever lets go of the task before solving frees its matrix.
    """
    problem, start = _problem(task), task.start
    parameters = solvers_pb2.PrimalDualHybridGradientParams(num_threads=1, termination_check_frequency=_CHECKED_EVERY)
    criteria = parameters.termination_criteria
    criteria.iteration_limit = task.steps
    criteria.time_sec_limit = task.seconds
    criteria.simple_optimality_criteria.eps_optimal_relative = task.accuracy
    criteria.simple_optimality_criteria.eps_optimal_absolute = task.accuracy
    begin = () if start.x is None else (_point(start),)

    def solve() -> Point:
        result = pdlp.primal_dual_hybrid_gradient(problem, parameters, *begin)
        return Point(np.asarray(result.primal_solution), np.asarray(result.dual_solution))

    return solve


def here(task: RelaxationTask) -> Run[Point]:
    """Solve the task at once, while whoever hands it over waits: where there is no process for it."""
    return _Done(prepared(task)())


@dataclass(frozen=True)
class _Done:
    point: Point

    def answer(self, seconds: float) -> Point | None:
        return self.point

    def leave(self) -> None:
        pass


def _problem(task: RelaxationTask) -> pdlp.QuadraticProgram:
    program, problem = task.program.with_limits(task.limits), pdlp.QuadraticProgram()
    problem.resize_and_initialize(len(program.low), len(program.row_low))
    problem.objective_vector = task.goal.costs
    problem.constraint_matrix = program.matrix
    problem.constraint_lower_bounds = program.row_low
    problem.constraint_upper_bounds = program.row_high
    problem.variable_lower_bounds = program.low
    problem.variable_upper_bounds = program.high
    return problem


def _point(start: Point) -> pdlp.PrimalAndDualSolution:
    point = pdlp.PrimalAndDualSolution()
    point.primal_solution = start.x
    point.dual_solution = start.multipliers
    return point
