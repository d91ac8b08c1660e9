"""Rule 14 ``delad``: proposals that share a trainer or a room at
overlapping times do not both run, nor beside a fixed round. Hard.
"""

from __future__ import annotations

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seat_rules.shared import conflicts
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """Post that two proposals that conflict do not both run; a
    proposal blocked by a round that runs anyway has no candidates.
    """
    proposals = {r.id: r for r in variables.proposals()}
    for pair in conflicts(variables.problem):
        if proposals.keys() >= set(pair):
            running = [variables.runs(proposals[round_id]) for round_id in pair]
            if None not in running:
                variables.linear_model.at_most(total(r for r in running if r is not None), 1, Rule.SHARED)
