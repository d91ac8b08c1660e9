"""First come, first served, as coordinators give out seats by hand: the peer that every plan is held against.

In order of start date each requirement gets the earliest rounds that still have seats and break no hard rule for her,
in full or not at all. A proposal counts as open until it turns out too small; then it is dropped and all is dealt again
without it, which is kinder than life. For terms without bookings or attendance.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from models.ids import RoundStatus, State
from models.plan import Booking, LevelResult, Plan, Requirement, RoundUse
from models.problem import Hire, Quota, Round, Session, TermProblem
from scheduler.seat_rules.clash import overlap
from scheduler.seat_rules.shared import conflicts
from scheduler.seats.eligibility import Eligibility
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need, needs_of
from scheduler.situation.sequence import Span, booked_spans, too_early, too_late
from scheduler.situation.settled import read_history
from scheduler.verify import levels_of

NeedKey = tuple[str, str]
Choice = tuple[Offer, ...]


@dataclass
class Desk:
    """What has been given out so far."""

    taken: Counter[str] = field(default_factory=Counter)
    taken_by: Counter[tuple[str, str]] = field(default_factory=Counter)
    calendar: dict[str, list[Session]] = field(default_factory=lambda: defaultdict(list))
    participants: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    booked: dict[NeedKey, Choice] = field(default_factory=dict)

    def give(self, need: Need, choice: Choice) -> None:
        """Book the requirement there."""
        self.booked[need.key] = choice
        for offer in choice:
            self.participants[offer.round.id].add(need.hire.id)
            self.calendar[need.hire.id] += offer.sessions
            for session in offer.sessions:
                self.taken[session.id] += 1
                self.taken_by[session.id, need.hire.organisation] += 1


class Dealing:
    """One way through the queue, without the proposals that were ``dropped`` before."""

    def __init__(self, term: Term, dropped: frozenset[str]) -> None:
        self._term = term
        self._dropped = dropped
        self.desk = Desk()

    def run(self) -> Desk:
        """Everybody in her turn."""
        for need in self._term.queue:
            choice = self._choose(need, need.blocks, ())
            if choice is not None:
                self.desk.give(need, choice)
        return self.desk

    def _choose(self, need: Need, blocks: Sequence[Block], chosen: Choice) -> Choice | None:
        """The earliest offers that fit, block by block."""
        if not blocks:
            return chosen
        for offer in self._term.offers(need, blocks[0]):
            if offer.round.id not in self._dropped and self._fits(need, chosen, offer):
                rest = self._choose(need, blocks[1:], (*chosen, offer))
                if rest is not None:
                    return rest
        return None

    def _fits(self, need: Need, chosen: Choice, offer: Offer) -> bool:
        return (
            all(self._has_seat(session, need.hire) for session in offer.sessions)
            and not self._trainer_taken(offer.round)
            and self._is_free(need.hire, chosen, offer)
            and self._follows(need, offer)
            and _in_sequence(need, (*chosen, offer))
        )

    def _has_seat(self, session: Session, hire: Hire) -> bool:
        """Rules ``platser`` and ``kvot``, with her in it."""
        own, kept = hire.organisation, 0
        for quota in self._term.quotas.get(session.round, ()):
            used = self.desk.taken_by[session.id, quota.organisation] + (quota.organisation == own)
            kept += max(0, quota.at_least - used)
            if quota.organisation == own and quota.at_most is not None and used > quota.at_most:
                return False
        return self.desk.taken[session.id] + 1 + kept <= session.seats

    def _trainer_taken(self, round_: Round) -> bool:
        """Rule ``delad``: a proposal that shares with one that has begun to fill."""
        return any(self.desk.participants.get(other) for other in self._term.sharing.get(round_.id, ()))

    def _is_free(self, hire: Hire, chosen: Choice, offer: Offer) -> bool:
        """Rules ``krock`` and ``veckotak``."""
        others = [*self.desk.calendar.get(hire.id, ()), *(s for o in chosen for s in o.sessions)]
        if any(overlap(one, other) for one in offer.sessions for other in others if one.day == other.day):
            return False
        days = {s.day for s in others} | set(offer.days)
        return all(self._within_cap(hire, week) for week in _weeks(days) if not week.isdisjoint(offer.days))

    def _within_cap(self, hire: Hire, days: set[date]) -> bool:
        settings, start = self._term.problem.settings, hire.caseload_start
        carries = start is not None and max(days) >= start
        return len(days) <= (settings.weekly_cap_with_cases if carries else settings.weekly_cap)

    def _follows(self, need: Need, offer: Offer) -> bool:
        """Rule ``efter``."""
        for before in need.programme.after:
            key = (need.hire.id, before)
            if key in self._term.open_keys:
                choice = self.desk.booked.get(key)
                if choice is None or max(o.end for o in choice) > offer.start:
                    return False
        return True


class Term:
    """A problem as it lies on the coordinator's desk."""

    def __init__(self, problem: TermProblem, planning_date: date) -> None:
        if problem.bookings or problem.attendance:
            raise ValueError("by hand, only terms without a past are dealt")
        self.problem = problem
        history = read_history(problem, planning_date, None)
        self.needs = needs_of(problem, history)
        self.open_keys = {need.key for need in self.needs if not need.done}
        self._eligibility = Eligibility(problem, history)
        self._rounds = _rounds_by_organisation(problem)
        self.queue = _queue(problem, self.needs)
        self.quotas: dict[str, list[Quota]] = defaultdict(list)
        for quota in problem.quotas:
            self.quotas[quota.round].append(quota)
        self.sharing = _sharing(problem)
        self._offers: dict[tuple[NeedKey, Block], list[Offer]] = {}

    def offers(self, need: Need, block: Block) -> Sequence[Offer]:
        """Where the block may be taken, as far as rules that ask nothing of others say, earliest first."""
        key = (need.key, block)
        if key not in self._offers:
            self._offers[key] = self._find_offers(need, block)
        return self._offers[key]

    def _find_offers(self, need: Need, block: Block) -> list[Offer]:
        found = []
        for round_ in self._rounds[need.programme.id, need.hire.organisation]:
            offer = None if self._eligibility.proposal_blocked(round_) else self._eligibility.offer(need, block, round_)
            if offer and not _overlaps_itself(offer) and self._eligibility.rule_against(need, offer) is None:
                found.append(offer)
        return sorted(found, key=lambda o: (o.last, o.start, o.round.id))


