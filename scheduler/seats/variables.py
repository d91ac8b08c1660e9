"""The decision variables of MODEL.md: one per block and round that it may be booked in, with methods that read like speech."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from models.ids import RoundStatus
from models.problem import Hire, Round, Session, TermProblem
from scheduler.linear.model import Linear, LinearModel, total
from scheduler.seats.candidates import Candidate
from scheduler.seats.eligibility import Eligibility
from scheduler.seats.kinds import Kind
from scheduler.seats.promises import Promises
from scheduler.situation.offers import Offer
from scheduler.situation.requirements import Block, Need
from scheduler.situation.settled import History


class Variables:
    """All candidates of a problem, and the expressions over them that rules and levels share.

    The decisions come first in ``linear_model``: variable i belongs to ``candidates[i]`` for every i below ``len(candidates)``.
    """

    def __init__(self, problem: TermProblem, history: History, needs: Sequence[Need], eligibility: Eligibility) -> None:
        self.problem = problem
        self.history = history
        self.eligibility = eligibility
        self.linear_model = LinearModel()
        self.needs = tuple(need for need in needs if not need.done)
        self.need_by_key = {need.key: need for need in self.needs}
        self.promises = Promises(problem, history, eligibility)
        self.candidates: list[Candidate] = []
        self._of_block: dict[tuple[tuple[str, str], tuple[int, ...]], Sequence[Candidate]] = {}
        for need in self.needs:
            for block in need.blocks:
                self._of_block[need.key, block.modules] = self._add(need, block, self._offers(need, block))
        self._booked = {need.key: self._link_blocks(need) for need in self.needs}
        self._on_time: dict[tuple[str, str], Linear] = {}
        by_offer = _by_offer(self.candidates)
        self._takers = list(by_offer.values())
        self._offers_at = _offers_by_session(by_offer)
        self._in_session: dict[tuple[int, ...], Sequence[Candidate]] = {}
        self._day_used: dict[tuple[str, date], Linear] = {}
        self._participates: dict[str, dict[str, int]] = {}
        self._runs: dict[str, int | None] = {}
        self._fact_days = {hire: frozenset(s.day for s in facts) for hire, facts in history.facts.items()}
        self._fact_participants = _fact_participants(history)

    # --- seats -------------------------------------------------------------------------------------------------

    def of_block(self, need: Need, block: Block) -> Sequence[Candidate]:
        """Where the block may be booked."""
        return self._of_block[need.key, block.modules]

    def in_session(self, session_id: str) -> Sequence[Candidate]:
        """Who may sit there: at most one candidate a hire."""
        offers = self.offers_at(session_id)
        if offers not in self._in_session:
            everybody = (c for offer in offers for c in self._takers[offer])
            self._in_session[offers] = sorted(everybody, key=attrgetter("variable"))
        return self._in_session[offers]

    def offers_at(self, session_id: str) -> tuple[int, ...]:
        """Numbers of the offers that hold the session: equal for sessions that the same candidates attend."""
        return self._offers_at.get(session_id, ())

    def in_round(self, round_id: str) -> Sequence[Candidate]:
        """Everything that may be booked there."""
        return [c for own in self._in_round.get(round_id, {}).values() for c in own]

    def sessions_with_candidates(self) -> Iterator[Session]:
        """Sessions that anybody may be booked to, in id order."""
        return (self.problem.session_by_id[s] for s in sorted(self._offers_at))

    @cached_property
    def kinds(self) -> Sequence[Kind]:
        """All who may be booked at all, by likeness, so that rules about one hire's own seats are worked out once a kind."""
        alike: dict[tuple[Hashable, ...], list[str]] = defaultdict(list)
        for hire in self._of_hire:
            alike[self._likeness(self.problem.hire_by_id[hire])].append(hire)
        return [self._kind(hires) for hires in alike.values()]

    @cached_property
    def needs_by_kind(self) -> Sequence[Sequence[Need]]:
        """Requirements with candidates, those together to which the same is offered; whoever has seats or missed a module stands alone."""
        alike: dict[tuple[Hashable, ...], list[Need]] = defaultdict(list)
        for need in self.needs:
            if any(self.of_block(need, block) for block in need.blocks):
                alone = need.ever_missed or self.promises.rounds_with_seats(need.hire.id)
                alike[need.key if alone else self._offered(need)].append(need)
        return list(alike.values())

    def first_of(self, need: Need) -> int:
        """The first variable of the requirement: those of all its blocks follow each other."""
        return next(own[0].variable for block in need.blocks if (own := self.of_block(need, block)))

    def booked(self, need: Need) -> Linear:
        """1 when the requirement is booked in full."""
        return self._booked[need.key]

    def on_time(self, need: Need) -> Linear:
        """1 when every remaining module is booked on or before the deadline."""
        if need.key not in self._on_time:
            self._on_time[need.key] = self._make_on_time(need)
        return self._on_time[need.key]

    def completion(self, need: Need, cost: Callable[[date], int], unbooked: int) -> Linear:
        """``cost`` of the day of completion when booked, ``unbooked`` when not; ``cost`` never falls with time."""
        booked = self.booked(need)
        if self._may_be_plain(need):
            return total([self._plain_completion(need, cost, unbooked)])
        parts = []
        for block in self._decisive(need):
            own = self.of_block(need, block)
            part = Linear([c.variable for c in own], [cost(c.offer.last) for c in own], unbooked)
            parts.append(part.add(booked, -unbooked))
        if len(parts) == 1 or not booked.variables:
            return parts[0] if booked.variables else Linear(constant=unbooked)
        high = max(unbooked, *(cost(c.offer.last) for b in need.blocks for c in self.of_block(need, b)))
        return total([self.linear_model.highest_of(parts, high)])

    def most(self, goal: Linear) -> int:
        """No plan makes more of a goal than this: each block is booked in one of its places, or in none."""
        coefs: dict[int, int] = defaultdict(int)
        for variable, coef in zip(goal.variables, goal.coefs, strict=True):
            coefs[variable] += coef
        found, of_blocks = goal.constant, dict[tuple[tuple[str, str], tuple[int, ...]], int]()
        for variable, coef in coefs.items():
            if variable < len(self.candidates):
                candidate = self.candidates[variable]
                block = candidate.need.key, candidate.block.modules
                of_blocks[block] = max(of_blocks.get(block, 0), coef)
            else:
                found += max(coef * self.linear_model.low[variable], coef * self.linear_model.high[variable])
        return found + sum(of_blocks.values())

    # --- days and rounds ------------------------------------------------------------------------------------------

    def days_of(self, hire: Hire) -> Collection[date]:
        """The days on which she may have a meeting, in order."""
        return self._kind_of[hire.id][0].on_day.keys() if hire.id in self._kind_of else ()

    def held_days(self, hire: Hire) -> frozenset[date]:
        """Days of her held meetings."""
        return self._fact_days.get(hire.id, frozenset())

    def away(self, hire: Hire, day: date) -> Linear:
        """1 when she has a booked meeting that day (a day with candidates)."""
        key = (hire.id, day)
        if key not in self._day_used:
            self._day_used[key] = self._make_away(hire, day)
        return self._day_used[key]

    def held_participants(self, round_: Round) -> frozenset[str]:
        """Ids of the hires who have a held seat in the round."""
        return self._fact_participants.get(round_.id, frozenset())

    def participants(self, round_: Round) -> Mapping[str, int]:
        """The variable of each hire id that is 1 when she has a booked seat in the round; those with held seats are not among them."""
        if round_.id not in self._participates:
            held = self.held_participants(round_)
            by_hire = self._in_round.get(round_.id, {})
            self._participates[round_.id] = {
                hire: self.linear_model.any_of(_exclusive(own)) for hire, own in by_hire.items() if hire not in held
            }
        return self._participates[round_.id]

    def runs(self, round_: Round) -> int | None:
        """The variable that is 1 when the round has booked participants; None when nobody can be booked there."""
        if round_.id not in self._runs:
            people = self.participants(round_)
            self._runs[round_.id] = self.linear_model.any_of([[v] for v in people.values()]) if people else None
        return self._runs[round_.id]

    def proposals(self) -> Iterator[Round]:
        """Rounds that the plan may run or not, which no held seat has decided yet."""
        for round_ in self.problem.rounds:
            if round_.status is RoundStatus.PROPOSED and not self.held_participants(round_):
                yield round_

    # --- making ---------------------------------------------------------------------------------------------------

    def _likeness(self, hire: Hire) -> tuple[Hashable, ...]:
        if self.promises.rounds_with_seats(hire.id):
            return (hire.id,)
        return tuple(part for need in self._needs_of_hire[hire.id] for part in self._offered(need))

    def _offered(self, need: Need) -> tuple[tuple[int, bool], ...]:
        return tuple((self.eligibility.offers(need, block).number, block.retake) for block in need.blocks)

    def _kind(self, hires: Sequence[str]) -> Kind:
        members = tuple((self.problem.hire_by_id[hire], self._of_hire[hire][0].variable) for hire in hires)
        return Kind(members, self._of_hire[hires[0]], self.promises.any_for(hires[0]))

    @cached_property
    def _kind_of(self) -> Mapping[str, tuple[Kind, int]]:
        """Of each hire id: her kind, and her first variable."""
        return {hire.id: (kind, first) for kind in self.kinds for hire, first in kind.members}

    @cached_property
    def _needs_of_hire(self) -> Mapping[str, Sequence[Need]]:
        return {hire: list(own) for hire, own in groupby(self.needs, key=lambda need: need.hire.id)}

    @cached_property
    def _of_hire(self) -> Mapping[str, Sequence[Candidate]]:
        return {hire: list(own) for hire, own in groupby(self.candidates, key=lambda c: c.need.hire.id)}

    @cached_property
    def _in_round(self) -> Mapping[str, Mapping[str, Sequence[Candidate]]]:
        return _by_round(self.candidates)

    def _offers(self, need: Need, block: Block) -> Sequence[Offer]:
        """What those like her are offered, but for rounds in which she has seats: there it depends on these."""
        anew = self.eligibility.offers(need, block).offers
        own = self.promises.rounds_with_seats(need.hire.id)
        if not own:
            return anew
        offers = {offer.round.id: offer for offer in anew}
        found = []
        for round_ in self.eligibility.open_rounds(need.programme, need.hire):
            offer = self._offer_beside_seats(need, block, round_) if round_.id in own else offers.get(round_.id)
            if offer:
                found.append(offer)
        return found

    def _offer_beside_seats(self, need: Need, block: Block, round_: Round) -> Offer | None:
        offer = self.promises.kept_offer(need, block, round_) or self.eligibility.offer(need, block, round_)
        return offer if offer and self.promises.may_book(need, block, offer) else None

    def _add(self, need: Need, block: Block, offers: Sequence[Offer]) -> Sequence[Candidate]:
        first = self.linear_model.binaries(len(offers))
        numbers = self.linear_model.numbers[first:]
        own = [Candidate(variable, need, block, offer) for variable, offer in zip(numbers, offers, strict=True)]
        self.candidates += own
        return own

    def _link_blocks(self, need: Need) -> Linear:
        """All blocks or none; blocks that are kept as plain seats otherwise are tied by ``_link_plain``."""
        own = [self.of_block(need, block) for block in need.blocks]
        if len(own) == 1 and not self._may_be_plain(need):
            booked = total(c.variable for c in own[0])
            if len(own[0]) > 1:
                self.linear_model.at_most(Linear().add(booked), 1)
            return booked
        if not self._may_be_plain(need):
            return self._all_or_none(own)
        variable = self._booked_variable(own)
        for block, candidates in zip(need.blocks, own, strict=True):
            if kept := self.promises.plain_seat(need, block, candidates):
                self._link_plain(candidates, kept, variable, self.promises.must_stay(need))
            else:
                self.linear_model.equal(total(c.variable for c in candidates).add(total([variable], -1)), 0)
        return total([variable])

    def _all_or_none(self, own: Sequence[Sequence[Candidate]]) -> Linear:
        """Every block is booked as often as the first: once or never."""
        if not all(own):
            for candidates in own:
                self.linear_model.at_most(total(c.variable for c in candidates), 0)
            return Linear()
        first, *others = (total(c.variable for c in candidates) for candidates in own)
        self.linear_model.at_most(Linear().add(first), 1)
        for other in others:
            self.linear_model.equal(Linear().add(first).add(other, -1), 0)
        return first

    def _booked_variable(self, own: Sequence[Sequence[Candidate]]) -> int:
        groups = [[c.variable for c in candidates] for candidates in own]
        members = [v for group in groups for v in group]
        return self.linear_model.helper(
            0, 1, members, lambda values: int(all(any(values[v] for v in group) for group in groups))
        )

    def _link_plain(self, own: Sequence[Candidate], kept: Candidate, booked: int, must_stay: bool) -> None:
        """Unless booked in full, the block may hold nothing but its published seat, and must where nothing of it is impossible."""
        others = [c.variable for c in own if c is not kept]
        self.linear_model.at_most(total(others).add(total([booked], -1)), 0)
        everything = total(others).add(total([kept.variable]))
        self.linear_model.at_most(Linear().add(everything), 1)
        if must_stay:
            self.linear_model.at_most(Linear().add(everything, -1), -1)
        else:
            self.linear_model.at_most(total([booked]).add(everything, -1), 0)

    def _may_be_plain(self, need: Need) -> bool:
        return self.promises.may_be_plain(need)

    def _make_away(self, hire: Hire, day: date) -> Linear:
        """The plain sum where at most one of that day's candidates can be hers."""
        kind, first = self._kind_of[hire.id]
        own = self.linear_model.numbers[first : first + len(kind.candidates)]
        groups = [[own[place] for place in group] for group in kind.groups_on[day]]
        return total(groups[0]) if len(groups) == 1 else total([self.linear_model.any_of(groups)])

    def _decisive(self, need: Need) -> Sequence[Block]:
        """The blocks that may be the last to be done: in a fixed order only the last one (promised seats may break the order)."""
        ordered = need.programme.ordered and not any(block.retake for block in need.blocks)
        return need.blocks[-1:] if ordered and need.hire.id not in self.history.published else need.blocks

    def _make_on_time(self, need: Need) -> Linear:
        assert need.deadline is not None
        punctual = [
            [c.variable for c in self.of_block(need, b) if c.offer.last <= need.deadline] for b in self._decisive(need)
        ]
        if not all(punctual) or not self.booked(need).variables:
            return Linear()
        if len(punctual) == 1 and not self._may_be_plain(need):
            return total(punctual[0])
        members = [v for group in punctual for v in group]
        booked = self.booked(need)
        index = self.linear_model.helper(
            0,
            1,
            [*members, *booked.variables],
            lambda values: int(booked.value(values) and all(any(values[v] for v in group) for group in punctual)),
        )
        for group in punctual:
            self.linear_model.at_most(total([index]).add(total(group, -1)), 0)
        self.linear_model.at_most(total([index]).add(booked, -1), 0)
        return total([index])

    def _plain_completion(self, need: Need, cost: Callable[[date], int], unbooked: int) -> int:
        """With plain seats a block may be taken though the requirement is not booked: then only ``unbooked`` counts."""
        booked = self.booked(need)
        high = max(unbooked, *(cost(c.offer.last) for b in need.blocks for c in self.of_block(need, b)), 0)
        blocks = [
            Linear([c.variable for c in own], [cost(c.offer.last) for c in own])
            for own in (self.of_block(need, b) for b in need.blocks)
        ]
        index = self.linear_model.helper(
            0,
            high,
            [v for part in (*blocks, booked) for v in part.variables],
            lambda values: max(p.value(values) for p in blocks) if booked.value(values) else unbooked,
        )
        for part in blocks:
            self.linear_model.at_most(Linear(constant=-high).add(part).add(booked, high).add(total([index], -1)), 0)
        self.linear_model.at_most(Linear(constant=unbooked).add(booked, -unbooked).add(total([index], -1)), 0)
        return index


