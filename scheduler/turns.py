"""Proof and search in turn: the whole model for some work, then small parts of the plan, then the whole with more work, and so on.

The proof tells how good a plan can be, so that the search can stop there; the search gives the proof a plan that leaves little to
search. Counted in work, not in seconds, so that the same input gives the same plan on any machine. Generated cities, of which
nothing below ``caseload`` was proven in a minute, are proven on all levels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf
from time import monotonic

from scheduler.draft import Linear, Row, Values
from scheduler.engine import Answer, Engine, Watcher, never, unwatched
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.variables import Variables

FIRST_WORK = 0.8
"""For the first proof of a level: all that every level of the Göteborg example needs (6.9 to 4.3 seconds against 0.5)."""
MORE_WORK = 6
"""Times as much for each next one."""
FIRST_IDLE, MORE_IDLE, MOST_IDLE = 8, 4, 20
"""Parts in a row without a better plan, before the next proof."""


class Turns(Engine):
    """CP-SAT on a whole model, helped by its own work on parts of it.

    Tried and left, for they do not pay: fixing by the LP's reduced costs (a tenth of the candidates of a city), CP-SAT's other single
    subsolvers, its interleaved search, seats-times-runs rows for ``reserve`` and ``staffing`` (the LP bound stays the same).
    """

    def __init__(self, variables: Variables, seed: int) -> None:
        draft = variables.draft
        super().__init__(draft.low, draft.high, draft.rows, seed)
        self._rows = draft.rows
        self._neighbourhoods = Neighbourhoods(variables, seed)
        self._kept: list[Row] = []

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        super().cap(expression, high)
        self._kept.append(Row(expression.variables, expression.coefs, -(1 << 50), high - expression.constant))

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        work: float = inf,
        from_below: bool = False,
        watch: Watcher = unwatched,
        should_stop: Callable[[], bool] = never,
    ) -> Answer:
        """As the engine does. ``work`` counts what is spent on proofs."""
        until = monotonic() + seconds

        def go_on() -> bool:
            return monotonic() < until and not should_stop()

        best = self._given(goal, hint)
        share, idle = FIRST_WORK, FIRST_IDLE
        while True:
            answer = super().minimise(
                goal,
                hint=best.values or hint,
                seconds=until - monotonic(),
                work=min(share, work - best.work),
                from_below=from_below,
                watch=watch,
                should_stop=should_stop,
            )
            best = _better(best, answer)
            if best.proven or best.infeasible or best.work >= work or not go_on():
                return best
            if best.values is not None:
                enough = -(1 << 50) if best.bound is None else best.bound
                values = self._neighbourhoods.improve(
                    best.values, self._kept, goal, enough=enough, idle=idle, go_on=go_on
                )
                best = replace(best, values=values, value=goal.value(values))
                watch(best.value, best.bound)
                idle = min(idle + MORE_IDLE, MOST_IDLE)
            if best.proven:
                return best
            share *= MORE_WORK

    def _given(self, goal: Linear, hint: Values | None) -> Answer:
        """The hint as the best so far, if it is a plan."""
        nothing = Answer(None, None, None, infeasible=False)
        if hint is None or not all(row.low <= row.activity(hint) <= row.high for row in (*self._rows, *self._kept)):
            return nothing
        return replace(nothing, values=hint, value=goal.value(hint))


def _better(best: Answer, answer: Answer) -> Answer:
    """The better plan of the two and the higher bound, with the work of both."""
    bounds = [bound for bound in (best.bound, answer.bound) if bound is not None]
    kept = best if best.value is not None and (answer.value is None or best.value <= answer.value) else answer
    return replace(kept, bound=max(bounds, default=None), infeasible=answer.infeasible, work=best.work + answer.work)
