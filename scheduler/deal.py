"""Dealing seats one requirement at a time: a quick better plan for large models, before the solver proves (SPEED.md, point 4).

CP-SAT alone may find nothing better than its hint within a level's time when there are thousands of requirements. Here each
requirement in turn is given the first other way of being booked that keeps every row and every level above, and lowers this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

from scheduler.draft import Linear, Row, Values
from scheduler.requirements import Need
from scheduler.solve import Improver
from scheduler.variables import Candidate, Variables

MOST_WAYS = 24
"""Ways of booking one requirement that are tried in a row."""
FEWEST_CANDIDATES = 5_000
"""Below this size the solver is quicker by itself."""


def improver(variables: Variables) -> Improver | None:
    """Dealing for models of this size; None where the solver is quicker by itself."""
    if len(variables.candidates) < FEWEST_CANDIDATES:
        return None

    def improve(values: Values, kept: Sequence[Linear], goal: Linear, go_on: Callable[[], bool]) -> Values | None:
        dealer = Dealer(variables, values)
        for above in kept:
            dealer.keep(above)
        return dealer.values if dealer.improve(goal, go_on) else None

    return improve


class Dealer:
    """An assignment with the activity of every row, changed step by step; a step that breaks a row is taken back."""

    def __init__(self, variables: Variables, values: Values) -> None:
        self._variables = variables
        self._draft = draft = variables.draft
        self.values = list(values)
        self._rows: list[Row] = list(draft.rows)
        self._activity = [row.activity(values) for row in self._rows]
        self._terms = _terms(self._rows, len(values))

    def keep(self, goal: Linear) -> None:
        """From now on the goal is at most what it is."""
        self._add(goal, goal.value(self.values))

    def improve(self, goal: Linear, go_on: Callable[[], bool]) -> bool:
        """Lower the goal, requirement by requirement, until a whole turn gives nothing or time is up; whether it was lowered."""
        row = self._add(goal, goal.value(self.values) - 1)
        found, lowered = True, False
        while found and go_on():
            found = False
            for need in self._variables.needs:
                if not go_on():
                    break
                if any(self._step(flips) for flips in islice(self._ways(need), MOST_WAYS)):
                    row.high = self._activity[-1] - 1
                    found = lowered = True
        row.high += 1
        return lowered

    def _add(self, goal: Linear, high: int) -> Row:
        row = Row(goal.variables, goal.coefs, -(1 << 60), high - goal.constant)
        self._rows.append(row)
        self._activity.append(row.activity(self.values))
        for variable, coef in zip(goal.variables, goal.coefs, strict=True):
            self._terms[variable].append((len(self._rows) - 1, coef))
        return row

    def _ways(self, need: Need) -> Iterator[Mapping[int, int]]:
        """Changes to be made for each other way of booking it, the earliest first."""
        options: list[Sequence[Candidate]] = []
        now: dict[int, int] = {}
        for block in need.blocks:
            own = sorted(self._variables.of_block(need, block), key=lambda c: c.offer.last)
            now |= {c.variable: 0 for c in own if self.values[c.variable]}
            options.append(own)
        for way in product(*options):
            flips = now | {c.variable: 1 for c in way}
            flips = {v: x for v, x in flips.items() if x != self.values[v]}
            if flips:
                yield flips

    def _step(self, flips: Mapping[int, int]) -> bool:
        """Make the changes with all that follows from them, if every row they touch holds."""
        before = self._draft.follow(self.values, flips)
        touched = self._count(before)
        # The goal's row is the last: it is broken until a step lowers the goal.
        touched.add(len(self._rows) - 1)
        if all(self._rows[r].low <= self._activity[r] <= self._rows[r].high for r in touched):
            return True
        now = {variable: self.values[variable] for variable in before}
        for variable, value in before.items():
            self.values[variable] = value
        self._count(now)
        return False

    def _count(self, before: Mapping[int, int]) -> set[int]:
        """Bring the rows of the changed variables up to date; their places."""
        touched: set[int] = set()
        for variable, value in before.items():
            step = self.values[variable] - value
            for row, coef in self._terms[variable]:
                self._activity[row] += coef * step
                touched.add(row)
        return touched


def _terms(rows: Sequence[Row], number: int) -> list[list[tuple[int, int]]]:
    terms: list[list[tuple[int, int]]] = [[] for _ in range(number)]
    for place, row in enumerate(rows):
        for variable, coef in zip(row.variables, row.coefs, strict=True):
            terms[variable].append((place, coef))
    return terms
