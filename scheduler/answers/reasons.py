"""Why a round is not hers: for each requirement that is late, missing or waiting, the first rule that holds (MODEL.md, Reasons)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import islice, pairwise, product
from operator import or_

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Reason
from models.problem import Round, Session
from scheduler.answers.busy import Busy, Calendar
from scheduler.answers.filled import Filled
from scheduler.answers.probe import Probe, flips_for
from scheduler.linear.model import Values
from scheduler.model.assignment import state_of
from scheduler.model.build import Model
from scheduler.rules import gap, order
from scheduler.seat_rules import closed
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

EXPLAINED = (State.LATE, State.MISSING, State.WAITING)
NeedKey = tuple[str, str]
LAST_REASONS = 20_000
"""Rounds that are still looked at once it is time to end: a part of a second. A small term is explained whole by then."""
MOST_WAYS = 12
"""Ways of booking one requirement that are looked at for one reason."""


@dataclass(frozen=True, slots=True)
class Seated:
    """Her seats: the chosen candidates and what is held."""

    chosen: tuple[Candidate, ...]
    facts: tuple[Session, ...]


class _Shared:
    """Rounds of one programme with the reasons that hold for all of an administration; ``asked`` are those without, by place."""

    def __init__(self, rounds: Sequence[Round], known: Sequence[Reason | None]) -> None:
        self.rounds = rounds
        self.known = known
        self.asked = [(place, rounds[place]) for place, reason in enumerate(known) if reason is None]
        self.places = {round_.id: place for place, round_ in enumerate(rounds)}


class Explainer:
    """Reasons against one plan."""

    def __init__(self, probe: Probe) -> None:
        model, values = probe.model, probe.values
        self._probe = probe
        self._model = model
        self._values = values
        self._dearest: dict[NeedKey, Level | None] = {}
        self._seated = _seated(model, values)
        self._calendar = Calendar(model.problem.sessions)
        self._beside: dict[tuple[NeedKey, tuple[int, ...]], Busy] = {}
        self._spans: dict[Offer, tuple[Span, ...]] = {}
        self._filled = Filled(model, values)
        self._waiting_in: dict[str, Sequence[tuple[int, NeedKey]]] = {}
        self._known: dict[tuple[str, Rule, Level | None], Reason] = {}
        self._shared: dict[tuple[str, str, tuple[Block, ...]], _Shared] = {}

    def reasons(self) -> Mapping[NeedKey, tuple[Reason, ...]]:
        """Reasons by requirement, in round order; in a large term some requirements are left out where it is time to end."""
        found: dict[NeedKey, tuple[Reason, ...]] = {}
        left = LAST_REASONS
        for need in self._model.needs:
            if state_of(self._model, need, self._values) not in EXPLAINED:
                continue
            found[need.key] = self._reasons(need)
            if self._probe.should_stop():
                left -= len(self._of_all(need).rounds)
                if left <= 0:
                    break
        return found

    def _reasons(self, need: Need) -> tuple[Reason, ...]:
        """In round order. What is the same for all of her administration is copied, the rest asked."""
        own = {c.offer.round.id for c in self._seated[need.hire.id].chosen if c.need.key == need.key}
        shared = self._of_all(need)
        reasons = list(shared.known)
        for place, round_ in shared.asked:
            reasons[place] = None if round_.id in own else self._reason_in(need, round_)
        for round_id in own | {s.round for s in need.facts}:
            if round_id in shared.places:
                place = shared.places[round_id]
                reasons[place] = None if round_id in own else self._reason_in(need, shared.rounds[place])
        return tuple(reason for reason in reasons if reason is not None)

    def _of_all(self, need: Need) -> _Shared:
        """The rounds that hold what she needs, and why where they take nobody of her administration: in a nation most of them."""
        key = (need.hire.organisation, need.programme.id, need.blocks)
        if key not in self._shared:
            meetings = self._model.problem.meetings
            rounds = [
                r
                for r in self._model.problem.rounds_of[need.programme.id]
                if any(all((r.id, m) in meetings for m in block.modules) for block in need.blocks)
            ]
            self._shared[key] = _Shared(rounds, [self._closed_to_all(r, need) for r in rounds])
        return self._shared[key]

    def _closed_to_all(self, round_: Round, need: Need) -> Reason | None:
        return (
            self._made(round_.id, Rule.CLOSED, None) if closed.forbids_round(round_, need.hire.organisation) else None
        )

    def _reason_in(self, need: Need, round_: Round) -> Reason | None:
        """Of the first block, in module order, that the round holds; none where she has nothing left to attend there."""
        for block in need.blocks:
            offer = self._model.variables.eligibility.offer(need, block, round_)
            if offer is not None:
                return self._reason(need, block, offer)
        return None

    def _reason(self, need: Need, block: Block, offer: Offer) -> Reason:
        rule = self.rule_against(need, block, offer)
        return self._made(offer.round.id, rule, self._level(need, block, offer) if rule is Rule.OUTRANKED else None)

    def _made(self, round_: str, rule: Rule, level: Level | None) -> Reason:
        """Equal reasons are one object: there may be millions."""
        key = (round_, rule, level)
        if key not in self._known:
            self._known[key] = Reason(round=round_, rule=rule, level=level)
        return self._known[key]

    def rule_against(self, need: Need, block: Block, offer: Offer) -> Rule:
        """The first rule that holds against her sitting there, as the plan is."""
        return (
            self._closed(need, block, offer)
            or self._against_others(need, block, offer)
            or (Rule.FULL if self._filled.is_full(offer, need.hire.organisation) else Rule.OUTRANKED)
        )

    def _closed(self, need: Need, block: Block, offer: Offer) -> Rule | None:
        """Closed to her whatever the others do."""
        eligibility = self._model.variables.eligibility
        if rule := eligibility.rule_against(need, offer):
            return rule
        if offer.round.status is RoundStatus.PROPOSED and eligibility.proposal_blocked(offer.round):
            return Rule.SHARED
        if eligibility.quota_is_zero(offer.round, need.hire):
            return Rule.QUOTA
        return Rule.AFTER_DEADLINE if need.deadline and offer.last > need.deadline else None

    def _against_others(self, need: Need, block: Block, offer: Offer) -> Rule | None:
        """Against her other bookings."""
        others, there = self._busy_beside(need, block), self._calendar.of(offer)
        if self._calendar.torn(offer) or there.overlaps(others):
            return Rule.CLASH
        settings, caseload = self._model.problem.settings, need.hire.caseload_start
        caps = settings.weekly_cap_halves // 2, settings.weekly_cap_with_cases_halves // 2
        if self._calendar.over_cap(there, others, *caps, caseload):
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
                if not variables.booked(before).value(self._values) or (ends and offer.start < max(ends)):
                    return True
        return any(starts < offer.end for starts in self._starts_of_followers(need))

    def _ends(self, need: Need) -> list[datetime]:
        return [c.offer.end for c in self._seated[need.hire.id].chosen if c.need.key == need.key]

    def _starts_of_followers(self, need: Need) -> Iterator[datetime]:
        for candidate in self._seated[need.hire.id].chosen:
            if need.programme.id in candidate.need.programme.after:
                yield candidate.offer.start

    def _level(self, need: Need, block: Block, offer: Offer) -> Level:
        """The first level that her seat there would worsen: with everybody else in place if that can be, else at best."""
        candidates = self._model.variables.of_block(need, block)
        there = next((c for c in candidates if c.offer.round.id == offer.round.id), None)
        if there is not None and not self._probe.quiet and not self._probe.weary:
            worse = self._worse_alone(need, there) or (self._worse_at_best(need, there) if need.counts else None)
            if worse is not None:
                return worse
        # No plan has her there: a proposal would open for too few, or the seats of her other modules are taken.
        unopened = offer.round.status is RoundStatus.PROPOSED and self._filled.is_empty(offer)
        return Level.ROUNDS if unopened else self._worse_if_displaced(need)

    def _worse_alone(self, need: Need, there: Candidate) -> Level | None:
        """The mildest first level that is worse when she is booked with that seat and nobody else moves; None where that is no plan."""
        mildest = -1
        for way in islice(self._ways(need, there), MOST_WAYS):
            step = self._probe.step(flips_for(self._model, self._values, need, (c.variable for c in way)))
            if step.holds and step.worse is not None:
                mildest = max(mildest, self._probe.order.index(step.worse))
            if mildest == len(self._probe.order) - 1:
                break
        return None if mildest < 0 else self._probe.order[mildest]

    def _ways(self, need: Need, there: Candidate) -> Iterator[tuple[Candidate, ...]]:
        """Ways to book the requirement in full with that seat: what she has already, else the earliest first."""
        options: list[Sequence[Candidate]] = []
        for block in need.blocks:
            own = self._model.variables.of_block(need, block)
            booked = [c for c in own if self._values[c.variable]]
            options.append([there] if block == there.block else booked or sorted(own, key=lambda c: c.offer.last))
        return product(*options)

    def _worse_at_best(self, need: Need, there: Candidate) -> Level | None:
        """The same when the others may move for her; asked once for each requirement, since the answer is that of its dearest seat."""
        if need.key not in self._dearest:
            self._dearest[need.key] = self._probe.first_worse([there])
        return self._dearest[need.key]

    def _worse_if_displaced(self, need: Need) -> Level:
        """Who would have to give way to her: somebody with a deadline, somebody who waits with more weight, or an equal."""
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


def _touches(offer: Offer, one: Span, other: Span) -> bool:
    return offer.round.id in (one.round, other.round)


def _seated(model: Model, values: Values) -> dict[str, Seated]:
    chosen: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in model.chosen(values):
        chosen[candidate.need.hire.id].append(candidate)
    return {h.id: Seated(tuple(chosen[h.id]), tuple(model.history.facts.get(h.id, ()))) for h in model.problem.hires}
