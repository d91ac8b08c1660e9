"""CP-SAT for one linear model: the arrays go straight into the
proto, once; then one objective after the other is minimised.

One worker with the LP at full strength: searching alone it repeats itself exactly (SPEED.md, points 2 and 7), which a
portfolio of free-running workers does not (docs/adr/205-small-models.md). OR-Tools' own layer for models written in
Python (``cp_model``) is left out: it loads pandas, which takes longer than many a solve (docs/adr/215).
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf

from ortools.sat.python import cp_model_helper as core

from scheduler.linear.model import Linear, Values, at_most
from scheduler.linear.rows import Row

Watcher = Callable[[int | None, int | None], None]
"""Told the best value and bound so far while a solve runs."""
_POLL_SECONDS = 0.1


def unwatched(value: int | None, bound: int | None) -> None:
    """Do nothing with the progress of a solve."""


def never() -> bool:
    """Never stop."""
    return False


@dataclass(frozen=True)
class Answer:
    """The best assignment found (None without any), its value,
    the proven lower bound, whether nothing can be found at all.

    ``work`` is what it took, in CP-SAT's deterministic time.
    """

    values: Values | None
    value: int | None
    bound: int | None
    infeasible: bool
    work: float = 0.0

    @property
    def proven(self) -> bool:
        """The value is the best possible."""
        return self.value is not None and self.value == self.bound


class Engine:
    """Variables and rows inside CP-SAT; rows can be added and the objective changed."""

    def __init__(self, low: Sequence[int], high: Sequence[int], rows: Iterable[Row], seed: int) -> None:
        self._seed = seed
        self._proto = core.CpModelProto()
        self._constraints = self._proto.constraints
        add = self._proto.variables.add
        for bounds in zip(low, high, strict=True):
            add().domain.extend(bounds)
        for row in rows:
            self._add(row)

    def cap(self, expression: Linear, high: int) -> None:
        """Require from now on that an expression is at most ``high``."""
        self._add(at_most(expression, high))

    def with_row(self, row: Row) -> Engine:
        """The same with one more row, in a copy: filling it anew would take longer than many a solve."""
        other = Engine((), (), (), self._seed)
        other._proto.copy_from(self._proto)
        other._add(row)
        return other

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        work: float = inf,
        from_below: bool = False,
        watch: Watcher = unwatched,
        should_stop: Callable[[], bool] = never,
    ) -> Answer:
        """Minimise ``goal`` from ``hint`` for at most so many
        seconds, or so much ``work`` (CP-SAT's deterministic time).

        ``from_below`` searches for the bound first: quicker where the goal takes few values and the hint is good,
        hopeless for finding anything in large models (docs/adr/205-small-models.md).
        """
        self._set_goal(goal)
        self._set_hint(hint)
        solver = core.SolveWrapper()
        solver.set_parameters(_parameters(self._seed, seconds, work, from_below=from_below))
        solver.add_best_bound_callback(lambda bound: watch(None, ceil(bound - 1e-6)))
        found = self._run(solver, watch, should_stop)
        if found.status in (core.OPTIMAL, core.FEASIBLE):
            values = list(found.solution)
            bound = ceil(found.best_objective_bound - 1e-6) if goal.variables else goal.constant
            return Answer(values, goal.value(values), bound, infeasible=False, work=found.deterministic_time)
        return Answer(None, None, None, infeasible=found.status == core.INFEASIBLE, work=found.deterministic_time)

    def _run(self, solver: core.SolveWrapper, watch: Watcher, should_stop: Callable[[], bool]) -> core.CpSolverResponse:
        finished, solutions = threading.Event(), _Watch(watch)
        poll = threading.Thread(target=_stop_when_asked, args=(solver, finished, should_stop), daemon=True)
        poll.start()
        try:
            solver.add_solution_callback(solutions)
            found: core.CpSolverResponse = solver.solve(self._proto)  # type: ignore[no-untyped-call]
            solver.clear_solution_callback(solutions)
            return found
        finally:
            finished.set()
            poll.join()

    def _set_goal(self, goal: Linear) -> None:
        self._proto.clear_objective()
        if goal.variables:
            merged = _merge(goal.variables, goal.coefs)
            self._proto.objective.vars.extend(list(merged))
            self._proto.objective.coeffs.extend(list(merged.values()))
            self._proto.objective.offset = goal.constant
            self._proto.objective.scaling_factor = 1

    def _set_hint(self, hint: Values | None) -> None:
        self._proto.clear_solution_hint()
        if hint is not None:
            self._proto.solution_hint.vars.extend(list(range(len(hint))))
            self._proto.solution_hint.values.extend(hint)

    def finish(self) -> None:
        """Nothing is at work between two goals."""

    def _add(self, row: Row) -> None:
        variables, coefs = row.variables, row.coefs
        if len(set(variables)) < len(variables):
            merged = _merge(variables, coefs)
            variables, coefs = list(merged), list(merged.values())
        linear = self._constraints.add().linear
        linear.vars.extend(variables)
        linear.coeffs.extend(coefs)
        linear.domain.extend((row.low, row.high))


class _Watch(core.SolutionCallback):
    def __init__(self, watch: Watcher) -> None:
        super().__init__()
        self._watch = watch

    def OnSolutionCallback(self) -> None:  # noqa: N802 - OR-Tools' name
        """Tell the value and the bound."""
        self._watch(round(self.ObjectiveValue()), ceil(self.BestObjectiveBound() - 1e-6))


def _parameters(seed: int, seconds: float, work: float, *, from_below: bool) -> core.SatParameters:
    parameters = core.SatParameters()
    parameters.num_workers = 1
    parameters.catch_sigint_signal = False  # Ctrl-C is the front door's: it asks through should_stop
    parameters.linearization_level = 2
    parameters.random_seed = seed
    parameters.max_time_in_seconds = max(0.01, seconds)
    parameters.max_deterministic_time = work
    parameters.optimize_with_lb_tree_search = from_below
    return parameters


def _stop_when_asked(solver: core.SolveWrapper, finished: threading.Event, should_stop: Callable[[], bool]) -> None:
    while not finished.wait(_POLL_SECONDS):
        if should_stop():
            solver.stop_search()


def _merge(variables: Sequence[int], coefs: Sequence[int]) -> dict[int, int]:
    merged: dict[int, int] = defaultdict(int)
    for variable, coef in zip(variables, coefs, strict=True):
        merged[variable] += coef
    return merged
