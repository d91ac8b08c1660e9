"""What a solution of the levels comes to: every variable, and every level with its bound."""

from __future__ import annotations

from models.ids import Level
from models.plan import LevelResult
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.search.lexicographic import Solution


def completed(model: Model, values: Values) -> Values:
    """The assignment with these decisions, and every helper as it is meant."""
    return model.variables.linear_model.complete(c.variable for c in model.chosen(values))


def level_results(model: Model, values: Values, solution: Solution) -> tuple[LevelResult, ...]:
    """The levels in the order of MODEL.md, whatever the order of solving."""
    bounds = {done.level: done.bound for done in solution.levels}
    results = []
    for level in Level:
        if level in bounds:
            value = model.objectives[level].value(values)
            bound = bounds[level]
            proven = bound is not None and bound >= value
            results.append(LevelResult(name=level, value=value, bound=value if proven else bound, proven=proven))
    return tuple(results)
