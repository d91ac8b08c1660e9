"""What each hire is offered: what those like her are, but for rounds in which she has seats."""

from __future__ import annotations

from collections.abc import Sequence

from models.problem import Round
from scheduler.seats.eligibility import Eligibility
from scheduler.seats.promises import Promises
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need

OfferedNumbers = tuple[tuple[int, bool], ...]
"""Of each block of a requirement: the number of what is offered, and whether it is a retake."""


class Offered:
    """Offers for the blocks of requirements, beside what is held and promised."""

    def __init__(self, eligibility: Eligibility, promises: Promises) -> None:
        self._eligibility = eligibility
        self._promises = promises

    def numbers(self, need: Need) -> OfferedNumbers:
        """Equal for requirements to which the same would be offered if nothing were held or promised."""
        return tuple((self._eligibility.offers(need, block).number, block.retake) for block in need.blocks)

    def to(self, need: Need, block: Block) -> Sequence[Offer]:
        """What those like her are offered, but for rounds in which she has seats: there it depends on these."""
        anew = self._eligibility.offers(need, block).offers
        own = self._promises.rounds_with_seats(need.hire.id)
        if not own:
            return anew
        offers = {offer.round.id: offer for offer in anew}
        found = []
        for round_ in self._eligibility.open_rounds(need.programme, need.hire):
            offer = self._beside_seats(need, block, round_) if round_.id in own else offers.get(round_.id)
            if offer:
                found.append(offer)
        return found

    def _beside_seats(self, need: Need, block: Block, round_: Round) -> Offer | None:
        offer = self._promises.kept_offer(need, block, round_) or self._eligibility.offer(need, block, round_)
        return offer if offer and self._promises.may_book(need, block, offer) else None
