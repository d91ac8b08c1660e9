"""Rule 13 ``minst_deltagare``: a proposal that runs has at least ``min_deltagare`` participants. Hard."""

from __future__ import annotations

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seats.attendance import can_have_enough
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """min x runs <= participants; one with a held seat has run, and is free of this.

    One that cannot have so many never runs, which is a row of its own: a relaxation runs a part of it all the same.
    """
    for round_ in variables.proposals():
        runs = variables.runs(round_)
        if runs is not None and round_.min_participants > 1:
            people = total(variables.participants(round_).values(), -1)
            row = people.add(total([runs], round_.min_participants))
            variables.linear_model.at_most(row, 0, Rule.MIN_PARTICIPANTS, round_.id)
            if not can_have_enough(variables, round_):
                variables.linear_model.at_most(total([runs]), 0, Rule.MIN_PARTICIPANTS, round_.id)
