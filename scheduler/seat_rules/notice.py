"""Rule 7 ``varsel``: no new seat in a session dated before the planning date + ``varseltid_dagar``. Hard.

Seats already given or published are no news. What is published
inside the window is kept by ``scheduler.seats.promises``.
"""

from models.ids import Rule
from models.problem import Hire, Session
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule
from scheduler.situation.settled import History


class NoticeWindow:
    """The days that are too near to be newly booked, whoever it is that has no seat there."""

    def __init__(self, history: History) -> None:
        self._ends = history.notice_end

    def forbids(self, seat: Seat) -> bool:
        """It would come at too short notice, were it a new booking."""
        return seat.session.day < self._ends


def forbids_anew(session: Session, hire: Hire, history: History) -> bool:
    """It would be a new booking with too little notice."""
    return session.day < history.notice_end and not is_no_news(session, hire, history)


def is_no_news(session: Session, hire: Hire, history: History) -> bool:
    """The seat is given or published already."""
    return (hire.id, session.id) in history.settled


RULE = SeatRule(
    Rule.NOTICE, frozenset({"session.day"}), lambda _, history: NoticeWindow(history).forbids, lasting=False
)
