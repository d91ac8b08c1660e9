"""What input, planning date and old plan say before any new seat is given, and what each rule asks of that."""

from __future__ import annotations

from datetime import date, timedelta

from models.plan import Plan
from models.problem import Session, TermProblem
from scheduler.verify.doors import Doors
from scheduler.verify.held import what_was_held
from scheduler.verify.keys import Seat, by_hire, programme_of
from scheduler.verify.needs import needs_of
from scheduler.verify.published import is_rescheduled, published_seats


class Reading:
    """Facts, published seats, given seats and requirements of one planning date.

    ``given`` are the seats of table ``bokningar`` from the planning date on, ``published`` those of the old plan whose
    hire and session are still in the input, with their rows; ``_of`` has the same by hire or requirement.
    """

    def __init__(self, problem: TermProblem, planning_date: date, previous: Plan | None = None) -> None:
        self.problem = problem
        self.today = planning_date
        self.previous = previous
        self.window_end = planning_date + timedelta(days=problem.settings.notice_days)
        self.doors = Doors(problem)
        published = published_seats(problem, planning_date, previous)
        self.published = published.to_come
        self.published_of = published.sessions_of
        self.vanished = published.vanished
        held = what_was_held(problem, planning_date, published.held)
        self.facts = held.facts
        self.facts_of = held.facts_of
        self.absent_from = held.absent_from
        self.missed_on = held.missed_on
        self.present_without_seat = held.present_without_seat
        self.given = frozenset(
            Seat(row.hire, row.session)
            for row in problem.bookings
            if problem.session_by_id[row.session].day >= planning_date
        )
        self.given_of = by_hire(self.given)
        self.needs_of = needs_of(problem, held)

    def programme_of(self, session: Session) -> str:
        """The id of the session's programme."""
        return programme_of(self.problem, session)

    def sessions_of(self, round_: str, module: int) -> tuple[Session, ...]:
        """All meetings of the module in the round, cancelled ones too."""
        return self.problem.meetings.get((round_, module), ())

    def is_impossible(self, seat: Seat) -> bool:
        """A rule of 3-6 or 12, a bar among them, closes the published seat under the new input."""
        hire, session = self.problem.hire_by_id[seat.hire], self.problem.session_by_id[seat.session]
        return self.doors.refusal(hire, session) is not None

    def is_rescheduled(self, seat: Seat) -> bool:
        """The session of the published seat has another date or time than the old plan told."""
        return is_rescheduled(self.problem, self.published[seat])

    def is_stranded(self, seat: Seat) -> bool:
        """She cannot attend the whole module there: a meeting of it is no seat of hers, and it is too late to book it.

        So it is with the later meetings of a module whose first meeting she missed, and where a meeting was added at
        short notice.
        """
        session = self.problem.session_by_id[seat.session]
        return any(
            not self.is_promised(Seat(seat.hire, meeting.id)) and meeting.day < self.window_end
            for meeting in self.sessions_of(session.round, session.module)
        )

    def is_promised(self, seat: Seat) -> bool:
        """A fact, a published seat or a given one: sitting there is no new booking."""
        return seat in self.facts or seat in self.published or seat in self.given
