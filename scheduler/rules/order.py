"""Rule 10 ``ordning``: every meeting of a module on a later
date than the last meeting of the module before it. Hard.
"""

from __future__ import annotations

from models.ids import Rule
from scheduler.seats.pairs import apart, post_alike
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need
from scheduler.situation.sequence import Span


def breaks(need: Need, one: Span, other: Span) -> bool:
    """``other``, the next module in number order, begins on or before the last day of ``one``."""
    return need.programme.ordered and other.first <= one.last


def post(variables: Variables) -> None:
    """Post rows for neighbours in number order, booked or held, unless
    a least distance of a day or more (``avstånd``) says it already.
    """
    for needs in variables.needs_by_kind:
        programme = needs[0].programme
        if programme.ordered and programme.min_gap_days == 0:
            post_alike(variables, needs, apart(variables, needs[0], 1), Rule.ORDER)
