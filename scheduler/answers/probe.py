"""Questions about a finished plan: what would follow from other
seats for one, and is there a plan in which a wish holds too?

The first is answered by the model's arrays, the second by the solver over a small part of the model, all else as it is.
Limited by work (CP-SAT's deterministic time), not by the clock, so that the answers are the same on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from models.ids import Level
from scheduler.answers.flips import in_place_of_another
from scheduler.linear.followed import moved_rows
from scheduler.linear.incidence import Incidence
from scheduler.linear.model import Linear, Values, at_least, at_most, total
from scheduler.linear.part import Asked, Part, asked_by
from scheduler.linear.rows import Row
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.solvers.cp_sat import Engine

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
        self._parts: dict[tuple[str, int], tuple[Part, Engine]] = {}
        self._found: dict[str, list[tuple[Values, int]]] = defaultdict(list)
        self._asked: dict[int, Asked] = {}
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
        return self._followed(flips, changed)

    def _followed(self, flips: Mapping[int, int], changed: Callable[[Row], Row]) -> Step:
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
        programme, wish = wished[0].need.programme.id, at_least(total(c.variable for c in wished), number)
        # Most often the best plan is one that is known from an earlier question, or one in which somebody of the round
        # gives up a seat: these are looked at first, and that none is better takes one question.
        low = max(self._kept_before(programme, wish), self._kept_by_hand(wished, number))
        while low < len(self.order) - 1 and not self.asks_no_solver:
            found = self._kept_in_programme(programme, low + 1, wish)
            if found is None:
                break
            low = found
        return self.order[low] if low >= 0 else None

    def _kept_before(self, programme: str, wish: Row) -> int:
        """How many of the first levels a plan keeps that an earlier question found and that has the wish too."""
        found = self._found.get(programme, ())
        return max((kept for values, kept in found if wish.low <= wish.activity(values)), default=-1)

    def _kept_by_hand(self, wished: Sequence[Candidate], number: int) -> int:
        """How many of the first levels a plan keeps in which somebody else of the round gives up a seat for the one
        that is wished for; -1 where none was found.

        With the seats changed one by one: tried where one more is wished for than there is.
        """
        staying = {c.variable for c in wished if self.values[c.variable]}
        if number - len(staying) != 1:
            return -1
        best = -1
        for there in wished:
            if there.variable not in staying:
                for changes in in_place_of_another(self.model, self.values, there, staying):
                    best = max(best, *map(self._kept_after, changes))
        return best

    def _kept_after(self, flips: Mapping[int, int]) -> int:
        """How many of the first levels a single change keeps; -1 where it is no plan."""
        step = self._followed(flips, as_is)
        if not step.holds:
            return -1
        return len(self.order) - 1 if step.worse is None else self.order.index(step.worse)

    def _kept_in_programme(self, programme: str, kept: int, wish: Row) -> int | None:
        """How many of the first levels a plan keeps that has the wish and keeps at least so many, with the seats of
        one programme free; None where there is none. Undecided within the work counts as none.
        """
        part, engine = self._programme(programme, kept)
        row = part.row(wish)
        answer = (engine.with_row(row) if row else engine).minimise(
            Linear(), hint=part.hint, seconds=inf, work=WORK_A_QUESTION, should_stop=self.should_stop
        )
        self._worked += answer.work
        if answer.values is None:
            return None
        values = part.followed(answer.values)
        self._found[programme].append((values, self._kept_by(values)))
        return self._found[programme][-1][1]

    def _kept_by(self, values: Values) -> int:
        """How many of the first levels, but for the last, are no worse under an assignment."""
        *others, _ = enumerate(self.order)
        goals = self.model.objectives
        worse = (number for number, level in others if goals[level].value(values) > goals[level].value(self.values))
        return next(worse, len(others))

    def _programme(self, programme: str, kept: int) -> tuple[Part, Engine]:
        """The seats of one programme, free, and the solver of questions that keep the first so many levels."""
        if (programme, kept) not in self._parts:
            variables = self.model.variables
            decisions = (c.variable for c in variables.candidates if c.need.programme.id == programme)
            part = Part(variables.linear_model, self.values, decisions, asked=self._asked_by_first(kept))
            goals = (self.model.objectives[level] for level in self.order[:kept])
            caps = (row for goal in goals if (row := part.row(cap(goal, self.values))))
            self._parts[programme, kept] = part, Engine(part.low, part.high, [*part.rows, *caps], self.seed)
        return self._parts[programme, kept]


def cap(goal: Linear, values: Values) -> Row:
    """The goal at most what it is under an assignment."""
    return at_most(goal, goal.value(values))
