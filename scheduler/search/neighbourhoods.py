"""Better plans by solving small parts of a plan anew: all bookings
of some hires free, everybody else as they are (SPEED.md, point 4).

One worker that looks for a proof finds good plans late. A part of some hundred candidates takes a tenth of a second,
and some dozens of them come near the best plan (docs/adr/205-small-models.md).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle
from math import inf
from typing import TypeVar

from scheduler.linear.model import Linear, Values
from scheduler.linear.part import Part
from scheduler.linear.rows import Row
from scheduler.seats.variables import Variables
from scheduler.solvers.cp_sat import Engine

NeedKey = tuple[str, str]
T = TypeVar("T", int, str, NeedKey)
MOST_CANDIDATES = 400
"""Free in a part: with twice as many, fewer parts in the same time find less."""
WORK_A_PART = 0.3
ROUNDS_A_PART = 2


class Neighbourhoods:
    """Parts of a plan, drawn by chance from a seed: around some
    rounds, around what costs, of one programme, or of anybody.
    """

    def __init__(self, variables: Variables, seed: int) -> None:
        self._variables = variables
        self._chance = random.Random(seed)
        self._decisions: dict[NeedKey, list[int]] = {}
        self._in_round: dict[str, set[NeedKey]] = {}
        for candidate in variables.candidates:
            self._decisions.setdefault(candidate.need.key, []).append(candidate.variable)
            self._in_round.setdefault(candidate.offer.round.id, set()).add(candidate.need.key)
        self._needs_of: dict[str, list[NeedKey]] = {}
        for key in self._decisions:
            self._needs_of.setdefault(key[0], []).append(key)
        self._ways = cycle((self._around_rounds, self._around_costs, self._of_a_programme, self._of_anybody))

    def improve(
        self, values: Values, kept: Sequence[Row], goal: Linear, *, enough: int, idle: int, go_on: Callable[[], bool]
    ) -> Values:
        """A plan with a lower goal, until it is low ``enough`` or so many
        parts in a row were ``idle``; the same plan if none is found.
        """
        value, missed = goal.value(values), 0
        while self._decisions and value > enough and missed < idle and go_on():
            found = self._solve(values, kept, goal, next(self._ways)(values, goal))
            missed = 0 if goal.value(found) < value else missed + 1
            values, value = found, goal.value(found)
        return values

    def _solve(self, values: Values, kept: Sequence[Row], goal: Linear, needs: Sequence[NeedKey]) -> Values:
        """The best found with just these free; an equal plan is taken too: the next part may go on from there."""
        linear_model = self._variables.linear_model
        part = Part(linear_model, values, [v for key in needs for v in self._decisions[key]], kept)
        engine = Engine(part.low, part.high, part.rows, int(self._chance.random() * 1000))
        answer = engine.minimise(part.shrink(goal), hint=part.hint, seconds=inf, work=WORK_A_PART)
        if answer.values is None or answer.value is None or answer.value > goal.value(values):
            return values
        found = part.expand(answer.values)
        return linear_model.complete(v for v in range(len(self._variables.candidates)) if found[v])

    # --- which part -----------------------------------------------------------------------------------------------

    def _around_rounds(self, values: Values, goal: Linear) -> Sequence[NeedKey]:
        rounds = self._shuffled(self._in_round)[:ROUNDS_A_PART]
        return self._all_of(self._shuffled({key[0] for r in rounds for key in self._in_round[r]}))

    def _around_costs(self, values: Values, goal: Linear) -> Sequence[NeedKey]:
        """Those who sit where one term of the goal costs, then
        some who may, then whoever may sit in the same rounds.
        """
        terms = zip(goal.variables, goal.coefs, strict=True)
        costly = [v for v, coef in terms if (values[v] > 0 if coef > 0 else values[v] == 0)]
        if not costly:
            return self._of_anybody(values, goal)
        candidates = self._variables.candidates
        term = sorted(self._variables.linear_model.support([self._shuffled(costly)[0]]))
        seated = self._shuffled({candidates[v].need.hire.id for v in term if values[v]})
        others = self._shuffled({candidates[v].need.hire.id for v in term})[:10]
        rounds = {candidates[v].offer.round.id for v in term}
        around = self._shuffled({key[0] for r in rounds for key in self._in_round[r]})
        return self._all_of(dict.fromkeys([*seated, *others, *around]))

    def _of_a_programme(self, values: Values, goal: Linear) -> Sequence[NeedKey]:
        """One programme's bookings only, round by round."""
        programme = self._shuffled({key[1] for key in self._decisions})[0]
        rounds = self._shuffled(r for r, keys in self._in_round.items() if next(iter(keys))[1] == programme)
        return self._as_many(dict.fromkeys(key for r in rounds for key in self._shuffled(self._in_round[r])))

    def _of_anybody(self, values: Values, goal: Linear) -> Sequence[NeedKey]:
        return self._all_of(self._shuffled(self._needs_of))

    def _all_of(self, hires: Iterable[str]) -> Sequence[NeedKey]:
        return self._as_many(key for hire in hires for key in self._needs_of[hire])

    def _as_many(self, needs: Iterable[NeedKey]) -> Sequence[NeedKey]:
        """The first that are not too many together."""
        found, free = [], 0
        for key in needs:
            if free and free + len(self._decisions[key]) > MOST_CANDIDATES:
                break
            found.append(key)
            free += len(self._decisions[key])
        return found

    def _shuffled(self, items: Iterable[T]) -> list[T]:
        """In an order of chance that depends on the seed alone
        (``Random.random`` is the same in every version of Python).
        """
        return sorted(sorted(items), key=lambda _: self._chance.random())
