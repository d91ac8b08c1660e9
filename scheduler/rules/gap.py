"""Rule 10 ``avstånd``: days from one module's last meeting to the next module's first, at least and at most. Hard.

Between neighbours in number order where the programme is ``i_ordning``, else in date order of first meetings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seats.pairs import AtMost, apart, post_alike, together
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need
from scheduler.situation.sequence import (
    Span,
    booked_spans,
    day_missed_between,
    has_distances,
    held_spans,
    same_cohort_round,
    too_early,
    too_late,
)

Option = tuple[Span, int | None]
"""A module in a round, with the variable that books it there; None for what is held."""


def breaks(need: Need, one: Span, other: Span) -> bool:
    """The distance between two neighbours, ``one`` first, is too short or too long."""
    return has_distances(need) and (too_early(need, one, other) or too_late(need, one, other))


def post(variables: Variables) -> None:
    """Post rows for pairs of neighbours; in date order it depends on
    what is booked between two modules whether they are neighbours.
    """
    for needs in variables.needs_by_kind:
        need = needs[0]
        if has_distances(need):
            rows = _in_order(variables, need) if need.programme.ordered else _by_date(variables, need)
            post_alike(variables, needs, rows, Rule.GAP)


def _in_order(variables: Variables, need: Need) -> Iterator[AtMost]:
    if need.programme.min_gap_days > 0:
        yield from apart(variables, need, need.programme.min_gap_days)
    if need.programme.max_gap_days is not None:
        yield from together(variables, need, need.programme.max_gap_days)


def _by_date(variables: Variables, need: Need) -> Iterator[AtMost]:
    options: list[Option] = [(span, None) for span in held_spans(need)]
    for block in need.blocks:
        if not block.retake:
            for candidate in variables.of_block(need, block):
                options += [(span, candidate.variable) for span in booked_spans(need, candidate.offer)]
    options.sort(key=lambda option: option[0].place)
    for index, one in enumerate(options):
        for other in options[index + 1 :]:
            if _asked(need, one, other):
                yield from _pair(need, options, one, other)


def _asked(need: Need, one: Option, other: Option) -> bool:
    facts = one[1] is None and other[1] is None
    same = one[0].module == other[0].module or (one[1] is not None and one[1] == other[1])
    exempt = same_cohort_round(need, one[0], other[0]) or day_missed_between(need, one[0], other[0])
    return not facts and not same and not exempt


def _pair(need: Need, options: Sequence[Option], one: Option, other: Option) -> Iterator[AtMost]:
    chosen = [v for v in (one[1], other[1]) if v is not None]
    if too_early(need, one[0], other[0]):
        yield total(chosen), len(chosen) - 1
    elif too_late(need, one[0], other[0]):
        # Far apart is fine when another module lies between them, near enough to the first.
        between = [
            o for o in options if one[0].place < o[0].place < other[0].place and not too_late(need, one[0], o[0])
        ]
        between = [o for o in between if o[0].module not in (one[0].module, other[0].module)]
        if all(o[1] is not None for o in between):
            yield total(chosen).add(total([v for _, v in between if v is not None], -1)), len(chosen) - 1