def deal(problem: TermProblem, planning_date: date) -> Plan:
    """The plan that comes of it, with levels as the independent check counts them."""
    term = Term(problem, planning_date)
    dropped: frozenset[str] = frozenset()
    while True:
        desk = Dealing(term, dropped).run()
        small = _too_small(problem, desk)
        if not small:
            return _plan(term, planning_date, desk)
        dropped |= small


def _too_small(problem: TermProblem, desk: Desk) -> frozenset[str]:
    """Proposals with some participants, but too few."""
    return frozenset(
        r.id
        for r in problem.rounds
        if r.status is RoundStatus.PROPOSED and 0 < len(desk.participants.get(r.id, ())) < r.min_participants
    )


def _queue(problem: TermProblem, needs: Sequence[Need]) -> list[Need]:
    """By start date; of one hire first what other programmes come after."""
    depth: dict[str, int] = {}

    def depth_of(programme: str) -> int:
        if programme not in depth:
            depth[programme] = 1 + max(map(depth_of, problem.programme_by_id[programme].after), default=0)
        return depth[programme]

    waiting = [need for need in needs if not need.done]
    return sorted(waiting, key=lambda n: (n.hire.starts, n.hire.id, depth_of(n.programme.id), n.programme.id))


def _rounds_by_organisation(problem: TermProblem) -> Mapping[tuple[str, str], list[Round]]:
    everybody = tuple(o.id for o in problem.organisations)
    found: dict[tuple[str, str], list[Round]] = defaultdict(list)
    for round_ in problem.rounds:
        if round_.status is not RoundStatus.CANCELLED:
            for organisation in round_.organisations or everybody:
                found[round_.programme, organisation].append(round_)
    return found


