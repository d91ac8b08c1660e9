"""What a hire of each profile needs that counts, and where she may sit in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.model.build import Model
from scheduler.situation.requirements import Block, Need


@dataclass(frozen=True)
class Part:
    """One block of a counting requirement: the places (in
    ``Catalogue.rounds``) where it is on time, with the variable of each.
    """

    programme: int
    modules: tuple[int, ...]
    places: tuple[int, ...]
    variables: tuple[int, ...]
    lasts: tuple[int, ...]


@dataclass(frozen=True)
class Want:
    """A counting requirement: its weight, how many times over (``priority``) its programme's, and its blocks."""

    programme: int
    weight: int
    priority: int
    parts: tuple[Part, ...]


def wants_of(model: Model, hires: Sequence[str], place_of: Mapping[str, int]) -> tuple[tuple[Want, ...], ...]:
    """The counting requirements of each hire, in the model of all; ``place_of`` has the place of each round by id."""
    by_hire: dict[str, list[Want]] = defaultdict(list)
    number = {programme.id: place for place, programme in enumerate(model.problem.programmes)}
    for need in model.variables.needs:
        if need.counts:
            programme = number[need.programme.id]
            parts = tuple(_part(model, need, block, programme, place_of) for block in need.blocks)
            by_hire[need.hire.id].append(Want(programme, need.weight, need.hire.priority, parts))
    return tuple(tuple(by_hire[hire]) for hire in hires)


def _part(model: Model, need: Need, block: Block, programme: int, place_of: Mapping[str, int]) -> Part:
    assert need.deadline is not None
    own = [c for c in model.variables.of_block(need, block) if c.offer.last <= need.deadline]
    return Part(
        programme,
        block.modules,
        tuple(place_of[c.offer.round.id] for c in own),
        tuple(c.variable for c in own),
        tuple(c.offer.last.toordinal() for c in own),
    )
