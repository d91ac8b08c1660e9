"""An engine that may never be needed."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.linear.model import Linear, Values
from scheduler.search.lexicographic import Minimiser
from scheduler.solvers.cp_sat import Answer, Watcher


class WhenAsked:
    """An engine that is made when it is first asked to minimise: what is known already may be enough."""

    def __init__(self, make: Callable[[], Minimiser]) -> None:
        self._make = make
        self._engine: Minimiser | None = None
        self._caps: list[tuple[Linear, int]] = []

    def cap(self, expression: Linear, high: int) -> None:
        """Keep an expression at most that from now on."""
        if self._engine is None:
            self._caps.append((expression, high))
        else:
            self._engine.cap(expression, high)

    def minimise(
        self,
        goal: Linear,
        *,
        hint: Values | None,
        seconds: float,
        from_below: bool,
        watch: Watcher,
        should_stop: Callable[[], bool],
    ) -> Answer:
        """The best assignment found in so many seconds, and a bound."""
        if self._engine is None:
            self._engine = self._make()
            for expression, high in self._caps:
                self._engine.cap(expression, high)
        return self._engine.minimise(
            goal, hint=hint, seconds=seconds, from_below=from_below, watch=watch, should_stop=should_stop
        )

    def finish(self) -> None:
        """No goal is asked any more: nothing is at work for one after this."""
        if self._engine is not None:
            self._engine.finish()
