"""Level 9 ``staffing``: hires of one unit away the same day
beyond the cap, and one administration's excess in a mixed round.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import gcd

from models.problem import Hire, Round
from scheduler.linear.model import Linear, total
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables

SOLVING = Solving(share=6, way="BRANCHED")


def objective(variables: Variables) -> Linear:
    """The number of hires beyond the limit, summed over units and days, and over mixed rounds and administrations."""
    return _units(variables).add(_mixing(variables))


def _units(variables: Variables) -> Linear:
    units: dict[tuple[str, str], list[Hire]] = defaultdict(list)
    for hire in variables.problem.hires:
        if hire.unit:
            units[hire.organisation, hire.unit].append(hire)
    cost = Linear()
    cap = variables.problem.settings.max_away_per_unit
    for hires in units.values():
        days = {d for h in hires for d in (*variables.days_of(h), *variables.held_days(h))}
        for day in sorted(days):
            cost.add(_beyond(variables, [v for h in hires if (v := _away(variables, h, day))], cap))
    return cost


def _away(variables: Variables, hire: Hire, day: date) -> Linear | None:
    if day in variables.held_days(hire):
        return Linear(constant=1)
    return variables.away(hire, day) if day in variables.days_of(hire) else None


def _beyond(variables: Variables, parts: list[Linear], cap: int) -> Linear:
    if len(parts) <= cap:
        return Linear()
    away = Linear(constant=-cap)
    for part in parts:
        away.add(part)
    return _positive(variables, away)


def _positive(variables: Variables, part: Linear) -> Linear:
    most = part.constant + len(part.variables)
    if not part.variables:
        return Linear(constant=max(0, most))
    return total([variables.linear_model.excess(part, most)]) if most > 0 else Linear()


def _mixing(variables: Variables) -> Linear:
    cost = Linear()
    for round_ in variables.problem.rounds:
        if variables.problem.programme_by_id[round_.programme].mixed:
            cost.add(_mix(variables, round_))
    return cost


def _mix(variables: Variables, round_: Round) -> Linear:
    hires = variables.problem.hire_by_id
    own: dict[str, Linear] = defaultdict(Linear)
    for hire_id in sorted(variables.held_participants(round_)):
        own[hires[hire_id].organisation].constant += 1
    for hire_id, variable in variables.participants(round_).items():
        own[hires[hire_id].organisation].add(total([variable]))
    everyone = Linear()
    for part in own.values():
        everyone.add(part)
    allowed = _allowed(variables, everyone)
    cost = Linear()
    for part in own.values():
        most = part.constant + len(part.variables)
        over = Linear().add(part).add(allowed, -1)
        if over.variables:
            cost.add(total([variables.linear_model.excess(over, most)]))
        else:
            cost.constant += max(0, over.constant)
    return cost


def _allowed(variables: Variables, everyone: Linear) -> Linear:
    """ceil(percent x participants / 100) as a variable. The levels want it large, so its rows bound it from above."""
    percent = variables.problem.settings.max_share_percent
    if not everyone.variables:
        return Linear(constant=-(-percent * everyone.constant // 100))
    most = -(-percent * (everyone.constant + len(everyone.variables)) // 100)
    index = variables.linear_model.helper(
        0, most, everyone.variables, lambda values: -(-percent * everyone.value(values) // 100)
    )
    # In lowest terms, so that the LP is given no more room than the rounding up: 2 x allowed <= participants + 1 at 50
    # percent.
    step = gcd(100, percent)
    variables.linear_model.at_most(total([index], 100 // step).add(everyone, -percent // step), 100 // step - 1)
    return total([index])
