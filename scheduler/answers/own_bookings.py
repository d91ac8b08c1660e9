"""Which rule her own other bookings break with a seat: clash,
weekly cap, order, distance, ``efter`` (MODEL.md rules 8 to 11).

The rows of the model tell it too, but not which of two rules comes first, and asking them takes longer: there may be a
million of seats to ask about (docs/adr/103). What each rule says is asked of its own file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import pairwise
from operator import or_

from models.ids import Rule
from models.problem import Session
from scheduler.answers.busy import Busy, Calendar
from scheduler.linear.model import Values
from scheduler.model.build import Model
from scheduler.rules import after, gap, order
from scheduler.seats.candidates import Candidate
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need
from scheduler.situation.sequence import (
    Span,
    booked_spans,
    day_missed_between,
    has_distances,
    held_spans,
    in_date_order,
    neighbours,
    same_cohort_round,
)

NeedKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Seated:
    """Her seats: the chosen candidates and what is held."""

    chosen: tuple[Candidate, ...]
    facts: tuple[Session, ...]


class OwnBookings:
    """Everybody's seats in one plan, against any other that she might have."""

    def __init__(self, model: Model, values: Values) -> None:
        self._model = model
        self._values = values
        self._seated = _seated(model, values)
        self._calendar = Calendar(model.problem.sessions, model.problem.settings.half_day_minutes)
        self._beside: dict[tuple[NeedKey, tuple[int, ...]], Busy] = {}
        self._spans: dict[Offer, tuple[Span, ...]] = {}

    def rounds(self, need: Need) -> frozenset[str]:
        """The rounds in which the requirement is booked."""
        return frozenset(c.offer.round.id for c in self._seated[need.hire.id].chosen if c.need.key == need.key)

    def rule_against(self, need: Need, block: Block, offer: Offer) -> Rule | None:
        """The first rule that they break with the block in this offer."""
        others, there = self._busy_beside(need, block), self._calendar.of(offer)
        if self._calendar.torn(offer) or there.overlaps(others):
            return Rule.CLASH
        settings, caseload = self._model.problem.settings, need.hire.caseload_start
        if self._calendar.over_cap(there, others, settings, caseload):
            return Rule.WEEKLY_CAP
        if rule := self._out_of_sequence(need, block, offer):
            return rule
        return Rule.AFTER if self._breaks_after(need, offer) else None

    def _busy_beside(self, need: Need, block: Block) -> Busy:
        """Her meetings, but for those of one block."""
        key = (need.key, block.modules)
        if key not in self._beside:
            seated = self._seated[need.hire.id]
            others = (self._calendar.of(c.offer) for c in seated.chosen if (c.need.key, c.block.modules) != key)
            self._beside[key] = reduce(or_, others, self._calendar.at(seated.facts))
        return self._beside[key]

    def _out_of_sequence(self, need: Need, block: Block, offer: Offer) -> Rule | None:
        if block.retake or not (need.programme.ordered or has_distances(need)):
            return None
        pairs = [(a, b) for a, b in self._pairs_with(need, block, offer) if not same_cohort_round(need, a, b)]
        if any(order.breaks(need, a, b) for a, b in pairs):
            return Rule.ORDER
        return Rule.GAP if any(gap.breaks(need, a, b) for a, b in pairs) else None

    def _pairs_with(self, need: Need, block: Block, offer: Offer) -> list[tuple[Span, Span]]:
        """Neighbouring modules of the requirement as they would lie, of which one is of the offer."""
        parts = self._parts_with(need, block, offer)
        if need.programme.ordered:
            pairs = [(parts[a], parts[b]) for a, b in neighbours(need, parts)]
        else:
            dated = in_date_order(list(parts.values()))
            pairs = [(a, b) for a, b in pairwise(dated) if not day_missed_between(need, a, b)]
        return [(a, b) for a, b in pairs if _touches(offer, a, b)]

    def _parts_with(self, need: Need, block: Block, offer: Offer) -> dict[int, Span]:
        """Where each module of the requirement would lie, retakes left out."""
        others = (
            c
            for c in self._seated[need.hire.id].chosen
            if c.need.key == need.key and c.block != block and not c.block.retake
        )
        own = (span for c in others for span in self._booked_spans(need, c.offer))
        return {span.module: span for span in (*held_spans(need), *own, *self._booked_spans(need, offer))}

    def _booked_spans(self, need: Need, offer: Offer) -> tuple[Span, ...]:
        if need.facts:
            return booked_spans(need, offer)
        if offer not in self._spans:
            self._spans[offer] = booked_spans(need, offer)
        return self._spans[offer]

    def _breaks_after(self, need: Need, offer: Offer) -> bool:
        variables = self._model.variables
        for programme in need.programme.after:
            before = variables.need_by_key.get((need.hire.id, programme))
            if before is not None:
                ends = self._ends(before)
                if not variables.booked(before).value(self._values) or any(
                    after.too_early(offer.start, end) for end in ends
                ):
                    return True
        return any(after.too_early(starts, offer.end) for starts in self._starts_of_followers(need))

    def _ends(self, need: Need) -> list[datetime]:
        return [c.offer.end for c in self._seated[need.hire.id].chosen if c.need.key == need.key]

    def _starts_of_followers(self, need: Need) -> Iterator[datetime]:
        for candidate in self._seated[need.hire.id].chosen:
            if need.programme.id in candidate.need.programme.after:
                yield candidate.offer.start


def _touches(offer: Offer, one: Span, other: Span) -> bool:
    return offer.round.id in (one.round, other.round)


def _seated(model: Model, values: Values) -> dict[str, Seated]:
    chosen: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in model.chosen(values):
        chosen[candidate.need.hire.id].append(candidate)
    return {h.id: Seated(tuple(chosen[h.id]), tuple(model.history.facts.get(h.id, ()))) for h in model.problem.hires}
