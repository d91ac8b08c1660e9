"""Rule 8 ``krock``: two meetings of one hire never overlap; one may start when the other ends. Hard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seats.kinds import Kind, places
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """Allow at most one of candidates that all overlap each other; every pair that overlaps is in some row.

    Pairs that the order of modules or ``efter`` forbids anyway are left out (docs/adr/103). Whoever was promised seats
    gets a row for each moment, and no less, since rules may give way to them one by one.
    """
    for kind in variables.kinds:
        rows = [list(places(row)) for row in (_by_moment(kind) if kind.promised else _covering(kind))]
        for _, first in kind.members:
            own = variables.linear_model.numbers[first : first + len(kind.candidates)]
            for row in rows:
                variables.linear_model.at_most(total([own[place] for place in row]), 1, Rule.CLASH)


def _by_moment(kind: Kind) -> Iterator[int]:
    """Give the sets of candidates that share a moment, without those that lie within another set."""
    kept: list[int] = []
    for together in sorted(kind.at_one_moment, key=int.bit_count, reverse=True):
        several = any(together & ~kind.blocks[place] for place in places(together))
        if several and not any(together & larger == together for larger in kept):
            kept.append(together)
            yield together


def _covering(kind: Kind) -> Iterator[int]:
    """Give a small number of sets that together hold every pair that overlaps and that no other rule forbids."""
    left = [pairs & ~sequence for pairs, sequence in zip(kind.overlapping, kind.in_sequence, strict=True)]
    for one in range(len(left)):
        while left[one]:
            chosen = _grown(kind, left, one)
            for place in places(chosen):
                left[place] &= ~chosen
            yield chosen


def _grown(kind: Kind, left: Sequence[int], one: int) -> int:
    """Enlarge a set of candidates that all overlap each other, by
    the one with most pairs not covered yet, as long as there is one.
    """
    chosen, common = 1 << one, kind.exclusive[one] & ~(1 << one)
    while common:
        fit = max(places(common), key=lambda place: (left[place] & chosen).bit_count())
        if not left[fit] & chosen:
            break
        chosen |= 1 << fit
        common &= kind.exclusive[fit] & ~(1 << fit)
    return chosen
