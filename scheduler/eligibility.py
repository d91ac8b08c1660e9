"""Who may sit where, and the rule that says no: rules 3-7 and 12 of MODEL.md, for the model and for the reasons alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.ids import RoundStatus, Rule
from models.problem import Absence, Hire, Programme, Round, Session, TermProblem
from scheduler.history import History
from scheduler.requirements import Block, Need
from scheduler.rules import absence, accessible, breaks, closed, earliest, employed, notice, shared, weekday

REASON_ORDER = tuple(Rule)
_RANK = {rule: rank for rank, rule in enumerate(REASON_ORDER)}
_NEVER = len(REASON_ORDER)
LASTING = frozenset(
    {Rule.CLOSED, Rule.BREAK, Rule.ABSENCE, Rule.WEEKDAY, Rule.EMPLOYED, Rule.EARLIEST, Rule.ACCESSIBLE}
)
"""Rules that make a published seat impossible when the input changes (MODEL.md rule 7)."""


@dataclass(frozen=True)
class Offer:
    """The meetings one attends for a block in a round, the held ones left out. ``start`` and ``end`` are local wall-clock times."""

    round: Round
    sessions: tuple[Session, ...]
    days: tuple[date, ...]
    start: datetime
    end: datetime

    @property
    def first(self) -> date:
        """Date of the first meeting."""
        return self.start.date()

    @property
    def last(self) -> date:
        """Date of the last meeting: the day of completion."""
        return self.end.date()


class Eligibility:
    """Answers for one problem on one planning date which rule, if any, closes a seat to a hire."""

    def __init__(self, problem: TermProblem, history: History) -> None:
        self.problem = problem
        self.history = history
        self._closed_days = breaks.ClosedDays(problem)
        self._absences = _by_hire(problem.absences)
        self._blocked_proposals = shared.blocked_proposals(
            problem, {s.round for facts in history.facts.values() for s in facts}
        )
        self._open_rounds: dict[tuple[str, str], Sequence[Round]] = {}
        self._day_ranks: dict[tuple[str, date], int] = {}
        self._offers: dict[tuple[str, tuple[int, ...]], Offer | None] = {}
        self._full_quotas = {(q.round, q.organisation) for q in problem.quotas if q.at_most == 0}

    def open_rounds(self, programme: Programme, hire: Hire) -> Sequence[Round]:
        """Rounds of the programme that are open to her administration and not cancelled (rule 3)."""
        key = (programme.id, hire.organisation)
        if key not in self._open_rounds:
            rounds = self.problem.rounds_of[programme.id]
            self._open_rounds[key] = [r for r in rounds if not closed.forbids_round(r, hire)]
        return self._open_rounds[key]

    def offer(self, need: Need, block: Block, round_: Round) -> Offer | None:
        """What she would attend there; None where the round lacks a module of the block, or nothing is left to attend."""
        held = {s.id for s in need.facts if s.round == round_.id and s.module in block.modules} if need.facts else None
        if held:
            return offer_of(round_, (s for s in self._meetings(block, round_) or () if s.id not in held))
        key = (round_.id, block.modules)
        if key not in self._offers:
            meetings = self._meetings(block, round_)
            self._offers[key] = offer_of(round_, meetings) if meetings else None
        return self._offers[key]

    def rule_against(self, need: Need, block: Block, offer: Offer) -> Rule | None:
        """The first lasting or notice rule, in the order of reasons, that closes the offer to her; None when she may sit there."""
        hire, rank = need.hire, _NEVER
        if closed.forbids_round(offer.round, hire) or self._module_cancelled(block, offer):
            return Rule.CLOSED
        for session in offer.sessions:
            rank = min(rank, self._session_rank(session, hire, need.programme))
        return REASON_ORDER[rank] if rank < _NEVER else None

    def proposal_blocked(self, round_: Round) -> bool:
        """The proposal shares a trainer or room with a round that runs anyway, at overlapping times (rule 14)."""
        return round_.id in self._blocked_proposals

    def quota_is_zero(self, round_: Round, hire: Hire) -> bool:
        """None of her administration may sit there (rule 2)."""
        return (round_.id, hire.organisation) in self._full_quotas

    def impossible(self, session: Session | None, hire: Hire, programme: Programme) -> Rule | None:
        """The lasting rule that makes a published seat impossible; ``stängd`` where the input no longer lists it."""
        if session is None:
            return Rule.CLOSED
        round_ = self.problem.round_by_id[session.round]
        if closed.forbids_round(round_, hire) or any(
            s.cancelled for s in self.problem.meetings[session.round, session.module]
        ):
            return Rule.CLOSED
        rank = self._session_rank(session, hire, programme)
        if rank == _RANK[Rule.NOTICE]:
            rank = _RANK[Rule.ACCESSIBLE] if accessible.forbids(session, hire) else _NEVER
        return REASON_ORDER[rank] if rank < _NEVER else None

    def _module_cancelled(self, block: Block, offer: Offer) -> bool:
        return any(s.cancelled for module in block.modules for s in self.problem.meetings[offer.round.id, module])

    def _meetings(self, block: Block, round_: Round) -> tuple[Session, ...] | None:
        parts = [self.problem.meetings.get((round_.id, module)) for module in block.modules]
        return None if None in parts else tuple(s for part in parts if part for s in part)

    def _session_rank(self, session: Session, hire: Hire, programme: Programme) -> int:
        if closed.forbids(session, self.problem.settings):
            return _RANK[Rule.CLOSED]
        rank = self._day_rank(session.day, hire)
        if rank == _NEVER and earliest.forbids(session.day, hire, programme):
            return _RANK[Rule.EARLIEST]
        if rank == _NEVER and notice.forbids(session, hire, self.history):
            return _RANK[Rule.NOTICE]
        if rank == _NEVER and accessible.forbids(session, hire):
            return _RANK[Rule.ACCESSIBLE]
        return rank

    def _day_rank(self, day: date, hire: Hire) -> int:
        key = (hire.id, day)
        rank = self._day_ranks.get(key)
        if rank is None:
            rank = self._day_ranks[key] = self._new_day_rank(day, hire)
        return rank

    def _new_day_rank(self, day: date, hire: Hire) -> int:
        if self._closed_days.forbids(day, hire.organisation):
            return _RANK[Rule.BREAK]
        if absence.forbids(day, self._absences.get(hire.id, ())):
            return _RANK[Rule.ABSENCE]
        if weekday.forbids(day, hire):
            return _RANK[Rule.WEEKDAY]
        return _RANK[Rule.EMPLOYED] if employed.forbids(day, hire) else _NEVER


def offer_of(round_: Round, meetings: Iterable[Session]) -> Offer | None:
    """The offer of these meetings in the round; None without any."""
    sessions = tuple(sorted(meetings, key=lambda s: (s.starts_at, s.id)))
    if not sessions:
        return None
    days = tuple(sorted({s.day for s in sessions}))
    return Offer(round_, sessions, days, sessions[0].starts_at, max(s.ends_at for s in sessions))


def _by_hire(rows: tuple[Absence, ...]) -> Mapping[str, list[Absence]]:
    found: dict[str, list[Absence]] = defaultdict(list)
    for row in rows:
        found[row.hire].append(row)
    return found


def is_proposal(round_: Round) -> bool:
    """The plan decides whether it runs."""
    return round_.status is RoundStatus.PROPOSED
