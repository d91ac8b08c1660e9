"""First come, first served: a plan that is soon made, for where there is too little time to look for a good one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from models.problem import Round
from scheduler.linear.followed import FollowedPlan
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.seats.ways import booked_by, given_blocks, is_booked, ways
from scheduler.situation.requirements import Need


def first_come(model: Model, start: Values, look: Callable[[], None]) -> Values | None:
    """The plan in which each requirement, those of the earliest deadline first, has the earliest seats that are left.

    Given bookings come before all others; None where not all of them find their seats so. Then proposals are opened
    where enough of those without a seat can come. It begins with ``start``, the assignment of what is promised.
    ``look`` is called for each requirement; what it raises ends it, for half a queue served is no plan.
    """
    plan = FollowedPlan(model.variables.linear_model, start, look)
    given = {need.key for need in model.variables.needs if given_blocks(model.variables, need)}
    left: list[Need] = []
    for need in sorted(model.variables.needs, key=lambda need: (need.key not in given, _turn(need))):
        look()
        if not is_booked(model.variables, plan.values, need) and not any(
            plan.change(booked_by(way)) for way in ways(model.variables, need)
        ):
            left.append(need)
    if not given.isdisjoint(need.key for need in left):
        return None
    for round_ in sorted(model.variables.proposals(), key=lambda r: r.id):
        look()
        left = _open(model, plan, round_, left)
    return plan.values


def _turn(need: Need) -> tuple[bool, date, int, tuple[str, str]]:
    """Whose turn it is: first those whose deadline is in the term, by deadline, the weightier first."""
    return not need.counts, need.deadline or date.max, -need.weight, need.key


def _open(model: Model, plan: FollowedPlan, round_: Round, left: Sequence[Need]) -> list[Need]:
    """The requirements that are left without a seat after the proposal has run, if it can."""
    waiting = {need.key: need for need in left if len(need.blocks) == 1}
    wishing = [c for c in model.variables.in_round(round_.id) if c.need.key in waiting]
    wishing.sort(key=lambda c: _turn(c.need))
    for number in dict.fromkeys((min(round_.seats, len(wishing)), max(1, round_.min_participants))):
        those = wishing[:number]
        if those and plan.change(booked_by(those)):
            booked = {candidate.need.key for candidate in those}
            return [need for need in left if need.key not in booked]
    return list(left)
