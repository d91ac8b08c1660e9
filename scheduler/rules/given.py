"""Rule 15 ``bokning``: given bookings are kept, and the rest of their requirement is booked with them. Hard."""

from __future__ import annotations

from models.ids import Rule
from scheduler.linear.model import total
from scheduler.seats.variables import Variables


def post(variables: Variables) -> None:
    """Each candidate that a given booking asks for is chosen
    (that it exists is checked by ``scheduler.plan.given``).
    """
    for candidate in variables.given():
        variables.linear_model.at_most(total([candidate.variable], -1), -1, Rule.GIVEN)
