"""Which level her seat would worsen: tried with everybody else in
place, then at best, then told from who would have to give way.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.ids import Level, RoundStatus
from scheduler.answers.filled import Filled
from scheduler.answers.flips import alone
from scheduler.answers.probe import Probe
from scheduler.seats.candidates import Candidate
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need

NeedKey = tuple[str, str]


class Worsened:
    """Levels that seats would worsen, in one plan."""

    def __init__(self, probe: Probe, filled: Filled) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._filled = filled
        self._dearest: dict[NeedKey, Level | None] = {}
        self._waiting_in: dict[str, Sequence[tuple[int, NeedKey]]] = {}

    def level(self, need: Need, block: Block, offer: Offer) -> Level:
        """The first level that her seat there would worsen: with
        everybody else in place if that can be, else at best.
        """
        candidates = self._model.variables.of_block(need, block)
        there = next((c for c in candidates if c.offer.round.id == offer.round.id), None)
        if there is not None and not self._probe.asks_no_solver and not self._probe.out_of_steps:
            worse = self._worse_alone(there) or (self._worse_at_best(need, there) if need.counts else None)
            if worse is not None:
                return worse
        # No plan has her there: a proposal would open for too few, or the seats of her other modules are taken.
        unopened = offer.round.status is RoundStatus.PROPOSED and self._filled.is_empty(offer)
        return Level.ROUNDS if unopened else self._worse_if_displaced(need)

    def _worse_alone(self, there: Candidate) -> Level | None:
        """The mildest first level that is worse when she is booked with
        that seat and nobody else moves; None where that is no plan.
        """
        mildest = -1
        for flips in alone(self._model, self._values, there):
            step = self._probe.step(flips)
            if step.holds and step.worse is not None:
                mildest = max(mildest, self._probe.order.index(step.worse))
            if mildest == len(self._probe.order) - 1:
                break
        return None if mildest < 0 else self._probe.order[mildest]

    def _worse_at_best(self, need: Need, there: Candidate) -> Level | None:
        """The first level that is worse when the others may move for
        her: one answer for each requirement, that of its dearest seat.
        """
        if need.key not in self._dearest:
            self._dearest[need.key] = self._probe.first_worse([there])
        return self._dearest[need.key]

    def _worse_if_displaced(self, need: Need) -> Level:
        """Who would have to give way to her: somebody with a
        deadline, somebody who waits with more weight, or an equal.
        """
        if need.counts:
            return Level.ON_TIME
        rounds = {c.offer.round.id for block in need.blocks for c in self._model.variables.of_block(need, block)}
        lightest = [w for r in rounds if (w := self._lightest_waiting(r, need.key)) is not None]
        if not lightest:
            return Level.ON_TIME
        return Level.DAYS if min(lightest) <= need.weight else Level.WAITING

    def _lightest_waiting(self, round_id: str, but: NeedKey) -> int | None:
        """The least weight of a seat in the round that is not there for a deadline, her own left out."""
        if round_id not in self._waiting_in:
            seated = self._model.chosen_in(self._values, round_id)
            self._waiting_in[round_id] = sorted((c.need.weight, c.need.key) for c in seated if not c.need.counts)
        return next((weight for weight, key in self._waiting_in[round_id] if key != but), None)
