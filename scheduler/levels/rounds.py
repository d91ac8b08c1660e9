"""Level 6 ``rounds``: proposals that run, and fixed rounds with some, but fewer than ``min_deltagare`` participants."""

from __future__ import annotations

from models.ids import RoundStatus
from models.problem import Round
from scheduler.linear.model import Linear, total
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=7, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """1 for each such round; a proposal with a held seat runs whatever the plan does."""
    cost = Linear()
    for round_ in variables.problem.rounds:
        if round_.status is RoundStatus.PROPOSED:
            cost.add(_running(variables, round_))
        elif round_.status is RoundStatus.FIXED and round_.min_participants > 1:
            cost.add(_too_small(variables, round_))
    return cost


def _running(variables: Variables, round_: Round) -> Linear:
    if variables.held_participants(round_):
        return Linear(constant=1)
    runs = variables.runs(round_)
    return Linear() if runs is None else total([runs])


def _too_small(variables: Variables, round_: Round) -> Linear:
    held = len(variables.held_participants(round_))
    least = round_.min_participants
    people = total(variables.participants(round_).values(), constant=held)
    if held >= least:
        return Linear()
    runs = variables.runs(round_)
    if runs is None:
        return Linear(constant=int(held > 0))
    # It hangs on ``runs`` too, for what it is kept to is said with it.
    support = [*people.variables, runs]
    small = variables.linear_model.helper(0, 1, support, lambda values: int(0 < people.value(values) < least))
    # Some participants, and not small, means at least the least number.
    begun = Linear(constant=least) if held else total([runs], least)
    variables.linear_model.at_most(begun.add(people, -1).add(total([small], -least)), 0)
    return total([small])
