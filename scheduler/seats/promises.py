"""What is fact, what is pinned, what is free: the promises of
an earlier plan and of given bookings (MODEL.md rules 7 and 15).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from itertools import chain

from models.ids import Rule
from models.problem import Round, Session, TermProblem
from scheduler.seat_rules import clash, notice
from scheduler.seats.candidates import Candidate
from scheduler.seats.eligibility import Eligibility, is_proposal
from scheduler.situation.offers import Offer, offer_of
from scheduler.situation.requirements import Block, Need
from scheduler.situation.settled import History, PublishedSeat

NeedKey = tuple[str, str]


class Promises:
    """Published and given seats on or after the planning date, and how firmly each one stands."""

    def __init__(self, problem: TermProblem, history: History, eligibility: Eligibility) -> None:
        self._problem = problem
        self._history = history
        self._eligibility = eligibility
        self._published = _by_need(history)
        self._hires = {hire for hire, _ in history.settled}
        self._rounds_with_seats = _rounds_with_seats(problem, history)
        self._plain: dict[NeedKey, bool] = {}
        self._loose: dict[NeedKey, bool] = {}

    def rounds_with_seats(self, hire: str) -> Collection[str]:
        """Rounds in which she has a held, given or published seat, or was present without one.

        In all others she is offered what those like her are.
        """
        return self._rounds_with_seats.get(hire, frozenset())

    def any_for(self, hire: str) -> bool:
        """She has a given or published seat from the planning date on."""
        return hire in self._hires

    def published(self, need: Need) -> Sequence[PublishedSeat]:
        """Her published seats from the planning date on, in modules that are still required."""
        remaining = {m for block in need.blocks for m in block.modules}
        return [seat for seat in self._published.get(need.key, ()) if seat.booking.module in remaining]

    def impossible(self, need: Need, seat: PublishedSeat) -> Rule | None:
        """The lasting rule that the seat has come to break."""
        return self._eligibility.impossible(seat.session, need.hire, need.programme)

    def any_impossible(self, need: Need) -> bool:
        """One of her published seats in this requirement became impossible, so that the others may go too."""
        if need.key not in self._loose:
            self._loose[need.key] = any(self._lost(need, seat) for seat in self._published.get(need.key, ()))
        return self._loose[need.key]

    def pinned(self, need: Need, block: Block) -> Collection[str]:
        """Rounds with a session inside the notice window that she keeps."""
        return {s.session.round for s in self._inside(need, block) if s.session and not s.rescheduled}

    def sheltered(self, need: Need) -> bool:
        """A published seat of the requirement lies inside the window, so that rules give way to it where it stays.

        One whose session was given another time may stay too, but may be given up.
        """
        return any(self._inside(need, block) for block in need.blocks)

    def _inside(self, need: Need, block: Block) -> Sequence[PublishedSeat]:
        if need.key not in self._published or self.any_impossible(need):
            return ()
        return [
            seat
            for seat in self.published(need)
            if seat.session
            and seat.session.day < self._history.notice_end
            and seat.session.module in block.modules
            and not self._cut_off(need, seat.session)
        ]

    def within_notice(self, need: Need, candidate: Candidate) -> bool:
        """A published seat of the candidate lies inside the notice
        window: rules give way to it where it stays, though it may go.
        """
        return bool(self._published_inside(need, candidate.offer))

    def _published_inside(self, need: Need, offer: Offer) -> Collection[str]:
        published = {seat.booking.session for seat in self._published.get(need.key, ()) if seat.session}
        return {s.id for s in offer.sessions if s.day < self._history.notice_end and s.id in published}

    def kept_offer(self, need: Need, block: Block, round_: Round) -> Offer | None:
        """Where a pinned seat stands in a round that could not be booked anew: just what was published there."""
        if round_.id not in self.pinned(need, block):
            return None
        offer = self._eligibility.offer(need, block, round_)
        if offer and not self._eligibility.rule_against(need, offer):
            return offer
        own = (seat.session for seat in self.published(need))
        return offer_of(round_, (s for s in own if s and s.round == round_.id and s.module in block.modules))

    def may_book(self, need: Need, block: Block, offer: Offer) -> bool:
        """Nothing closes the offer to her; what is pinned is not
        asked again, and sharing not of what was promised with it.
        """
        if offer.round.id in self.pinned(need, block):
            return True
        if self._eligibility.rule_against(need, offer) is not None:
            return False
        stays = self.sheltered(need) or self._published_inside(need, offer)
        if stays and {s.id for s in offer.sessions} <= self._promised_sessions(need):
            return True
        blocked = is_proposal(offer.round) and self._eligibility.proposal_blocked(offer.round)
        return not blocked and not clash.within(offer.sessions)

    def may_be_plain(self, need: Need) -> bool:
        """Her promised seats may stand though the requirement is not
        booked: a module was missed, or one cannot be had any more.
        """
        if need.key not in self._plain:
            self._plain[need.key] = self._has_promise(need) and (bool(need.missed) or self._stranded(need))
        return self._plain[need.key]

    def must_stay(self, need: Need) -> bool:
        """Plain seats are kept, unless one of the requirement's seats became impossible."""
        return not self.any_impossible(need)

    def plain_seat(self, need: Need, block: Block, candidates: Sequence[Candidate]) -> Candidate | None:
        """The candidate that holds the block's promised seats, where they may be plain."""
        if not self.may_be_plain(need) or (block.retake and not self.pinned(need, block)):
            return None
        return self.promised_candidate(need, block, candidates)

    def promised_candidate(self, need: Need, block: Block, candidates: Sequence[Candidate]) -> Candidate | None:
        """The candidate that holds the block's promised seats, pinned ones first."""
        sessions = self._promised_sessions(need)
        pinned = self.pinned(need, block)
        kept = [c for c in candidates if any(s.id in sessions for s in c.offer.sessions)]
        kept.sort(key=lambda c: c.offer.round.id not in pinned)
        return kept[0] if kept else None

    def was_published(self, need: Need, candidate: Candidate) -> bool:
        """A seat of the candidate was published."""
        sessions = {seat.booking.session for seat in self.published(need)}
        return any(s.id in sessions for s in candidate.offer.sessions)

    def given(self, need: Need, candidate: Candidate) -> bool:
        """A given booking asks for this candidate."""
        return any((need.hire.id, s.id) in self._history.given for s in candidate.offer.sessions)

    @cached_property
    def needs_with_given(self) -> frozenset[NeedKey]:
        """(hire, programme) of every given booking from the planning date on."""
        rounds = self._problem.round_by_id
        return frozenset(
            (hire, rounds[self._problem.session_by_id[session].round].programme)
            for hire, session in self._history.given
        )

    def _lost(self, need: Need, seat: PublishedSeat) -> bool:
        """The seat is impossible, or of no use any more; the
        later meetings of a missed module leave the rest as it is.
        """
        if self.impossible(need, seat) or seat.session is None:
            return True
        missed = {module for module, _ in need.missed}
        return seat.session.module not in missed and self._cut_off(need, seat.session)

    def _cut_off(self, need: Need, session: Session) -> bool:
        """A meeting of the module there is no seat of hers, and it
        is too late to book it (missed, or added at short notice).
        """
        facts = {s.id for s in need.facts}
        meetings = self._problem.meetings[session.round, session.module]
        return any(m.id not in facts and notice.forbids_anew(m, need.hire, self._history) for m in meetings)

    def _has_promise(self, need: Need) -> bool:
        return need.key in self._published or need.key in self.needs_with_given

    def _stranded(self, need: Need) -> bool:
        """Something is pinned, but the requirement has come to need
        more than was promised: a module or a meeting was added.
        """
        if not any(self.pinned(need, block) for block in need.blocks):
            return False
        sessions = self._promised_sessions(need)
        return any(not self._is_promised(need, module, sessions) for block in need.blocks for module in block.modules)

    def _is_promised(self, need: Need, module: int, promised: set[str]) -> bool:
        """In some round she has promised seats at every meeting of the module."""
        held = {s.id for s in need.facts}
        meetings = (self._problem.meetings.get((r.id, module), ()) for r in self._problem.rounds_of[need.programme.id])
        return any(own and all(s.id in promised or s.id in held for s in own) for own in meetings)

    def _promised_sessions(self, need: Need) -> set[str]:
        sessions = {seat.booking.session for seat in self.published(need) if seat.session}
        return sessions | {session for hire, session in self._history.given if hire == need.hire.id}


def _by_need(history: History) -> Mapping[NeedKey, list[PublishedSeat]]:
    found: dict[NeedKey, list[PublishedSeat]] = defaultdict(list)
    for seats in history.published.values():
        for seat in seats:
            found[seat.booking.hire, seat.booking.programme].append(seat)
    return dict(found)


def _rounds_with_seats(problem: TermProblem, history: History) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    held = ((hire, s.id) for own in (history.facts, history.attended) for hire, rows in own.items() for s in rows)
    for hire, session_id in chain(held, history.settled):
        session = problem.session_by_id.get(session_id)
        if session is not None:
            found[hire].add(session.round)
    return dict(found)
