"""What is known of a re-plan with somebody moved by hand before it is solved, and needs no proof (docs/adr/207)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import inf

from models.ids import Level, Stability
from scheduler.answers.wishes import WishedProblem
from scheduler.linear.model import LinearModel, Values
from scheduler.linear.part import Part
from scheduler.linear.rows import Row
from scheduler.model.build import Model
from scheduler.search.lexicographic import LevelOutcome, Solution
from scheduler.solvers.cp_sat import Engine

WORK_FOR_BOUND = 0.5
"""Work for the least number of seats that move, in CP-SAT's deterministic time."""


def former_bounds(
    model: Model, wished: WishedProblem, stability: Stability | None
) -> tuple[tuple[Level, int, int], ...]:
    """Levels of the former plan, in their order, with values and bounds that hold for the new one too.

    They hold where every plan that is possible now was possible then. Levels that were solved after ``changes`` were
    bounded for plans with few changes only, which are other ones now.
    """
    promises = model.variables.promises
    if not wished.only_tighter or any(promises.may_be_plain(need) for need in model.variables.needs):
        return ()
    levels = {level.name: level for level in wished.plan.levels}
    if Level.CHANGES not in levels:
        names = [level for level in Level if level in levels]
    elif stability is Stability.CAREFUL:
        names = [level for level in (Level.ON_TIME, Level.MISSING) if level in levels]
    else:
        return ()
    return tuple((name, levels[name].value, levels[name].bound or 0) for name in names)


def least_changes(model: Model, values: Values, decisions: Collection[int], seed: int) -> Mapping[Level, int]:
    """At least so many seats of these decisions move, whatever
    everybody else does: rows leave room for the least of the others.
    """
    linear_model, free = model.variables.linear_model, set(decisions)
    part = Part(linear_model, values, free)
    own = {v for v in linear_model.closure(free) if linear_model.support([v]) <= free}
    rows = [part.row(_among(row, own, linear_model)) for row in linear_model.rows_with(own)]
    engine = Engine(part.low, part.high, [row for row in rows if row], seed)
    goal = part.shrink(model.objectives[Level.CHANGES])
    answer = engine.minimise(goal, hint=part.hint, seconds=inf, work=WORK_FOR_BOUND)
    return {} if answer.bound is None else {Level.CHANGES: max(0, answer.bound)}


def bounded(model: Model, values: Values, best: Solution) -> Iterator[LevelOutcome]:
    """The levels of a plan: the best plan's bounds hold down to the first level in which this one is worse."""
    equal = True
    for row in best.levels:
        value = model.objectives[row.level].value(values)
        yield LevelOutcome(row.level, value, row.bound if equal else None, row.seconds)
        equal = equal and value <= row.value


def _among(row: Row, own: Collection[int], linear_model: LinearModel) -> Row:
    """What the row asks of some variables, however the others are."""
    variables, coefs, low, high = [], [], row.low, row.high
    for variable, coef in zip(row.variables, row.coefs, strict=True):
        if variable in own:
            variables.append(variable)
            coefs.append(coef)
        else:
            ends = coef * linear_model.low[variable], coef * linear_model.high[variable]
            low, high = low - max(ends), high - min(ends)
    return Row(variables, coefs, low, high)
