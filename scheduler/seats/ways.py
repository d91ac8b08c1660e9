"""Ways to book a requirement in full, the early ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scheduler.linear.model import Values
from scheduler.seats.candidates import Candidate
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Block, Need

Way = tuple[Candidate, ...]
"""One candidate for each block of a requirement."""


def ways(variables: Variables, need: Need) -> Iterator[Way]:
    """Ways to book it, early ones first: each block as early as
    can be after the one before it, from each place of the first.
    """
    given = given_blocks(variables, need)
    blocks = [_by_end(given.get(block, variables.of_block(need, block))) for block in need.blocks]
    for first in blocks[0] if blocks else ():
        way = [first]
        for candidates in blocks[1:]:
            later = next((c for c in candidates if c.offer.start >= way[-1].offer.end), None)
            if later is None:
                break
            way.append(later)
        if len(way) == len(blocks):
            yield tuple(way)


def booked_by(candidates: Iterable[Candidate]) -> dict[int, int]:
    """Their decisions, each with the value 1."""
    return {candidate.variable: 1 for candidate in candidates}


def is_booked(variables: Variables, values: Values, need: Need) -> bool:
    """Whether any part of it has a seat in an assignment."""
    return any(values[c.variable] for block in need.blocks for c in variables.of_block(need, block))


def given_blocks(variables: Variables, need: Need) -> dict[Block, list[Candidate]]:
    """The candidates of the blocks for which a booking is given."""
    if need.key not in variables.promises.needs_with_given:
        return {}
    of_blocks = (
        (b, [c for c in variables.of_block(need, b) if variables.promises.given(need, c)]) for b in need.blocks
    )
    return {block: candidates for block, candidates in of_blocks if candidates}


def _by_end(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (c.offer.end, c.offer.round.id))
