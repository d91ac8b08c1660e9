"""When a requirement is done: on time, and on which day, as expressions over its bookings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from scheduler.linear.model import Linear, LinearModel, total
from scheduler.seats.blocks import Blocks
from scheduler.seats.promises import Promises
from scheduler.situation.requirements import Block, Need
from scheduler.situation.settled import History


class Completion:
    """Expressions for the completion of requirements; a helper is made once it is asked for."""

    def __init__(self, history: History, linear_model: LinearModel, promises: Promises, blocks: Blocks) -> None:
        self._history = history
        self._linear_model = linear_model
        self._promises = promises
        self._blocks = blocks
        self._on_time: dict[tuple[str, str], int] = {}

    def on_time(self, need: Need) -> Linear:
        """1 when every remaining module is booked on or before the deadline."""
        assert need.deadline is not None
        punctual = [
            [c.variable for c in self._blocks.of_block(need, b) if c.offer.last <= need.deadline]
            for b in self._decisive(need)
        ]
        booked = self._blocks.booked(need)
        if not all(punctual) or not booked.variables:
            return Linear()
        if len(punctual) == 1 and not self._promises.may_be_plain(need):
            return total(punctual[0])
        if need.key not in self._on_time:
            self._on_time[need.key] = self._add_on_time(punctual, booked)
        return total([self._on_time[need.key]])

    def cost_of_day(self, need: Need, cost: Callable[[date], int], unbooked: int) -> Linear:
        """``cost`` of the day of completion when booked, ``unbooked`` when not; ``cost`` never falls with time."""
        booked = self._blocks.booked(need)
        if self._promises.may_be_plain(need):
            return total([self._plain_completion(need, cost, unbooked)])
        parts = []
        for block in self._decisive(need):
            own = self._blocks.of_block(need, block)
            part = Linear([c.variable for c in own], [cost(c.offer.last) for c in own], unbooked)
            parts.append(part.add(booked, -unbooked))
        if len(parts) == 1 or not booked.variables:
            return parts[0] if booked.variables else Linear(constant=unbooked)
        high = max(unbooked, *(cost(c.offer.last) for b in need.blocks for c in self._blocks.of_block(need, b)))
        return total([self._linear_model.highest_of(parts, high)])

    def _decisive(self, need: Need) -> Sequence[Block]:
        """The blocks that may be the last to be done: in a fixed
        order only the last one (promised seats may break the order).
        """
        ordered = need.programme.ordered and not any(block.retake for block in need.blocks)
        return need.blocks[-1:] if ordered and need.hire.id not in self._history.published else need.blocks

    def _add_on_time(self, punctual: Sequence[Sequence[int]], booked: Linear) -> int:
        """A helper that is 1 when it is booked and every block is among the punctual ones."""
        members = [v for group in punctual for v in group]
        index = self._linear_model.helper(
            0,
            1,
            [*members, *booked.variables],
            lambda values: int(booked.value(values) and all(any(values[v] for v in group) for group in punctual)),
        )
        for group in punctual:
            self._linear_model.at_most(total([index]).add(total(group, -1)), 0)
        self._linear_model.at_most(total([index]).add(booked, -1), 0)
        return index

    def _plain_completion(self, need: Need, cost: Callable[[date], int], unbooked: int) -> int:
        """With plain seats a block may be taken though the requirement is not booked: then only ``unbooked`` counts."""
        booked = self._blocks.booked(need)
        high = max(unbooked, *(cost(c.offer.last) for b in need.blocks for c in self._blocks.of_block(need, b)), 0)
        blocks = [
            Linear([c.variable for c in own], [cost(c.offer.last) for c in own])
            for own in (self._blocks.of_block(need, b) for b in need.blocks)
        ]
        index = self._linear_model.helper(
            0,
            high,
            [v for part in (*blocks, booked) for v in part.variables],
            lambda values: max(p.value(values) for p in blocks) if booked.value(values) else unbooked,
        )
        for part in blocks:
            self._linear_model.at_most(Linear(constant=-high).add(part).add(booked, high).add(total([index], -1)), 0)
        self._linear_model.at_most(Linear(constant=unbooked).add(booked, -unbooked).add(total([index], -1)), 0)
        return index
