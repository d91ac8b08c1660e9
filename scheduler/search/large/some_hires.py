"""Neighbourhoods of a large plan: all decisions of some hires are
free, and everybody else stays where she is (SPEED.md, point 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from scheduler.linear.excerpt import Mask
from scheduler.linear.program import Places
from scheduler.search.large.alike_hires import SHARED
from scheduler.search.large.merged_model import MergedModel
from scheduler.seats.variables import Variables

MOST_FREE = 2_500
"""Most decisions of the hires of one neighbourhood."""
SHARE_OF_COSTLY = 0.5
"""Share of a neighbourhood's decisions that belong to hires who cost something."""
WAYS = 3
"""Number of ways in which hires are chosen, in turn."""

Costly = Callable[[], Iterable[Places]]


class SomeHires:
    """Hires chosen by ``chance`` in turn: any; those who cost
    something and as many others; those who may sit in some proposals.

    A proposal with too few participants is opened, and one with
    few is closed, by all of them together only (docs/adr/213).
    """

    def __init__(self, variables: Variables, chance: np.random.Generator) -> None:
        self._chance = chance
        numbers = {hire.id: number for number, hire in enumerate(variables.problem.hires)}
        in_proposals = (variables.in_round(round_.id) for round_ in variables.proposals())
        self._of_proposals = [sorted({numbers[c.need.hire.id] for c in own}) for own in in_proposals]

    def around(self, merged: MergedModel, costly: Costly) -> Iterator[Mask]:
        """Masks of free decisions, one after the other; ``costly`` gives the decisions
        behind each part of the goal that costs something in the best plan.
        """
        while True:
            yield self._some(merged, (), 0.0)
            yield self._some(merged, self._owners(merged, costly()), SHARE_OF_COSTLY)
            yield self._some(merged, self._around_proposals(), 1.0)

    def _around_proposals(self) -> Iterator[int]:
        """The hires who may sit in one proposal, then those of another."""
        for place in self._chance.permutation(len(self._of_proposals)):
            yield from self._chance.permutation(self._of_proposals[place])

    def _owners(self, merged: MergedModel, parts: Iterable[Places]) -> Iterator[int]:
        """The hires of some decisions."""
        owners = merged.owner_of[merged.columns]
        for columns in parts:
            found = owners[columns]
            yield from np.unique(found[found != SHARED])

    def _some(self, merged: MergedModel, first: Iterable[int], share: float) -> Mask:
        """All decisions of the first hires, as far as these are no
        more than a share of those that may be free, and of any others.
        """
        owners = merged.owner_of[merged.columns]
        sizes = np.bincount(owners[merged.decides], minlength=len(merged.variables.problem.hires))
        order = list(self._chance.permutation(len(sizes)))
        chosen = np.zeros(len(sizes), np.bool_)
        free, smallest = 0, sizes[sizes > 0].min(initial=MOST_FREE)
        for owner in first:
            if free + smallest > MOST_FREE * share:
                break
            if not chosen[owner] and free + sizes[owner] <= MOST_FREE * share:
                chosen[owner] = True
                free += sizes[owner]
        for owner in order:
            if not chosen[owner] and free + sizes[owner] <= MOST_FREE:
                chosen[owner] = True
                free += sizes[owner]
        return merged.decides & chosen[owners]
