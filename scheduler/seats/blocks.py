"""The bookings of a requirement: one variable for each block
and round that it may be booked in, all of its blocks or none.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.linear.model import Linear, LinearModel, total
from scheduler.seats.candidates import Candidate
from scheduler.seats.offered import Offered
from scheduler.seats.promises import Promises
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need


class Blocks:
    """The candidates of all requirements, in their order, and the rows that tie the blocks of each together."""

    def __init__(self, needs: Sequence[Need], linear_model: LinearModel, promises: Promises, offered: Offered) -> None:
        self.candidates: list[Candidate] = []
        self._linear_model = linear_model
        self._promises = promises
        self._of_block: dict[tuple[tuple[str, str], tuple[int, ...]], Sequence[Candidate]] = {}
        for need in needs:
            for block in need.blocks:
                self._of_block[need.key, block.modules] = self._add(need, block, offered.to(need, block))
        self._booked = {need.key: linked for need in needs if (linked := self._link_blocks(need)) is not None}

    def of_block(self, need: Need, block: Block) -> Sequence[Candidate]:
        """Where the block may be booked."""
        return self._of_block[need.key, block.modules]

    def first_of(self, need: Need) -> int:
        """The first variable of the requirement: those of all its blocks follow each other."""
        return next(own[0].variable for block in need.blocks if (own := self.of_block(need, block)))

    def booked(self, need: Need) -> Linear:
        """1 when the requirement is booked in full."""
        known = self._booked.get(need.key)
        return total(c.variable for c in self.of_block(need, need.blocks[0])) if known is None else known

    def _add(self, need: Need, block: Block, offers: Sequence[Offer]) -> Sequence[Candidate]:
        first = self._linear_model.binaries(len(offers))
        numbers = self._linear_model.numbers[first:]
        own = [Candidate(variable, need, block, offer) for variable, offer in zip(numbers, offers, strict=True)]
        self.candidates += own
        return own

    def _link_blocks(self, need: Need) -> Linear | None:
        """All blocks or none; blocks that are kept as plain seats otherwise are tied by ``_link_plain``.

        Returns what is 1 when it is booked in full, None where that is
        the sum of its first block: this is made when it is asked for.
        """
        own = [self.of_block(need, block) for block in need.blocks]
        if len(own) == 1 and not self._promises.may_be_plain(need):
            if len(own[0]) > 1:
                self._linear_model.at_most(total(c.variable for c in own[0]), 1)
            return None
        if not self._promises.may_be_plain(need):
            return self._all_or_none(own)
        variable = self._booked_variable(own)
        for block, candidates in zip(need.blocks, own, strict=True):
            if kept := self._promises.plain_seat(need, block, candidates):
                must_stay = self._promises.must_stay(need) and self._promises.was_published(need, kept)
                self._link_plain(candidates, kept, variable, must_stay)
            else:
                self._linear_model.equal(total(c.variable for c in candidates).add(total([variable], -1)), 0)
        return total([variable])

    def _all_or_none(self, own: Sequence[Sequence[Candidate]]) -> Linear | None:
        """Every block is booked as often as the first: once or never."""
        if not all(own):
            for candidates in own:
                self._linear_model.at_most(total(c.variable for c in candidates), 0)
            return Linear()
        first, *others = (total(c.variable for c in candidates) for candidates in own)
        self._linear_model.at_most(Linear().add(first), 1)
        for other in others:
            self._linear_model.equal(Linear().add(first).add(other, -1), 0)
        return None

    def _booked_variable(self, own: Sequence[Sequence[Candidate]]) -> int:
        groups = [[c.variable for c in candidates] for candidates in own]
        members = [v for group in groups for v in group]
        return self._linear_model.helper(
            0, 1, members, lambda values: int(all(any(values[v] for v in group) for group in groups)), restricts=True
        )

    def _link_plain(self, own: Sequence[Candidate], kept: Candidate, booked: int, must_stay: bool) -> None:
        """Unless booked in full, the block may hold nothing but its
        published seat, and must where nothing of it is impossible.
        """
        others = [c.variable for c in own if c is not kept]
        self._linear_model.at_most(total(others).add(total([booked], -1)), 0)
        everything = total(others).add(total([kept.variable]))
        self._linear_model.at_most(Linear().add(everything), 1)
        if must_stay:
            self._linear_model.at_most(Linear().add(everything, -1), -1)
        else:
            self._linear_model.at_most(total([booked]).add(everything, -1), 0)
