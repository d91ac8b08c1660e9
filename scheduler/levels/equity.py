"""Level 4 ``equity``: the largest share, over administrations, of
counting requirements not on time. Permille, rounded up, unweighted.
"""

from __future__ import annotations

from collections import defaultdict

from scheduler.linear.model import Linear, total
from scheduler.linear.solving import Solving
from scheduler.seats.variables import Variables
from scheduler.situation.requirements import Need

SOLVING = Solving(share=6, from_below=True, with_level_above=True)


def objective(variables: Variables) -> Linear:
    """One variable, at least ceil(1000 x not on time / counting) of every administration that has any."""
    own: dict[str, list[Need]] = defaultdict(list)
    for need in variables.needs:
        if need.counts:
            own[need.hire.organisation].append(need)
    if not own:
        return Linear()
    missed = {organisation: _not_on_time(variables, needs) for organisation, needs in own.items()}
    worst = variables.linear_model.helper(
        0,
        1000,
        missed.values(),
        lambda values: max(-(-1000 * values[number] // len(own[o])) for o, number in missed.items()),
    )
    for organisation, number in missed.items():
        share = total([number], 1000).add(total([worst], -len(own[organisation])))
        variables.linear_model.at_most(share, 0)
    return total([worst])


def _not_on_time(variables: Variables, needs: list[Need]) -> int:
    """The number of requirements not on time as a variable of its
    own, so that a changed seat touches one administration only.
    """
    late = Linear(constant=len(needs))
    for need in needs:
        late.add(variables.on_time(need), -1)
    number = variables.linear_model.sum_of(late, 0, len(needs))
    variables.linear_model.at_most(Linear().add(late).add(total([number], -1)), 0)
    return number
