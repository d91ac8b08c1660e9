"""Rule 5 ``frånvaro``: not during an absence, both days included. Hard."""

from scheduler.situation.seat import Seat

READS = frozenset({"absences", "session.day"})


def forbids(seat: Seat) -> bool:
    """She is away that day."""
    return any(row.first <= seat.session.day <= row.last for row in seat.absences)
