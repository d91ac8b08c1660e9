"""Proof and search in turn: the whole model for some work, then small parts of the plan, then the whole with more work, and so on.

The proof tells how good a plan can be, so that the search can stop there; the search gives the proof a plan that leaves little to
search. Counted in work, not in seconds, so that the same input gives the same plan on any machine. Generated cities, of which
nothing below ``caseload`` was proven in a minute, are proven on all levels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic

from scheduler.draft import Linear, Row, Values
from scheduler.engine import Answer, Engine, Watcher, never, unwatched
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.tree import Case, RoundTree
from scheduler.variables import Variables

FIRST_WORK = 0.8
"""For the first proof of a level: all that every level of the Göteborg example needs (6.9 to 4.3 seconds against 0.5)."""
FIRST_CASES, MORE_CASES = 30, 3
WORK_A_CASE = 2.0
"""For what a case of the tree leaves open."""
MORE_WORK = 6
"""Times as much for each next one."""
FIRST_IDLE, MORE_IDLE, MOST_IDLE = 8, 4, 20
"""Parts in a row without a better plan, before the next proof."""


class Turns:
    """CP-SAT on a whole model, helped by its own work on parts of it.

    Tried and left, for they do not pay: fixing by the LP's reduced costs (a tenth of the candidates of a city), CP-SAT's other single
    subsolvers, its interleaved search, seats-times-runs rows for ``reserve`` and ``staffing`` (the LP bound stays the same).
    """

    def __init__(self, variables: Variables, seed: int, deciding: Sequence[int] = ()) -> None:
        draft = variables.draft
        self._engine = Engine(draft.low, draft.high, draft.rows, seed)
        self._tree = RoundTree(draft, deciding)
        self._decisions = len(variables.candidates)
        self._rows = draft.rows
        self._neighbourhoods = Neighbourhoods(variables, seed)
        self._kept: list[Row] = []

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        self._engine.cap(expression, high)
        self._tree.cap(expression, high)
        self._kept.append(Row(expression.variables, expression.coefs, -(1 << 50), high - expression.constant))

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        from_below: bool = False,
        watch: Watcher = unwatched,
        should_stop: Callable[[], bool] = never,
    ) -> Answer:
        """As the engine does."""
        until = monotonic() + seconds

        def go_on() -> bool:
            return monotonic() < until and not should_stop()

        best = self._given(goal, hint)
        share, idle, cases = FIRST_WORK, FIRST_IDLE, FIRST_CASES
        while True:
            answer = self._engine.minimise(
                goal,
                hint=best.values or hint,
                seconds=until - monotonic(),
                work=share,
                from_below=from_below,
                watch=watch,
                should_stop=should_stop,
            )
            best = _better(best, answer)
            if best.proven or best.infeasible or not go_on():
                return best
            if best.values is not None:
                enough = -(1 << 50) if best.bound is None else best.bound
                values = self._neighbourhoods.improve(
                    best.values, self._kept, goal, enough=enough, idle=idle, go_on=go_on
                )
                best = replace(best, values=values, value=goal.value(values))
                watch(best.value, best.bound)
                idle = min(idle + MORE_IDLE, MOST_IDLE)
            if not best.proven and best.values is not None:
                best = self._branched(goal, best, cases, lambda: 0.0 if should_stop() else until - monotonic())
                cases *= MORE_CASES
                watch(best.value, best.bound)
            if best.proven:
                return best
            share *= MORE_WORK

    def _branched(self, goal: Linear, best: Answer, cases: int, left: Callable[[], float]) -> Answer:
        """The same with what comes of branching on the rounds."""
        assert best.values is not None

        def ask(case: Case, values: Values) -> Answer:
            with self._engine.settled(case):
                return self._engine.minimise(goal, hint=values, seconds=left(), work=WORK_A_CASE)

        def solve(case: Case, values: Values, unused: Sequence[int], bound: int) -> Answer:
            # Where the rounds are settled, the relaxation and the best plan have nearly everything in common.
            near = ask({**{v: 0 for v in unused if v < self._decisions}, **case}, values)
            if near.value is not None and near.value <= bound:
                return replace(near, bound=near.value)
            full = ask(case, values if near.values is None else near.values)
            return full if full.values is not None or near.values is None else replace(near, bound=full.bound)

        values, bound = self._tree.search(goal, best.values, solve, cases, left)
        bound = bound if best.bound is None else max(bound, best.bound)
        return replace(best, values=values, value=goal.value(values), bound=bound)

    def _given(self, goal: Linear, hint: Values | None) -> Answer:
        """The hint as the best so far, if it is a plan."""
        nothing = Answer(None, None, None, infeasible=False)
        if hint is None or not all(row.low <= row.activity(hint) <= row.high for row in (*self._rows, *self._kept)):
            return nothing
        return replace(nothing, values=hint, value=goal.value(hint))


def _better(best: Answer, answer: Answer) -> Answer:
    """The better plan of the two and the higher bound."""
    bounds = [bound for bound in (best.bound, answer.bound) if bound is not None]
    kept = best if best.value is not None and (answer.value is None or best.value <= answer.value) else answer
    return replace(kept, bound=max(bounds, default=None), infeasible=answer.infeasible)
