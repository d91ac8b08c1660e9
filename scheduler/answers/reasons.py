"""Why a round is not hers: for each requirement that is late,
missing or waiting, the first rule that holds (MODEL.md, Reasons).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from models.ids import Level, RoundStatus, Rule, State
from models.plan import Reason
from models.problem import Round
from scheduler.answers.filled import Filled
from scheduler.answers.own_bookings import OwnBookings
from scheduler.answers.probe import Probe
from scheduler.answers.worsened import Worsened
from scheduler.model.assignment import state_of
from scheduler.seat_rules import closed
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need

EXPLAINED = (State.LATE, State.MISSING, State.WAITING, State.LEAVES)
NeedKey = tuple[str, str]
LAST_REASONS = 20_000
"""Rounds that are still looked at once it is time to end: a
part of a second. A small term is explained whole by then.
"""


class _Shared:
    """Rounds of one programme with the reasons that hold for all
    of an administration; ``asked`` are those without, by place.
    """

    def __init__(self, rounds: Sequence[Round], known: Sequence[Reason | None]) -> None:
        self.rounds = rounds
        self.known = known
        self.asked = [(place, rounds[place]) for place, reason in enumerate(known) if reason is None]
        self.places = {round_.id: place for place, round_ in enumerate(rounds)}


class Explainer:
    """Reasons against one plan."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._model = probe.model
        self._values = probe.values
        self._filled = Filled(probe.model, probe.values)
        self._own = OwnBookings(probe.model, probe.values)
        self._worsened = Worsened(probe, self._filled)
        self._known: dict[tuple[str, Rule, Level | None, str | None], Reason] = {}
        self._given: dict[str, list[str]] = defaultdict(list)
        for hire, session in sorted(probe.model.history.given):
            self._given[hire].append(session)
        self._shared: dict[tuple[str, str, tuple[Block, ...]], _Shared] = {}

    def reasons(self) -> Mapping[NeedKey, tuple[Reason, ...]]:
        """Reasons by requirement, in round order; in a large term
        some requirements are left out where it is time to end.
        """
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
        own = self._own.rounds(need)
        shared = self._of_all(need)
        reasons = list(shared.known)
        for place, round_ in shared.asked:
            reasons[place] = None if round_.id in own else self._reason_in(need, round_)
        barred = self._model.variables.eligibility.barred(need.hire)
        for round_id in own | {s.round for s in need.facts} | set(barred):
            if round_id in shared.places:
                place = shared.places[round_id]
                reasons[place] = None if round_id in own else self._reason_in(need, shared.rounds[place])
        return tuple(reason for reason in reasons if reason is not None)

    def _of_all(self, need: Need) -> _Shared:
        """The rounds that hold what she needs, and why where they
        take nobody of her administration: in a nation most of them.
        """
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
        """Of the first block, in module order, that the round
        holds; none where she has nothing left to attend there.
        """
        for block in need.blocks:
            offer = self._model.variables.eligibility.offer(need, block, round_)
            if offer is not None:
                return self._reason(need, block, offer)
        return None

    def _reason(self, need: Need, block: Block, offer: Offer) -> Reason:
        rule = self.rule_against(need, block, offer)
        level = self._worsened.level(need, block, offer) if rule is Rule.OUTRANKED else None
        locked = self._locked_elsewhere(need, block, offer) if rule in (Rule.FULL, Rule.OUTRANKED) else None
        return self._made(offer.round.id, rule, level, locked)

    def _locked_elsewhere(self, need: Need, block: Block, offer: Offer) -> str | None:
        """The other round to which a given booking of the block locks her."""
        sessions = (self._model.problem.session_by_id[id_] for id_ in self._given.get(need.hire.id, ()))
        rounds = {s.round for s in sessions if s.module in block.modules} & self._rounds_of(need)
        return min(rounds - {offer.round.id}, default=None)

    def _rounds_of(self, need: Need) -> frozenset[str]:
        return frozenset(round_.id for round_ in self._model.problem.rounds_of[need.programme.id])

    def _made(self, round_: str, rule: Rule, level: Level | None, locked: str | None = None) -> Reason:
        """Equal reasons are one object: there may be millions."""
        key = (round_, rule, level, locked)
        if key not in self._known:
            self._known[key] = Reason(round=round_, rule=rule, level=level, locked=locked)
        return self._known[key]

    def rule_against(self, need: Need, block: Block, offer: Offer) -> Rule:
        """The first rule that holds against her sitting there, as the plan is."""
        return (
            self._closed(need, block, offer)
            or self._own.rule_against(need, block, offer)
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
