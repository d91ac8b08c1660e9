"""Level 4 ``equity``: the largest share, over administrations, of counting requirements not on time. Permille, rounded up, unweighted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.draft import Linear, total
from scheduler.requirements import Need

if TYPE_CHECKING:
    from scheduler.variables import Variables


def objective(variables: Variables) -> Linear:
    """One variable, at least ceil(1000 x not on time / counting) of every administration that has any."""
    own: dict[str, list[Need]] = defaultdict(list)
    for need in variables.needs:
        if need.counts:
            own[need.hire.organisation].append(need)
    if not own:
        return Linear()
    missed = {organisation: _not_on_time(variables, needs) for organisation, needs in own.items()}
    support = [v for part in missed.values() for v in part.variables]
    worst = variables.draft.helper(
        0,
        1000,
        support,
        lambda values: max(-(-1000 * part.value(values) // len(own[o])) for o, part in missed.items()),
    )
    for organisation, part in missed.items():
        share = Linear().add(part, 1000).add(total([worst], -len(own[organisation])))
        variables.draft.at_most(share, 0)
    return total([worst])


def _not_on_time(variables: Variables, needs: list[Need]) -> Linear:
    number = Linear(constant=len(needs))
    for need in needs:
        number.add(variables.on_time(need), -1)
    return number
