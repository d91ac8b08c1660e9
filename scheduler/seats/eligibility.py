"""Who may sit where, and the rule that says no: rules 3-7
and 12 of MODEL.md, for the model and for the reasons alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.ids import RoundStatus, Rule
from models.problem import Absence, Hire, Programme, Round, Session, TermProblem
from scheduler.seat_rules import SEAT_RULES, clash, closed, likeness, notice, shared
from scheduler.situation.offers import Offer, offer_of
from scheduler.situation.requirements import Block, Need
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import Forbids, SeatRule
from scheduler.situation.settled import History

REASON_ORDER = tuple(Rule)
_RANK = {rule: rank for rank, rule in enumerate(REASON_ORDER)}
_NEVER = len(REASON_ORDER)
_Ranked = Sequence[tuple[int, Forbids]]
"""Rules ready to be asked, each with its place in the order of reasons, by that place."""


@dataclass(frozen=True)
class OfferedSet:
    """Offers in round order; two sets of one ``Eligibility`` hold the same offers when their numbers are equal."""

    number: int
    offers: tuple[Offer, ...]


class Eligibility:
    """Answers for one problem on one planning date which rule, if any, closes a seat to a hire."""

    def __init__(self, problem: TermProblem, history: History, rules: Sequence[SeatRule] = SEAT_RULES) -> None:
        self.problem = problem
        self.history = history
        ready = sorted(((_RANK[r.rule], r, r.ready_for(problem, history)) for r in rules), key=lambda one: one[0])
        self._of_day: _Ranked = [(rank, forbids) for rank, rule, forbids in ready if rule.of_a_day and rule.lasting]
        self._lasting: _Ranked = [(rank, forbids) for rank, r, forbids in ready if r.lasting and not r.of_a_day]
        self._of_meeting: _Ranked = [(rank, forbids) for rank, r, forbids in ready if not (r.lasting and r.of_a_day)]
        self._likeness = likeness(rules)
        self._absences = _by_hire(problem.absences)
        self._barred = _barred(problem)
        self._blocked_proposals = shared.blocked_proposals(
            problem, {s.round for facts in history.facts.values() for s in facts}
        )
        self._open_rounds: dict[tuple[str, str], Sequence[Round]] = {}
        self._alike_numbers: dict[Hashable, int] = {}
        self._alike: dict[str, int] = {}
        self._day_ranks: dict[tuple[int, date], int] = {}
        self._offers: dict[tuple[str, tuple[int, ...]], Offer | None] = {}
        self._offered: dict[tuple[int, str, tuple[int, ...]], OfferedSet] = {}
        self._offered_sets: dict[tuple[Offer, ...], OfferedSet] = {}
        self._ranks: dict[tuple[int, Offer], int] = {}
        self._full_quotas = {(q.round, q.organisation) for q in problem.quotas if q.at_most == 0}

    def open_rounds(self, programme: Programme, hire: Hire) -> Sequence[Round]:
        """Rounds of the programme that are open to her administration and not cancelled (rule 3)."""
        key = (programme.id, hire.organisation)
        if key not in self._open_rounds:
            rounds = self.problem.rounds_of[programme.id]
            self._open_rounds[key] = [r for r in rounds if not closed.forbids_round(r, hire.organisation)]
        return self._open_rounds[key]

    def offer(self, need: Need, block: Block, round_: Round) -> Offer | None:
        """What she would attend there; None where the round lacks
        a module of the block, or nothing is left to attend.
        """
        held = {s.id for s in need.facts if s.round == round_.id and s.module in block.modules} if need.facts else None
        if held:
            return offer_of(round_, (s for s in self._meetings(block, round_) or () if s.id not in held))
        return self._offer_anew(round_, block)

    def _offer_anew(self, round_: Round, block: Block) -> Offer | None:
        key = (round_.id, block.modules)
        if key not in self._offers:
            meetings = self._meetings(block, round_)
            self._offers[key] = offer_of(round_, meetings) if meetings else None
        return self._offers[key]

    def offers(self, need: Need, block: Block) -> OfferedSet:
        """Where she could sit if nothing were held or promised: all that no rule closes, in round order.

        Asked once for all hires who are alike in what these rules read; equal answers have one number (docs/adr/101).
        """
        key = (self._number_of(need.hire), need.programme.id, block.modules)
        if key not in self._offered:
            rounds = self.open_rounds(need.programme, need.hire)
            offers = (self._offer_anew(round_, block) for round_ in rounds)
            found = tuple(o for o in offers if o and self._open_anew(need, o))
            self._offered[key] = self._offered_sets.setdefault(found, OfferedSet(len(self._offered_sets), found))
        return self._offered[key]

    def rule_against(self, need: Need, offer: Offer) -> Rule | None:
        """The first lasting or notice rule, in the order of reasons,
        that closes the offer to her; None when she may sit there.
        """
        rank = self._rank_anew(need, offer)
        if rank == _RANK[Rule.NOTICE]:
            rank = self._rank_beside_promises(need, offer)
        return REASON_ORDER[rank] if rank < _NEVER else None

    def proposal_blocked(self, round_: Round) -> bool:
        """The proposal shares a trainer or room with a round that runs anyway, at overlapping times (rule 14)."""
        return round_.id in self._blocked_proposals

    def barred(self, hire: Hire) -> Collection[str]:
        """Ids of the rounds that are barred to her (rule 3)."""
        return self._barred.get(hire.id, frozenset())

    def quota_is_zero(self, round_: Round, hire: Hire) -> bool:
        """None of her administration may sit there (rule 2)."""
        return (round_.id, hire.organisation) in self._full_quotas

    def impossible(self, session: Session | None, hire: Hire, programme: Programme) -> Rule | None:
        """The lasting rule that makes a published seat impossible; ``stängd`` where the input no longer lists it."""
        if session is None:
            return Rule.CLOSED
        round_ = self.problem.round_by_id[session.round]
        rank = self._session_rank(self._seat(hire, programme, round_, session), self._lasting)
        return REASON_ORDER[rank] if rank < _NEVER else None

    def _open_anew(self, need: Need, offer: Offer) -> bool:
        """No rule closes the offer to her, if she has no seats at all."""
        blocked = is_proposal(offer.round) and self.proposal_blocked(offer.round)
        return not blocked and not clash.within(offer.sessions) and self._rank_anew(need, offer) == _NEVER

    def _number_of(self, hire: Hire) -> int:
        """The number of those who are like her in all that the rules of one seat read."""
        number = self._alike.get(hire.id)
        if number is None:
            key = self._likeness(hire, self._absences.get(hire.id, ()), self.barred(hire))
            number = self._alike[hire.id] = self._alike_numbers.setdefault(key, len(self._alike_numbers))
        return number

    def _meetings(self, block: Block, round_: Round) -> tuple[Session, ...] | None:
        parts = [self.problem.meetings.get((round_.id, module)) for module in block.modules]
        return None if None in parts else tuple(s for part in parts if part for s in part)

    def _rank_anew(self, need: Need, offer: Offer) -> int:
        """The place of the first rule that closes it if she has no seats at all; the same for all who are like her."""
        key = (self._number_of(need.hire), offer)
        if key not in self._ranks:
            self._ranks[key] = min(
                self._session_rank(self._seat(need.hire, need.programme, offer.round, session), self._of_meeting)
                for session in offer.sessions
            )
        return self._ranks[key]

    def _rank_beside_promises(self, need: Need, offer: Offer) -> int:
        """The place of the first rule that closes it, where her given and published seats need no notice."""
        return min(
            self._session_rank(
                self._seat(need.hire, need.programme, offer.round, session),
                self._lasting if notice.is_no_news(session, need.hire, self.history) else self._of_meeting,
            )
            for session in offer.sessions
        )

    def _seat(self, hire: Hire, programme: Programme, round_: Round, session: Session) -> Seat:
        return Seat(hire, self._absences.get(hire.id, ()), self.barred(hire), programme, round_, session)

    def _session_rank(self, seat: Seat, rules: _Ranked) -> int:
        """The place of the first of these rules, or of those of a day, that closes the seat."""
        of_day = self._day_rank(seat)
        return next((rank for rank, forbids in rules if rank < of_day and forbids(seat)), of_day)

    def _day_rank(self, seat: Seat) -> int:
        key = (self._number_of(seat.hire), seat.session.day)
        rank = self._day_ranks.get(key)
        if rank is None:
            rank = self._day_ranks[key] = next((rank for rank, forbids in self._of_day if forbids(seat)), _NEVER)
        return rank


def _by_hire(rows: tuple[Absence, ...]) -> Mapping[str, list[Absence]]:
    found: dict[str, list[Absence]] = defaultdict(list)
    for row in rows:
        if row.hire is not None:
            found[row.hire].append(row)
    return found


def _barred(problem: TermProblem) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in problem.barred:
        found[row.hire].add(row.round)
    return dict(found)


def is_proposal(round_: Round) -> bool:
    """The plan decides whether it runs."""
    return round_.status is RoundStatus.PROPOSED
