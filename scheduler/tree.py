"""Proof by branching on which rounds run: few things decide most.

A city's relaxation is far from its best plan as long as proposals may run by halves, and next to it once they may not: on generated
cities 5 to 25 cases a level are enough, where CP-SAT's search, which does not know what matters, took minutes. Each case is a linear
relaxation, solved by GLOP from the one before it. What its bound leaves open goes to CP-SAT, with just these rounds settled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf

import numpy as np
from ortools.glop import parameters_pb2
from ortools.math_opt.python import mathopt
from scipy import sparse

from scheduler.draft import Draft, Linear, Values
from scheduler.engine import Answer
from scheduler.large import relaxation
from scheduler.large.program import Floats, Goal, Program, goal_of, program_of
from scheduler.large.proto import proto_of

FIRST_STEPS, MOST_STEPS = 100_000, 10_000
"""Of the simplex, for the first case and for each later one."""
_WHOLE = 1e-6
_FAR, _DEAR = 1e6, 1e4
Case = Mapping[int, int]
"""Variables that are settled, and how."""
SolveCase = Callable[[Case, Values, Values, int], Answer]
"""CP-SAT on one case: settled variables, the best plan so far, variables that the relaxation does not use, the bound of the case."""


@dataclass(frozen=True)
class _Open:
    """A case not yet looked at, and what is known of it."""

    case: Case
    bound: int


class RoundTree:
    """The relaxation of a draft, and the variables of it that say which rounds run."""

    def __init__(self, draft: Draft, deciding: Sequence[int]) -> None:
        # One column more: how far what is kept is exceeded. It is so dear that a case in which that must be has a bound above all others.
        whole = program_of(draft, draft.rows)
        beyond = sparse.csc_array((len(whole.row_low), 1))
        self._program = replace(
            whole,
            matrix=sparse.hstack([whole.matrix, beyond], format="csc"),
            low=np.append(whole.low, 0.0),
            high=np.append(whole.high, _FAR),
        )
        self._deciding = deciding

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        goal = goal_of(expression, len(self._program.low))
        goal.costs[-1] = -max(1.0, np.abs(goal.costs).max())
        self._program = self._program.capped(goal, high)

    def search(
        self, goal: Linear, best: Values, solve: SolveCase, most: int, left: Callable[[], float]
    ) -> tuple[Values, int]:
        """The best plan, at least as good as the one given, and a bound; cases that are not come to leave the bound low.

        At most so many cases; none more once CP-SAT left one undecided, for then it is not the rounds that decide. ``left`` says how
        many seconds there are.
        """
        aim = goal_of(goal, len(self._program.low))
        aim.costs[-1] = _DEAR * max(1.0, np.abs(aim.costs).max())
        cases = _Relaxation(self._program, aim)
        value, undecided = goal.value(best), inf
        waiting = [_Open({}, -(1 << 50))]
        for _ in range(most):
            if not waiting or undecided < inf or left() <= 0:
                break
            now = waiting.pop()
            bound, x = cases.solve(now.case, value, left())
            bound = max(bound, now.bound)
            if bound >= value:
                continue
            branch = None if x is None else self._most_undecided(x, now.case)
            if branch is not None and x is not None:
                near = round(x[branch])
                waiting += [_Open({**now.case, branch: side}, bound) for side in (1 - near, near)]
                continue
            unused = [] if x is None else [v for v in np.flatnonzero(x[:-1] < _WHOLE).tolist() if not best[v]]
            answer = solve(now.case, best, unused, bound)
            if answer.values is not None and goal.value(answer.values) < value:
                best, value = answer.values, goal.value(answer.values)
            if not answer.infeasible and not answer.proven:
                undecided = min(undecided, max(bound, answer.bound or bound))
        return best, min([value, *(case.bound for case in waiting), *([int(undecided)] if undecided < inf else [])])

    def _most_undecided(self, x: Floats, case: Case) -> int | None:
        """The variable that is most of a half; None where all are whole."""
        away, variable = max(((abs(x[v] - round(x[v])), -v) for v in self._deciding if v not in case), default=(0.0, 0))
        return -variable if away > _WHOLE else None


class _Relaxation:
    """GLOP with one goal; case after case is solved from where the one before it ended."""

    def __init__(self, program: Program, goal: Goal) -> None:
        self._program, self._goal = program, goal
        self._model = mathopt.Model.from_model_proto(proto_of(program, Goal(goal.costs, 0), whole=False))
        self._variables = list(self._model.variables())
        self._rows = list(self._model.linear_constraints())
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._settled: Case = {}

    def solve(self, case: Case, enough: int, seconds: float) -> tuple[int, Floats | None]:
        """A bound of the case and where the relaxation has its best; None where the bound is ``enough``, or GLOP came to no end."""
        low, high = self._program.low.copy(), self._program.high.copy()
        for variable in self._settled:
            self._set(variable, low[variable], high[variable])
        for variable, value in case.items():
            self._set(variable, value, value)
            low[variable] = high[variable] = value
        self._settled = case
        result = self._solver.solve(
            params=_parameters(enough - self._goal.constant, MOST_STEPS if case else FIRST_STEPS, seconds)
        )
        program = replace(self._program, low=low, high=high)
        known = result.solutions[0] if result.solutions else None
        bound, x = -(1 << 50), None
        if known is not None and known.dual_solution is not None:
            duals = known.dual_solution.dual_values
            bound = relaxation.bound(program, self._goal, np.array([duals[row] for row in self._rows]))
        if result.termination.reason is mathopt.TerminationReason.OPTIMAL:
            x = np.array(result.variable_values(self._variables))
        return bound, x

    def _set(self, variable: int, low: float, high: float) -> None:
        self._variables[variable].lower_bound = low
        self._variables[variable].upper_bound = high


def _parameters(enough: float, steps: int, seconds: float) -> mathopt.SolveParameters:
    """The dual simplex from where it was, no longer than it can be of use."""
    return mathopt.SolveParameters(
        time_limit=timedelta(seconds=max(0.01, seconds)),
        lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX,
        presolve=mathopt.Emphasis.OFF,
        glop=parameters_pb2.GlopParameters(objective_upper_limit=enough, max_number_of_iterations=steps),
    )
