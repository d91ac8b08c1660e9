"""The decision variables of MODEL.md, with methods that read
like speech; what they stand for is made in the rooms beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.problem import Hire, Round, Session, TermProblem
from scheduler.linear.model import Linear, LinearModel, nothing
from scheduler.seats.blocks import Blocks
from scheduler.seats.candidates import Candidate
from scheduler.seats.completion import Completion
from scheduler.seats.days import Days
from scheduler.seats.eligibility import Eligibility
from scheduler.seats.kinds import Kind
from scheduler.seats.offered import Offered
from scheduler.seats.promises import Promises
from scheduler.seats.rounds import RoundSeats
from scheduler.seats.sessions import SessionSeats
from scheduler.situation.requirements import Block, Need
from scheduler.situation.settled import History


class Variables:
    """All candidates of a problem, and the expressions over them that rules and levels share.

    The decisions come first in ``linear_model``: variable i belongs to ``candidates[i]`` for every i below
    ``len(candidates)``. ``look`` is called now and then while the model is built; what it raises ends the building.
    """

    def __init__(
        self,
        problem: TermProblem,
        history: History,
        needs: Sequence[Need],
        eligibility: Eligibility,
        look: Callable[[], None] = nothing,
    ) -> None:
        self.problem = problem
        self.history = history
        self.eligibility = eligibility
        self.look = look
        self.linear_model = LinearModel(look)
        self.needs = tuple(need for need in needs if need.blocks)
        self.need_by_key = {need.key: need for need in self.needs}
        self.promises = Promises(problem, history, eligibility)
        self._offered = Offered(eligibility, self.promises)
        self._blocks = Blocks(self.needs, self.linear_model, self.promises, self._offered)
        self.candidates = self._blocks.candidates
        self._completion = Completion(history, self.linear_model, self.promises, self._blocks)
        self._sessions = SessionSeats(self.candidates)
        self._rounds = RoundSeats(history, self.linear_model, self.candidates)
        self._days = Days(
            history,
            self.linear_model,
            self.needs,
            self.candidates,
            promises=self.promises,
            offered=self._offered,
            half_day_minutes=problem.settings.half_day_minutes,
        )

    # --- seats -------------------------------------------------------------------------------------------------

    def of_block(self, need: Need, block: Block) -> Sequence[Candidate]:
        """Where the block may be booked."""
        return self._blocks.of_block(need, block)

    def given(self) -> Iterator[Candidate]:
        """The candidates that given bookings ask for."""
        for key in sorted(self.promises.needs_with_given & self.need_by_key.keys()):
            need = self.need_by_key[key]
            for block in need.blocks:
                yield from (c for c in self.of_block(need, block) if self.promises.given(need, c))

    @cached_property
    def block_numbers(self) -> NDArray[np.int32]:
        """By decision the number of the block that it books: those of one block follow each other."""
        sizes = [len(own) for need in self.needs for block in need.blocks if (own := self.of_block(need, block))]
        return np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    def in_session(self, session_id: str) -> Sequence[Candidate]:
        """Who may sit there: at most one candidate a hire."""
        return self._sessions.in_session(session_id)

    def offers_at(self, session_id: str) -> tuple[int, ...]:
        """Numbers of the offers that hold the session: equal for sessions that the same candidates attend."""
        return self._sessions.offers_at(session_id)

    def in_round(self, round_id: str) -> Sequence[Candidate]:
        """Everything that may be booked there."""
        return self._rounds.in_round(round_id)

    def sessions_with_candidates(self) -> Iterator[Session]:
        """Sessions that anybody may be booked to, in id order."""
        return (self.problem.session_by_id[s] for s in self._sessions.ids)

    @property
    def kinds(self) -> Sequence[Kind]:
        """All who may be booked at all, by likeness, so that rules
        about one hire's own seats are worked out once a kind.
        """
        return self._days.kinds

    @cached_property
    def needs_by_kind(self) -> Sequence[Sequence[Need]]:
        """Requirements with candidates, those together to which the same
        is offered; whoever has seats or missed a module stands alone.
        """
        alike: dict[tuple[Hashable, ...], list[Need]] = defaultdict(list)
        for need in self.needs:
            self.look()
            if any(self.of_block(need, block) for block in need.blocks):
                alone = need.ever_missed or self.promises.rounds_with_seats(need.hire.id)
                alike[need.key if alone else self._offered.numbers(need)].append(need)
        return list(alike.values())

    def first_of(self, need: Need) -> int:
        """The first variable of the requirement: those of all its blocks follow each other."""
        return self._blocks.first_of(need)

    def booked(self, need: Need) -> Linear:
        """1 when the requirement is booked in full."""
        return self._blocks.booked(need)

    def on_time(self, need: Need) -> Linear:
        """1 when every remaining module is booked on or before the deadline."""
        return self._completion.on_time(need)

    def completion(self, need: Need, cost: Callable[[date], int], unbooked: int) -> Linear:
        """``cost`` of the day of completion when booked, ``unbooked`` when not; ``cost`` never falls with time."""
        return self._completion.cost_of_day(need, cost, unbooked)

    def most(self, goal: Linear) -> int:
        """No plan makes more of a goal than this: each block is booked in one of its places, or in none."""
        low, high, decisions = self.linear_model.low, self.linear_model.high, len(self.candidates)
        coefs = np.zeros(len(low), np.int64)
        np.add.at(coefs, np.array(goal.variables, np.intp), np.array(goal.coefs, np.int64))
        of_blocks = np.zeros(decisions, np.int64)
        np.maximum.at(of_blocks, self.block_numbers, coefs[:decisions])
        helpers = (np.flatnonzero(coefs[decisions:]) + decisions).tolist()
        of_helpers = (max(int(coefs[v]) * low[v], int(coefs[v]) * high[v]) for v in helpers)
        return goal.constant + sum(of_blocks.tolist()) + sum(of_helpers)

    # --- days and rounds ------------------------------------------------------------------------------------------

    def days_of(self, hire: Hire) -> Collection[date]:
        """The days on which she may have a meeting, in order."""
        return self._days.days_of(hire)

    def held_days(self, hire: Hire) -> Collection[date]:
        """Days of her held meetings."""
        return self._days.held_days(hire)

    def held_halves(self, hire: Hire, day: date) -> int:
        """What a day of held meetings counts, in half course days."""
        return self._days.held_halves(hire, day)

    def away(self, hire: Hire, day: date) -> Linear:
        """1 when she has a booked meeting that day (a day with candidates)."""
        return self._days.away(hire, day)

    def whole(self, hire: Hire, day: date) -> Linear:
        """1 when her booked meetings of that day (a day with candidates) last longer than half a course day."""
        return self._days.whole(hire, day)

    def held_participants(self, round_: Round) -> frozenset[str]:
        """Ids of the hires who have a held seat in the round."""
        return self._rounds.held_participants(round_)

    def participants(self, round_: Round) -> Mapping[str, int]:
        """The variable of each hire id that is 1 when she has a booked
        seat in the round; those with held seats are not among them.
        """
        return self._rounds.participants(round_)

    def runs(self, round_: Round) -> int | None:
        """The variable that is 1 when the round has booked participants; None when nobody can be booked there."""
        return self._rounds.runs(round_)

    def proposals(self) -> Iterator[Round]:
        """Rounds that the plan may run or not, which no held seat has decided yet."""
        return self._rounds.undecided(self.problem.rounds)
