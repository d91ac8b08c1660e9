"""Rule 3 ``spärr``: no seat in a round that is barred to her in the table ``spärrar``. Hard."""

from models.ids import Rule
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """The round is barred to her."""
    return seat.round.id in seat.barred


RULE = SeatRule(Rule.BARRED, frozenset({"barred", "round.id"}), always(forbids))
