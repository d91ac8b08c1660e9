"""Single changes of a plan by hand: a requirement booked in
another way, alone or with somebody else who gives up a seat for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice, product

from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need

Flips = dict[int, int]
"""Decisions that change, with their new values."""
MOST_WAYS = 12
"""Ways of booking one requirement that are looked at for one question."""
MOST_GIVING_WAY = 40
"""Others in a round who are tried as those that give up their seats for one."""


def flips_for(model: Model, values: Values, need: Need, way: Iterable[int]) -> Flips:
    """The decisions that change when the requirement is booked this way instead of as it is."""
    flips = {c.variable: 0 for block in need.blocks for c in model.variables.of_block(need, block)}
    flips |= dict.fromkeys(way, 1)
    return {variable: value for variable, value in flips.items() if value != values[variable]}


def alone(model: Model, values: Values, there: Candidate) -> Iterator[Flips]:
    """Her requirement booked in full with that seat, in several ways, with everybody else in place."""
    for way in islice(_ways(model, values, there), MOST_WAYS):
        yield flips_for(model, values, there.need, (c.variable for c in way))


def in_place_of_another(
    model: Model, values: Values, there: Candidate, staying: Collection[int]
) -> Iterator[tuple[Flips, ...]]:
    """For each one in the round who may give up a seat for her: with none instead, and with hers where she has one.

    Those who sit there by the decisions ``staying`` do not give way.
    """
    way = next(_ways(model, values, there), None)
    if way is None:
        return
    own = flips_for(model, values, there.need, (c.variable for c in way))
    left = {model.variables.candidates[variable].offer.round.id for variable, value in own.items() if not value}
    there_now = (c for c in model.chosen_in(values, there.offer.round.id) if c.need.hire.id != there.need.hire.id)
    for other in islice((c for c in there_now if c.variable not in staying), MOST_GIVING_WAY):
        without = own | {other.variable: 0}
        hers = (c for c in model.variables.of_block(other.need, other.block) if c.offer.round.id in left)
        yield without, *(without | {c.variable: 1} for c in hers)


def _ways(model: Model, values: Values, there: Candidate) -> Iterator[tuple[Candidate, ...]]:
    """Ways to book her requirement in full with that seat: what she has already, else the earliest first."""
    options: list[list[Candidate]] = []
    for block in there.need.blocks:
        own = model.variables.of_block(there.need, block)
        booked = [c for c in own if values[c.variable]]
        options.append([there] if block == there.block else booked or sorted(own, key=lambda c: c.offer.last))
    return product(*options)
