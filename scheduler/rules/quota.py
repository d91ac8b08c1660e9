"""Rule 2 ``kvot``: in every session of the round at most ``högst``
of an administration, and ``minst`` seats kept for it. Hard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from models.ids import Rule
from models.problem import Quota, Session
from scheduler.linear.model import Linear, total
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """Post rows for each session of each round with quotas."""
    quotas: dict[str, list[Quota]] = defaultdict(list)
    for quota in variables.problem.quotas:
        quotas[quota.round].append(quota)
    for session in variables.sessions_with_candidates():
        if session.round in quotas:
            _post_session(variables, session, quotas[session.round])


def keeps_out(organisation: str, taken: Mapping[str, int], seats: int, quotas: Iterable[Quota]) -> bool:
    """Whether one more participant of the administration would break
    a row of the session: its own ``högst``, or seats kept for others.

    ``taken`` are the seats held there by each administration, of ``seats`` in all.
    """
    filled = 1 + sum(taken.values())
    for quota in quotas:
        own = taken.get(quota.organisation, 0) + (quota.organisation == organisation)
        if quota.organisation == organisation and quota.at_most is not None and own > quota.at_most:
            return True
        filled += max(0, quota.at_least - own)
    return filled > seats


def _post_session(variables: Variables, session: Session, quotas: Sequence[Quota]) -> None:
    linear_model = variables.linear_model
    filled = total(c.variable for c in variables.in_session(session.id))
    kept = False
    for quota in quotas:
        own = _of_organisation(variables, session, quota.organisation)
        if quota.at_most is not None and len(own.variables) > quota.at_most:
            linear_model.at_most(Linear().add(own), quota.at_most, Rule.QUOTA)
        if quota.at_least:
            unused = Linear(constant=quota.at_least).add(own, -1)
            filled.add(total([linear_model.excess(unused, quota.at_least)]))
            kept = True
    if kept:
        linear_model.at_most(filled, session.seats, Rule.QUOTA, session.round)


def _of_organisation(variables: Variables, session: Session, organisation: str) -> Linear:
    return total(c.variable for c in variables.in_session(session.id) if c.need.hire.organisation == organisation)
