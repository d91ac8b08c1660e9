"""Rule 12 ``tillgänglig``: who needs an accessible room gets sessions in such rooms only. Hard."""

from models.ids import Rule
from models.problem import Hire, Session
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule, always


def forbids(seat: Seat) -> bool:
    """The room is not accessible to her."""
    return out_of_reach(seat.session, seat.hire)


def out_of_reach(session: Session, hire: Hire) -> bool:
    """She needs an accessible room and the meeting is not in one."""
    return hire.needs_accessible and not session.accessible


RULE = SeatRule(Rule.ACCESSIBLE, frozenset({"hire.needs_accessible", "session.accessible"}), always(forbids))
