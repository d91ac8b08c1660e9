"""Questions about a finished plan: what would follow from other
seats for one, and is there a plan in which a wish holds too?

The first is answered by the model's arrays, the second by the solver over a small part of the model, all else as it is.
Limited by work (CP-SAT's deterministic time), not by the clock, so that the answers are the same on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from math import inf

from models.ids import Level
from scheduler.linear.followed import moved_rows
from scheduler.linear.incidence import Incidence
from scheduler.linear.model import Linear, Values, at_least, at_most, total
from scheduler.linear.part import Asked, Part, asked_by
from scheduler.linear.rows import Row
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.situation.requirements import Need
from scheduler.solvers.cp_sat import Answer, Engine

WORK_A_QUESTION = 0.2
WORK_IN_ALL = 0.3
"""For all questions about one plan together; the last ones may then go unanswered."""
MOST_STEPS = 2_500
"""Single changes that are tried for the reasons of one plan: a
good plan needs some hundreds, a poor one might take minutes.
"""
MOST_CANDIDATES = 6_000
"""Beyond this size questions to the solver take too long."""


def as_is(row: Row) -> Row:
    """The row of the model, unchanged."""
    return row


@dataclass(frozen=True, slots=True)
class Step:
    """What follows when some decisions change and nothing else does:
    whether every row holds, and the first level that is worse.
    """

    holds: bool
    worse: Level | None


class Probe:
    """One finished plan, its levels in the order in which they were solved, and the model it came from.

    ``should_stop`` says that there is no time left, or that the user wants to stop: then the solver is asked no more.
    """

    def __init__(
        self,
        model: Model,
        values: Values,
        order: Sequence[Level],
        seed: int,
        *,
        should_stop: Callable[[], bool],
    ) -> None:
        self.model = model
        self.values = values
        self.order = order
        self.seed = seed
        self.large = len(model.variables.candidates) > MOST_CANDIDATES
        self.should_stop = should_stop
        self._worked = 0.0
        self._parts: dict[tuple[str, int], Part] = {}
        self._asked: dict[int, Asked] = {}
        self._last: dict[str, int] = {}
        self._new = list(values)
        self._sums: dict[int, int] = {}
        self._steps = 0

    @property
    def asks_no_solver(self) -> bool:
        """The solver is not to be asked: the model is too large for that, or it is time to end."""
        return self.large or self.should_stop()

    # --- steps ---------------------------------------------------------------------------------------------------

    def step(self, flips: Mapping[int, int], changed: Callable[[Row], Row] = as_is) -> Step:
        """Change some decisions and what hangs on them; ``changed``
        gives the rows as they would be, over the same variables.
        """
        self._steps += 1
        before = self.model.variables.linear_model.follow(self._new, flips)
        holds = all(self._holds(place, by, changed) for place, by in moved_rows(self._terms, before, self._new).items())
        worse = self._first_worse(before) if holds else None
        for variable, value in before.items():
            self._new[variable] = value
        return Step(holds, worse)

    @property
    def out_of_steps(self) -> bool:
        """So many steps have been tried that the rest is left to what needs none."""
        return self._steps > MOST_STEPS

    def _holds(self, place: int, by: int, changed: Callable[[Row], Row]) -> bool:
        row = self._rows[place]
        if place not in self._sums:
            self._sums[place] = row.activity(self.values)
        row = changed(row)
        return by == 0 or row.low <= self._sums[place] + by <= row.high

    def _first_worse(self, before: Mapping[int, int]) -> Level | None:
        for level, costs in zip(self.order, self._costs, strict=True):
            if sum(costs.get(v, 0) * (self._new[v] - value) for v, value in before.items()) > 0:
                return level
        return None

    @property
    def _rows(self) -> Sequence[Row]:
        return self.model.variables.linear_model.rows

    @cached_property
    def _terms(self) -> Incidence:
        return self.model.variables.linear_model.terms_of_rows()

    @cached_property
    def _costs(self) -> Sequence[Mapping[int, int]]:
        """What each variable costs on each level."""
        costs = []
        for level in self.order:
            goal = self.model.objectives[level]
            own: dict[int, int] = defaultdict(int)
            for variable, coef in zip(goal.variables, goal.coefs, strict=True):
                own[variable] += coef
            costs.append(dict(own))
        return costs

    def asked(self, last: Level) -> Asked:
        """What the levels down to the ``last`` ask for of the model."""
        return self._asked_by_first(self.order.index(last) + 1)

    def _asked_by_first(self, number: int) -> Asked:
        """What so many levels ask for of the model."""
        if number not in self._asked:
            goals = (self.model.objectives[level] for level in self.order[:number])
            self._asked[number] = asked_by(self.model.variables.linear_model, goals)
        return self._asked[number]

    # --- questions to the solver ---------------------------------------------------------------------------------

    def first_worse(self, wished: Sequence[Candidate], number: int = 1) -> Level | None:
        """The first level that would be worse with so many of these
        seats, at best, while all other programmes stay as they are.

        The seats are all of one round. None where no such plan has them
        at all, enough work is done, or the solver is not to be asked.
        """
        if self.asks_no_solver or self._worked > WORK_IN_ALL:
            return None
        # Most often equals in the round stand against each other and the last level decides: that is asked first, of
        # them alone.
        low, high = -1, len(self.order) - 1
        wish, one = at_least(total(c.variable for c in wished), number), wished[0]
        there = {c.need.key for c in self.model.chosen_in(self.values, one.offer.round.id)} | {
            c.need.key for c in wished
        }
        if self._possible([(self._part(lambda c: c.need.key in there, high), high)], wish)[0]:
            return self.order[high]
        programme = one.need.programme.id
        asked = self._around_last(programme, high)
        while asked and not self.asks_no_solver:
            found = self._possible([(self._programme(programme, kept), kept) for kept in asked], wish)
            low = max([low, *(kept for kept, possible in zip(asked, found, strict=True) if possible)])
            high = min([high, *(kept for kept, possible in zip(asked, found, strict=True) if not possible)])
            asked = [(low + high) // 2] if high - low > 1 else []
        self._last[programme] = low
        return self.order[low] if low >= 0 else None

    def _around_last(self, programme: str, high: int) -> Sequence[int]:
        """How many levels are kept in the first questions of a programme: about as many as the last time, when its
        seats were given up for the same level most often.
        """
        last = self._last.get(programme, 0)
        return [kept for kept in (last, last + 1) if 0 <= kept < high]

    def _programme(self, programme: str, kept: int) -> Part:
        """The seats of one programme, free, for questions that keep the first so many levels."""
        if (programme, kept) not in self._parts:
            self._parts[programme, kept] = self._part(lambda c: c.need.programme.id == programme, kept)
        return self._parts[programme, kept]

    def _part(self, free: Callable[[Candidate], bool], kept: int) -> Part:
        variables = self.model.variables
        decisions = (c.variable for c in variables.candidates if free(c))
        return Part(variables.linear_model, self.values, decisions, asked=self._asked_by_first(kept))

    def _possible(self, questions: Sequence[tuple[Part, int]], wish: Row) -> Sequence[bool]:
        """For each part: whether some plan has the wish and keeps the
        first so many levels; undecided within the work counts as no.

        All are asked side by side: what comes out does not hang on which of them is ready first.
        """
        first, *others = questions
        with ThreadPoolExecutor(max(1, len(others))) as executor:
            begun = [executor.submit(self._asked_of, *question, wish) for question in others]
            answers = [self._asked_of(*first, wish), *(future.result() for future in begun)]
        self._worked += sum(answer.work for answer in answers)
        return [answer.values is not None for answer in answers]

    def _asked_of(self, part: Part, kept: int, wish: Row) -> Answer:
        goals = (self.model.objectives[level] for level in self.order[:kept])
        caps = (part.row(cap(goal, self.values)) for goal in goals)
        rows = [row for row in (part.row(wish), *caps) if row]
        engine = Engine(part.low, part.high, [*part.rows, *rows], self.seed)
        return engine.minimise(
            Linear(), hint=part.hint, seconds=inf, work=WORK_A_QUESTION, should_stop=self.should_stop
        )


def flips_for(model: Model, values: Values, need: Need, way: Iterable[int]) -> dict[int, int]:
    """The decisions that change when the requirement is booked this way instead of as it is."""
    flips = {c.variable: 0 for block in need.blocks for c in model.variables.of_block(need, block)}
    flips |= dict.fromkeys(way, 1)
    return {variable: value for variable, value in flips.items() if value != values[variable]}


def cap(goal: Linear, values: Values) -> Row:
    """The goal at most what it is under an assignment."""
    return at_most(goal, goal.value(values))
