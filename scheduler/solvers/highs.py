"""HiGHS on a task, for a process that has not loaded OR-Tools:
the two packages do not go together (SPEED.md, point 8).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from math import ceil, inf

import highspy
import numpy as np

from scheduler.solvers.branching import Branching, Found, Node, UnclearError
from scheduler.solvers.clock import Clock, Now
from scheduler.solvers.mip import Columns, MipAnswer, MipTask, Way

_DEVEX = 1
"""How the dual simplex chooses its rows; its default is slow after a branching (docs/adr/204-highs-ways.md)."""
_UNDER = 0.001
"""Taken off a gap, since less than the gap is asked for and values of goals are whole numbers."""
_LEAST_SECONDS = 0.01
_WHOLE, _WHOLE_SHARE = 1e-6, 1e-14
"""How far from a whole number HiGHS may be where it has one: by
itself, and of large ones, for which floating point is coarser.
"""


OnLook = Callable[[int], None]
"""Told how often HiGHS has looked at its limits, each time that
it does: a count of its work that is the same on every machine.
"""


def untold(looks: int) -> None:
    """Tell nobody."""


def solve(task: MipTask, now: Now, on_look: OnLook = untold) -> MipAnswer:
    """Solve the task in this process, with its time counted by
    ``now``; it can be interrupted by ending the process only.

    ``on_look`` is told of the looks while the task is solved as a whole.
    """
    clock = Clock.start(now, task.seconds)
    if not len(task.low):  # HiGHS forgets the constant
        return MipAnswer([], round(task.constant))
    program, gap = _Program(task, clock, on_look), task.gap - _UNDER
    found = Found(task.hint, program.value(task.hint), -inf) if task.hint is not None else Found(None, inf, -inf)
    match task.way:
        case Way.AT_ONCE:
            found = program.whole(found)
        case Way.BRANCHED:
            found = Branching(program, task.first.tolist(), gap, clock).best(found)
    error = max(_WHOLE, _WHOLE_SHARE * abs(found.bound))
    bound = ceil(found.bound - error) if abs(found.bound) < inf else None
    return MipAnswer(found.values, bound, looks=found.looks)


class _Program:
    """The task in the form that ``scheduler.solvers.branching`` searches."""

    def __init__(self, task: MipTask, clock: Clock, on_look: OnLook) -> None:
        self._task, self._clock, self._on_look = task, clock, on_look
        self._columns = [*task.first.tolist(), *task.then.tolist()]
        self._fixed: dict[int, int] = {}

    @cached_property
    def _relaxation(self) -> highspy.Highs:
        return _highs(self._task, self._task.whole[:0], self._clock)

    def value(self, values: list[int]) -> float:
        """The value of the goal under an assignment."""
        return float(self._task.costs @ np.array(values, np.float64)) + self._task.constant

    def whole(self, start: Found) -> Found:
        """Solve the whole task, from a known assignment if there
        is one; that one is the answer where nothing is better.
        """
        highs = _highs(self._task, self._task.whole, self._clock)
        if start.values is not None:
            solution = highspy.HighsSolution()
            solution.col_value = [float(x) for x in start.values]
            highs.setSolution(solution)
        found = _run(highs, on_look=self._on_look)
        return replace(start, bound=found.bound, looks=found.looks) if found.values is None else found

    def solved(
        self, fixed: Mapping[int, int], below: float, most_looks: float = inf, *, at_root: bool = False
    ) -> Found:
        """The task with some columns fixed."""
        highs = _highs(self._task, self._task.whole, self._clock)
        if at_root:
            highs.setOptionValue("mip_max_nodes", 1)
        _fix(highs, fixed)
        _only_below(highs, below)
        found = _run(highs, most_looks)
        nothing = highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
        return replace(found, bound=inf) if found.values is None and nothing else found

    def relaxed(self, fixed: Mapping[int, int], below: float, above: Node | None) -> Node | None:
        """The linear relaxation with some columns fixed, from where the one above it ended."""
        highs = self._relaxation
        for column in self._fixed.keys() - fixed.keys():
            highs.changeColBounds(column, self._task.low[column], self._task.high[column])
        _fix(highs, {column: value for column, value in fixed.items() if self._fixed.get(column) != value})
        self._fixed = dict(fixed)
        _only_below(highs, below)
        if above is not None and isinstance(above.basis, highspy.HighsBasis):
            highs.setBasis(above.basis)
        highs.run()
        if highs.getModelStatus() not in _ENDED:
            highs.clearSolver()  # once more, from nowhere
            highs.run()
        status = highs.getModelStatus()
        if status not in _ENDED:
            raise UnclearError
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        solution = highs.getSolution()
        x, reduced = solution.col_value, solution.col_dual
        return Node(
            fixed,
            highs.getInfo().objective_function_value,
            {column: x[column] for column in self._columns},
            {column: reduced[column] for column in self._columns},
            highs.getBasis(),
        )


_ENDED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kObjectiveBound,
)


def _highs(task: MipTask, whole: Columns, clock: Clock) -> highspy.Highs:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(task.low), len(task.row_low)
    lp.col_cost_, lp.offset_ = task.costs, task.constant
    lp.col_lower_, lp.col_upper_ = task.low, task.high
    lp.row_lower_, lp.row_upper_ = task.row_low, task.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = task.starts, task.rows, task.entries
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),  # whatever the cores, the same
        ("parallel", "off"),
        ("time_limit", max(_LEAST_SECONDS, clock.left)),
        ("mip_abs_gap", task.gap - _UNDER),
        ("mip_rel_gap", 0.0),
        ("simplex_dual_edge_weight_strategy", _DEVEX),
        ("mip_detect_symmetry", not task.plain),
        ("mip_heuristic_run_feasibility_jump", not task.plain),  # docs/adr/215
    ):
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    if len(whole):
        highs.changeColsIntegrality(len(whole), whole, np.ones(len(whole), np.uint8))
    return highs


def _fix(highs: highspy.Highs, fixed: Mapping[int, int]) -> None:
    for column, value in fixed.items():
        highs.changeColBounds(column, value, value)


def _only_below(highs: highspy.Highs, value: float) -> None:
    if value < inf:
        highs.setOptionValue("objective_bound", value)


def _run(highs: highspy.Highs, most_looks: float = inf, on_look: OnLook = untold) -> Found:
    """Run branch and cut until it ends or has looked at its
    limits more often than that; a bound holds however it ended.
    """
    looks = 0

    def look(event: highspy.HighsCallbackEvent) -> None:
        nonlocal looks
        looks += 1
        on_look(looks)
        if looks > most_looks and event.data_in is not None:
            event.data_in.user_interrupt = True

    highs.cbMipInterrupt += look
    highs.run()
    info, solution = highs.getInfo(), highs.getSolution()
    if not solution.value_valid:
        return Found(None, inf, info.mip_dual_bound, looks)
    values = [round(x) for x in solution.col_value]
    return Found(values, info.objective_function_value, info.mip_dual_bound, looks)
