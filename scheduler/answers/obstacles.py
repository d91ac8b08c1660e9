"""The rule that says no to a wish, and the seats that stand in the
way: found by leaving rules out and solving (MODEL.md, Reasons).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from math import inf

from models.ids import Level, Rule
from models.moving import Obstacle
from scheduler.linear.model import Values
from scheduler.linear.part import Part
from scheduler.linear.rows import Row
from scheduler.model.build import Model
from scheduler.seats.candidates import Candidate
from scheduler.solvers.cp_sat import Engine, never

WORK_A_QUESTION = 0.2
"""For each question whether there is a plan without some rules, in CP-SAT's deterministic time."""


def obstacle_to(
    model: Model, values: Values, hires: Collection[str], *, seed: int, should_stop: Callable[[], bool] = never
) -> Obstacle | None:
    """Why no plan grants what is decided for these hires while everybody else is as in ``values``; None where one does.

    Rules are told in the order of reasons: the first that is
    enough by itself, else the first of a few that are so together.
    """
    return _Search(model, values, hires, seed, should_stop).run()


def broken_beside(model: Model, values: Values, free: Collection[int]) -> Row | None:
    """A row that is broken however the ``free`` decisions are: a barred seat was needed there."""
    linear_model = model.variables.linear_model
    closure = linear_model.closure(free)
    return next((row for row in linear_model.rows.broken(values) if closure.isdisjoint(row.variables)), None)


class _Search:
    """The seats of the hires free, all others fixed."""

    def __init__(
        self, model: Model, values: Values, hires: Collection[str], seed: int, should_stop: Callable[[], bool]
    ) -> None:
        self._model = model
        self._hires = hires
        self._seed = seed
        self._should_stop = should_stop
        self._free = [c.variable for c in model.variables.candidates if c.need.hire.id in hires]
        self._beside = broken_beside(model, values, self._free)
        self._values = values
        self._part = Part(model.variables.linear_model, values, self._free)

    def run(self) -> Obstacle | None:
        if self._beside is not None:
            return self._told_of(self._beside, self._values)
        asked = [rule for rule in Rule if rule is not Rule.GIVEN and any(row.rule is rule for row in self._part.rows)]
        if self._without(()) is not None:
            return None
        for rule in asked:
            if (found := self._without((rule,))) is not None:
                return self._told(rule, found)
        found = self._without(asked)
        if found is None:
            return self._pinned()
        left = list(asked)
        for rule in reversed(asked):
            rest = [other for other in left if other is not rule]
            if (better := self._without(rest)) is not None:
                left, found = rest, better
        return self._told(left[0], found)

    def _without(self, rules: Collection[Rule]) -> Values | None:
        """A plan that breaks nothing but these rules, with as few moved seats as that takes."""
        rows = [row for row in self._part.rows if row.rule is None or row.rule not in rules]
        engine = Engine(self._part.low, self._part.high, rows, self._seed)
        goal = self._part.shrink(self._model.objectives[Level.CHANGES])
        answer = engine.minimise(
            goal, hint=self._part.hint, seconds=inf, work=WORK_A_QUESTION, should_stop=self._should_stop
        )
        if answer.values is None:
            return None
        found = self._part.expand(answer.values)
        return self._model.variables.linear_model.complete(c.variable for c in self._model.chosen(found))

    def _told(self, rule: Rule, values: Values) -> Obstacle:
        """What the first broken row of the rule is about: her own other seats, else those of the others there."""
        rows = [row for row in self._rows(rule) if not row.low <= row.activity(values) <= row.high]
        return self._told_of(rows[0], values) if rows else Obstacle(rule=rule)

    def _told_of(self, row: Row, values: Values) -> Obstacle:
        there = sorted(self._model.variables.linear_model.support(row.variables))
        chosen = [self._model.variables.candidates[v] for v in there if values[v]]
        return Obstacle(rule=row.rule or Rule.GIVEN, seats=tuple(self._in_the_way(chosen)), round=row.round)

    def _rows(self, rule: Rule) -> Sequence[Row]:
        linear_model = self._model.variables.linear_model
        closure = linear_model.closure(self._free)
        return [row for row in linear_model.rows_with(closure) if row.rule is rule]

    def _in_the_way(self, chosen: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
        given = self._model.history.given
        for candidate in chosen:
            hire = candidate.need.hire.id
            if not any((hire, s.id) in given for s in candidate.offer.sessions):
                yield from ((hire, s.id) for s in candidate.offer.sessions)

    def _pinned(self) -> Obstacle:
        """No rule of the model but the notice: what was published for her too near the planning date is kept."""
        seats = []
        promises = self._model.variables.promises
        for need in self._model.variables.needs:
            if need.hire.id in self._hires:
                pinned = {r for block in need.blocks for r in promises.pinned(need, block)}
                own = (seat.session for seat in promises.published(need))
                seats += [(need.hire.id, s.id) for s in own if s and s.round in pinned]
        return Obstacle(rule=Rule.NOTICE if seats else Rule.GIVEN, seats=tuple(seats))
