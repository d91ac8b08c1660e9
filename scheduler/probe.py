"""Questions to the solver about a finished plan: is there a plan in which this holds too, and what would it cost?

Limited by work (CP-SAT's deterministic time), not by the clock, so that the answers are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from models.ids import Level
from scheduler.draft import Linear, Row, Values, total
from scheduler.engine import Engine
from scheduler.model import Model
from scheduler.part import Part
from scheduler.variables import Candidate

WORK_A_QUESTION = 0.5
WORK_IN_ALL = 3.0
"""For all questions about one plan together; the last ones may then go unanswered."""
MOST_CANDIDATES = 6_000
"""Beyond this size questions, and even single changes, take too long to be asked by the hundred."""


class Probe:
    """One finished plan, its levels in the order in which they were solved, and the model it came from."""

    def __init__(self, model: Model, values: Values, order: Sequence[Level], seed: int) -> None:
        self.model = model
        self.values = values
        self.order = order
        self.large = len(model.variables.candidates) > MOST_CANDIDATES
        self.quiet = self.large
        self._seed = seed
        self._worked = 0.0
        self._parts: dict[str, Part] = {}

    def first_worse(self, wished: Candidate) -> Level | None:
        """The first level that would be worse with this seat, at best, while all other programmes stay as they are.

        None where no such plan has the seat at all, or the probe is quiet: the model is too
        large for hundreds of questions, enough work is done, or the user wants to stop.
        """
        if self.quiet or self._worked > WORK_IN_ALL:
            return None
        part = self._part(wished.need.programme.id)
        wish = part.row(at_least(total([wished.variable]), 1))
        assert wish is not None
        # Most often equals stand against each other and the last level decides: that is asked first.
        low, high = -1, len(self.order) - 1
        if self._possible(part, wish, high):
            return self.order[high]
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._possible(part, wish, middle) else (low, middle)
        return self.order[low] if low >= 0 else None

    def _part(self, programme: str) -> Part:
        """The seats of one programme, free."""
        if programme not in self._parts:
            free = (c.variable for c in self.model.variables.candidates if c.need.programme.id == programme)
            self._parts[programme] = Part(self.model.variables.draft, self.values, free)
        return self._parts[programme]

    def _possible(self, part: Part, wish: Row, kept: int) -> bool:
        """Whether some plan has the wish and keeps the first so many levels; undecided within the work counts as no."""
        goals = (self.model.objectives[level] for level in self.order[:kept])
        caps = (part.row(cap(goal, self.values)) for goal in goals)
        engine = Engine(part.low, part.high, [*part.rows, wish, *(row for row in caps if row)], self._seed)
        answer = engine.minimise(Linear(), hint=part.hint, seconds=inf, work=WORK_A_QUESTION)
        self._worked += answer.work
        return answer.values is not None


def cap(goal: Linear, values: Values) -> Row:
    """The goal at most what it is under an assignment."""
    return at_most(goal, goal.value(values))


def at_most(expression: Linear, high: int) -> Row:
    """expression <= high, as a row of its own."""
    return Row(expression.variables, expression.coefs, -(1 << 50), high - expression.constant)


def at_least(expression: Linear, low: int) -> Row:
    """expression >= low, as a row of its own."""
    return Row(expression.variables, expression.coefs, low - expression.constant, 1 << 50)
