"""Rule 7 ``varsel``: no new seat in a session dated before the planning date + ``varseltid_dagar``. Hard.

Seats already given or published are no news. What is published inside the window is kept by ``scheduler.seats.promises``.
"""

from models.problem import Hire, Session
from scheduler.situation.settled import History


def forbids(session: Session, hire: Hire, history: History) -> bool:
    """It would be a new booking with too little notice."""
    return too_soon(session, hire, history) and (hire.id, session.id) not in history.settled


def too_soon(session: Session, _: Hire, history: History) -> bool:
    """The same, whoever it is that has no seat there."""
    return session.day < history.notice_end