def _sharing(problem: TermProblem) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    proposals = {r.id for r in problem.rounds if r.status is RoundStatus.PROPOSED}
    for one, other in conflicts(problem):
        if one in proposals and other in proposals:
            found[one].add(other)
            found[other].add(one)
    return found


def _overlaps_itself(offer: Offer) -> bool:
    return any(later.starts_at < earlier.ends_at for earlier, later in itertools.pairwise(offer.sessions))


def _weeks(days: set[date]) -> Iterator[set[date]]:
    found: dict[tuple[int, int], set[date]] = defaultdict(set)
    for day in days:
        found[day.isocalendar()[:2]].add(day)
    yield from found.values()


def _in_sequence(need: Need, choice: Choice) -> bool:
    """Rules ``ordning`` and ``avstånd`` between rounds; inside a cohort's round they are the input's affair."""
    if need.programme.cohort:
        return True
    parts = [span for offer in choice for span in booked_spans(need, offer)]
    parts.sort(key=(lambda s: (s.module,)) if need.programme.ordered else (lambda s: s.place))
    return all(_may_follow(need, one, other) for one, other in itertools.pairwise(parts))


def _may_follow(need: Need, one: Span, other: Span) -> bool:
    distances = need.programme.min_gap_days > 0 or need.programme.max_gap_days is not None
    if need.programme.ordered and other.first <= one.last:
        return False
    return not distances or not (too_early(need, one, other) or too_late(need, one, other))


# --- the plan --------------------------------------------------------------------------------------------------------


def _plan(term: Term, planning_date: date, desk: Desk) -> Plan:
    problem = term.problem
    plan = Plan(
        schema=1,
        planning_date=planning_date,
        term=problem.settings.term,
        horizon=(problem.settings.horizon_start, problem.settings.horizon_end),
        input_sha256="",
        seed=0,
        bookings=tuple(sorted(_bookings(term, planning_date, desk), key=lambda b: (b.hire, b.programme, b.module))),
        requirements=tuple(_requirement(need, desk.booked.get(need.key)) for need in term.needs),
        rounds=tuple(_rounds(problem, desk)),
        levels=(),
    )
    values = levels_of(problem, plan)
    levels = tuple(LevelResult(name=k, value=v, bound=None, proven=False) for k, v in values.items())
    return plan.model_copy(update={"levels": levels})


def _bookings(term: Term, planning_date: date, desk: Desk) -> Iterator[Booking]:
    zone = ZoneInfo(term.problem.settings.timezone)
    for (hire, programme), choice in desk.booked.items():
        for session in (s for offer in choice for s in offer.sessions):
            yield Booking(
                hire=hire,
                programme=programme,
                module=session.module,
                meeting=session.meeting,
                round=session.round,
                session=session.id,
                start=session.starts_at.replace(tzinfo=zone),
                end=session.ends_at.replace(tzinfo=zone),
                place=session.place,
                room=session.room,
                trainers=session.trainers,
                changed_on=planning_date,
            )


def _requirement(need: Need, choice: Choice | None) -> Requirement:
    completed = max((o.last for o in choice), default=None) if choice else None
    return Requirement(
        hire=need.hire.id,
        programme=need.programme.id,
        state=_state(need, completed),
        deadline=need.deadline,
        completed_on=completed,
    )


def _state(need: Need, completed: date | None) -> State:
    if need.done:
        return State.DONE
    if completed is None:
        return State.LEAVES if need.leaves else State.MISSING if need.counts else State.WAITING
    return State.LATE if need.deadline is not None and completed > need.deadline else State.ON_TIME


def _rounds(problem: TermProblem, desk: Desk) -> Iterator[RoundUse]:
    for round_ in problem.rounds:
        if round_.status is not RoundStatus.CANCELLED:
            number = len(desk.participants.get(round_.id, ()))
            runs = round_.status is RoundStatus.FIXED or number > 0
            yield RoundUse(round=round_.id, runs=runs, participants=number, seats=round_.seats)
