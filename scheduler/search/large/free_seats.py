"""Whoever is not booked, into free seats: a pass without a solver, before a goal that she could lower is searched.

The plan that the levels above leave is made for them alone: who does not count there waits beside seats that nobody
asks for, in rounds that stand empty because one alone would be too few. Neighbourhoods free a part of the hires at a
time and come round to all of them too late (docs/adr/216).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from scheduler.linear.followed import FollowedPlan
from scheduler.linear.model import Linear, Values, at_most
from scheduler.seats.variables import Variables
from scheduler.seats.ways import Way, booked_by, is_booked, ways
from scheduler.situation.requirements import Need
from scheduler.solvers.clock import TimeIsUpError

MOST_PASSES = 2
"""How often all who wait are gone through: a seat in one programme may be what lets her into the next."""


def with_free_seats(
    variables: Variables,
    values: Values,
    goals: Sequence[Linear],
    ended: Callable[[], bool],
    kept: Sequence[Linear] = (),
) -> Values:
    """A plan in which more of those are booked whose booking lowers some goal; ``values`` is the plan to begin from.

    Nobody else moves, every row holds, and none of the goals down to the last that a booking lowers gets worse, nor any
    that is ``kept``: what else comes after it counts what is booked, and must. The weightiest are first, in the order
    of their ids, each in the earliest place there is. Once it has ``ended`` the plan is as far as it has come.
    """
    counting = [number for number, goal in enumerate(goals) if any(coef < 0 for coef in goal.coefs)]
    above = goals[: max(counting, default=-1) + 1]
    waiting = list(_waiting(variables, values, above))
    if not waiting:
        return values
    limits = [at_most(goal, goal.value(values)) for goal in (*above, *kept)]

    def look() -> None:
        if ended():
            raise TimeIsUpError

    try:
        plan = FollowedPlan(variables.linear_model, list(values), look, limits)
    except TimeIsUpError:
        return values
    for _ in range(MOST_PASSES):
        before = len(waiting)
        waiting = [n for n in waiting if ended() or not any(plan.change(booked_by(way)) for way in ways(variables, n))]
        waiting = _in_empty_rounds(variables, plan, waiting, range(len(limits)), ended)
        if len(waiting) == before:
            break
    return plan.values


def _waiting(variables: Variables, values: Values, goals: Sequence[Linear]) -> Iterator[Need]:
    lower = {variable for goal in goals for variable, coef in zip(goal.variables, goal.coefs, strict=True) if coef < 0}
    for need in sorted(variables.needs, key=lambda need: (-need.weight, need.key)):
        booked = variables.booked(need)
        if not lower.isdisjoint(booked.variables) and not is_booked(variables, values, need):
            yield need


def _in_empty_rounds(
    variables: Variables,
    plan: FollowedPlan,
    waiting: Sequence[Need],
    limits: Collection[int],
    ended: Callable[[], bool],
) -> list[Need]:
    """Those still waiting after empty rounds were begun where enough of them come together.

    The first in a round that needs several breaks what is kept (``rounds``) until there are as many: that far it may be
    broken meanwhile, and all of them are taken out again if it still is when nobody else can come.
    """
    left = {need.key: need for need in waiting}
    wishing: dict[str, list[Way]] = {}
    for need in waiting:
        for way in ways(variables, need):
            if len(way) == 1:
                wishing.setdefault(way[0].offer.round.id, []).append(way)
    for round_ in variables.problem.rounds:
        if ended():
            break
        if round_.min_participants > 1 and not any(plan.values[c.variable] for c in variables.in_round(round_.id)):
            for way in _begun(plan, [w for w in wishing.get(round_.id, ()) if w[0].need.key in left], limits):
                del left[way[0].need.key]
    return list(left.values())


def _begun(plan: FollowedPlan, wishing: Sequence[Way], limits: Collection[int]) -> list[Way]:
    """Those who were booked in an empty round together; none where they were too few."""
    beyond = dict.fromkeys(limits, 1)
    booked: list[Way] = []
    for way in wishing:
        if plan.change(booked_by(way), beyond):
            booked.append(way)
            if len(booked) == 1:
                beyond = {limit: 1 for limit in limits if not plan.is_within(limit)}
    if all(plan.is_within(limit) for limit in limits):
        return booked
    for way in reversed(booked):
        plan.change({candidate.variable: 0 for candidate in way}, dict.fromkeys(limits, 1))
    return []