def _exclusive(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Variables grouped by block: at most one of a block is chosen."""
    groups: dict[tuple[tuple[str, str], tuple[int, ...]], list[int]] = defaultdict(list)
    for c in candidates:
        groups[c.need.key, c.block.modules].append(c.variable)
    return list(groups.values())


def _by_offer(candidates: Sequence[Candidate]) -> dict[Offer, list[Candidate]]:
    found: dict[Offer, list[Candidate]] = defaultdict(list)
    for c in candidates:
        found[c.offer].append(c)
    return dict(found)


def _offers_by_session(offers: Iterable[Offer]) -> dict[str, tuple[int, ...]]:
    """Of each session id: the numbers, in the given order, of the offers that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        for session in offer.sessions:
            found[session.id].append(number)
    return {session: tuple(numbers) for session, numbers in found.items()}


def _by_round(candidates: Sequence[Candidate]) -> dict[str, dict[str, list[Candidate]]]:
    found: dict[str, dict[str, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for c in candidates:
        found[c.offer.round.id][c.need.hire.id].append(c)
    return {round_id: dict(hires) for round_id, hires in found.items()}


def _fact_participants(history: History) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for hire, facts in history.facts.items():
        for session in facts:
            found[session.round].add(hire)
    return {round_id: frozenset(hires) for round_id, hires in found.items()}
