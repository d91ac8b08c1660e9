"""Forbidding pairs of neighbouring modules, in number order, that some rule says cannot follow each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.ids import Rule
from scheduler.draft import total
from scheduler.requirements import Need
from scheduler.sequence import Span, booked_spans, held_spans, neighbours, same_cohort_round

if TYPE_CHECKING:
    from scheduler.variables import Variables

Breaks = Callable[[Need, Span, Span], bool]
Option = tuple[Span, int | None]


def forbid_pairs(variables: Variables, need: Need, breaks: Breaks, rule: Rule) -> None:
    """Rows so that no two neighbours, booked or held, break the rule; held beside held is not asked."""
    options = _options(variables, need)
    for one, other in neighbours(need, options):
        # Each option against the sum of all that it cannot stand with: of these at most one is chosen, which is tight.
        for span, variable in options[one]:
            bad = [
                v
                for after, v in options[other]
                if v != variable and not same_cohort_round(need, span, after) and breaks(need, span, after)
            ]
            _forbid_together(variables, variable, bad, rule)


def _options(variables: Variables, need: Need) -> dict[int, list[Option]]:
    """Each module's places: where it was held (variable None), and where it may be booked."""
    options: dict[int, list[Option]] = {span.module: [(span, None)] for span in held_spans(need)}
    for block in need.blocks:
        if not block.retake:
            for candidate in variables.of_block(need, block):
                for span in booked_spans(need, candidate.offer):
                    options.setdefault(span.module, []).append((span, candidate.variable))
    return options


def _forbid_together(variables: Variables, variable: int | None, bad: Sequence[int | None], rule: Rule) -> None:
    choices = [v for v in bad if v is not None]
    if variable is None and choices:
        variables.draft.at_most(total(choices), 0, rule)
    elif variable is not None and len(choices) < len(bad):
        variables.draft.at_most(total([variable]), 0, rule)
    elif variable is not None and choices:
        variables.draft.at_most(total([variable, *choices]), 1, rule)
