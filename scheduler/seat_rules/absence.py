"""Rule 5 ``frånvaro``: not during an absence, both days included. Hard."""

from models.ids import Rule
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """She is away that day."""
    return any(row.first <= seat.session.day <= row.last for row in seat.absences)


RULE = SeatRule(Rule.ABSENCE, frozenset({"absences", "session.day"}), always(forbids))
