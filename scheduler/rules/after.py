"""Rule 11 ``efter``: nothing before the end of the programmes that must be finished first. Hard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.ids import Rule
from scheduler.linear.model import Linear, total
from scheduler.seats.candidates import Candidate
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need


def too_early(starts: datetime, ends: datetime) -> bool:
    """What begins at ``starts`` does not wait for what ends at ``ends``."""
    return starts < ends


def post(variables: Variables) -> None:
    """Post rows for each requirement and each programme in its
    ``efter`` that she is required to take and has not done.
    """
    for need in variables.needs:
        for programme in need.programme.after:
            before = variables.need_by_key.get((need.hire.id, programme))
            if before is not None:
                _post_pair(variables, before, need)


def _post_pair(variables: Variables, before: Need, need: Need) -> None:
    for block in need.blocks:
        # Plain seats are kept without the requirement being booked: then the order is not asked.
        plain = Linear()
        if variables.promises.may_be_plain(need):
            plain = Linear(constant=1).add(variables.booked(need), -1)
        for earlier in before.blocks:
            _post_blocks(variables, variables.of_block(before, earlier), variables.of_block(need, block), plain)


def _post_blocks(variables: Variables, earlier: Sequence[Candidate], later: Sequence[Candidate], plain: Linear) -> None:
    """Who starts by a moment has finished the other by that moment:
    a row for each start, tight because it sums over all before it.
    """
    for moment in sorted({c.offer.start for c in later}):
        begun = total(c.variable for c in later if c.offer.start <= moment)
        finished = total(c.variable for c in earlier if not too_early(moment, c.offer.end))
        variables.linear_model.at_most(begun.add(finished, -1).add(plain, -1), 0, Rule.AFTER)
