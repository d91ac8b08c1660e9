"""Distances in days between neighbouring modules in number
order, booked or held (rule 10, for ``ordning`` and ``avstånd``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from models.ids import Rule
from scheduler.linear.model import Linear, total
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need
from scheduler.situation.sequence import Span, across_move, booked_spans, held_spans, neighbours, same_cohort_round

Option = tuple[Span, int | None]
"""A place of a module, with the variable that books it there; None where it was held."""
AtMost = tuple[Linear, int]
"""An expression and the most that it may be."""


def post_alike(variables: Variables, needs: Sequence[Need], rows: Iterable[AtMost], rule: Rule) -> None:
    """Rows of the first requirement for all that are like it
    (``Variables.needs_by_kind``): the same, so many variables further on.
    """
    variables.look()
    first, numbers = variables.first_of(needs[0]), variables.linear_model.numbers
    shifts = [variables.first_of(need) - first for need in needs]
    for terms, high in rows:
        for shift in shifts:
            row = Linear([numbers[variable + shift] for variable in terms.variables], terms.coefs)
            variables.linear_model.at_most(row, high, rule)


def apart(variables: Variables, need: Need, least_days: int) -> Iterator[AtMost]:
    """The next module begins at least so many days after the last meeting of the one before it.

    A row for each distinct end: nobody ends then or later and yet begins the next one too
    soon. Each sums over all such places, which is as tight as can be: of a module's places
    at most one is chosen, and none unless she is booked in the module before it as well
    (docs/adr/220). A later end that forbids no more is within the one before.
    """
    gap = timedelta(days=least_days)
    for ones, others in _neighbours(variables, need):
        forbidden = 0
        for end in sorted({span.last for span, _ in ones}):
            too_soon = [(s, v) for s, v in others if s.first < end + gap]
            if len(too_soon) > forbidden or need.has_dates:
                forbidden = len(too_soon)
                yield from _not_both(variables, need, _parted(ones, end, later=True), too_soon)


def together(variables: Variables, need: Need, most_days: int) -> Iterator[AtMost]:
    """The next module begins at most so many days after the last
    meeting of the one before it; rows as above, the other way round.

    What was held in a round that she has left is held in no other, and nothing is asked of its neighbours.
    """
    gap = timedelta(days=most_days)
    for ones, others in _neighbours(variables, need):
        forbidden = 0
        if any(across_move(need, one, other) for one, _ in ones for other, _ in others):
            continue
        for end in sorted({span.last for span, _ in ones}, reverse=True):
            too_late = [(s, v) for s, v in others if s.first > end + gap]
            if len(too_late) > forbidden or need.has_dates:
                forbidden = len(too_late)
                yield from _not_both(variables, need, _parted(ones, end, later=False), too_late)


def _neighbours(variables: Variables, need: Need) -> Iterable[tuple[Sequence[Option], Sequence[Option]]]:
    options = _options(variables, need)
    for one, other in neighbours(need, options):
        yield options[one], options[other]


def _options(variables: Variables, need: Need) -> dict[int, list[Option]]:
    """Each module's places: where it was held (variable None), and where it may be booked."""
    options: dict[int, list[Option]] = {span.module: [(span, None)] for span in held_spans(need)}
    for block in need.blocks:
        if not block.retake:
            for candidate in variables.of_block(need, block):
                for span in booked_spans(need, candidate.offer):
                    options.setdefault(span.module, []).append((span, candidate.variable))
    return options


def _not_both(
    variables: Variables, need: Need, parted: tuple[Sequence[Option], Sequence[Option]], others: Sequence[Option]
) -> Iterator[AtMost]:
    """Not one of the first places of a module together with one of the ``others``, of a module beside it;
    held beside held is not asked, nor a cohort against itself.

    Where no seat of hers is settled, she has both modules or none: whoever is in one of the others is in one of the
    module's other places.
    """
    ones, left = parted
    beside_held = _beside_held(need, ones, others) | _beside_held(need, others, ones)
    if beside_held:
        yield total(sorted(beside_held)), 0
    chosen, other = _variables(ones), _variables(others)
    if need.programme.cohort or not chosen or not other:
        return
    if need.has_dates or variables.promises.any_for(need.hire.id):
        yield total([*chosen, *other]), 1
    else:
        yield total(other).add(total(_variables(left), -1)), 0


def _parted(options: Sequence[Option], end: date, *, later: bool) -> tuple[Sequence[Option], Sequence[Option]]:
    """The places that end on that day or later, or else on that day or earlier, and the others."""
    those = [(s, v) for s, v in options if (s.last >= end if later else s.last <= end)]
    return those, [(s, v) for s, v in options if (s.last < end if later else s.last > end)]


def _beside_held(need: Need, held: Sequence[Option], booked: Sequence[Option]) -> set[int]:
    """Variables of the places that cannot be booked beside something held."""
    facts = [span for span, variable in held if variable is None]
    return {
        variable
        for span, variable in booked
        if variable is not None and any(not same_cohort_round(need, fact, span) for fact in facts)
    }


def _variables(options: Sequence[Option]) -> list[int]:
    return [variable for _, variable in options if variable is not None]
