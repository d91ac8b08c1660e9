"""A candidate: one way to book one block of a requirement, and the decision variable that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need

Place = tuple[tuple[str, str], tuple[int, ...], str]
"""(requirement, modules of a block, round id): a candidate, whatever its model."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Booking ``block`` of ``need`` in ``offer.round``; ``variable`` is 1 when that is chosen."""

    variable: int
    need: Need
    block: Block
    offer: Offer

    @property
    def place(self) -> Place:
        """Which booking it is, in any model."""
        return self.need.key, self.block.modules, self.offer.round.id
