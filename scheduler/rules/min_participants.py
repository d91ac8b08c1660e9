"""Rule 13 ``minst_deltagare``: a proposal that runs has at least ``min_deltagare`` participants. Hard."""

from __future__ import annotations

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """min x runs <= participants; one with a held seat has run, and is free of this."""
    for round_ in variables.proposals():
        runs = variables.runs(round_)
        if runs is not None and round_.min_participants > 1:
            people = total(variables.participants(round_).values(), -1)
            row = people.add(total([runs], round_.min_participants))
            variables.linear_model.at_most(row, 0, Rule.MIN_PARTICIPANTS, round_.id)
