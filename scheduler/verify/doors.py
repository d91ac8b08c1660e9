"""Rules 3-6 and 12: the sessions that are closed to a hire whatever else is booked.

A published seat that one of them closes has become impossible (rule 7).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from models.ids import RoundStatus, Rule
from models.problem import Absence, Hire, Session, TermProblem

WHY = {
    Rule.BARRED: "hon är spärrad från omgången",
    Rule.CLOSED: "omgången är inte öppen för hennes förvaltning, är inställd eller ligger utanför terminen",
    Rule.BREAK: "dagen är stängd för hennes förvaltning (veckodag, helgdag eller lov)",
    Rule.ABSENCE: "hon är frånvarande den dagen",
    Rule.WEEKDAY: "hon arbetar inte den veckodagen",
    Rule.EMPLOYED: "hon är inte anställd den dagen",
    Rule.EARLIEST: "det är tidigare än utbildningen får börja för henne",
    Rule.ACCESSIBLE: "lokalen är inte tillgänglig, vilket hon behöver",
}
"""What is told of a seat that one of them closes."""


class Doors:
    """Asks rules 3-6 and 12 of one hire and one session, in the order in which MODEL.md names them."""

    def __init__(self, problem: TermProblem) -> None:
        self._problem = problem
        self._holidays = {holiday.day for holiday in problem.holidays}
        self._bars = {(bar.hire, bar.round) for bar in problem.barred}
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in problem.absences:
            if absence.hire is not None:
                self._absences[absence.hire].append(absence)
        self._rules: tuple[tuple[Rule, Callable[[Hire, Session], bool]], ...] = (
            (Rule.BARRED, self._barred),
            (Rule.CLOSED, self._closed),
            (Rule.BREAK, self._on_closed_day),
            (Rule.ABSENCE, self._absent),
            (Rule.WEEKDAY, self._off_work),
            (Rule.EMPLOYED, self._not_employed),
            (Rule.EARLIEST, self._too_early),
            (Rule.ACCESSIBLE, self._not_accessible),
        )

    def refusal(self, hire: Hire, session: Session) -> Rule | None:
        """The first of rules 3-6 and 12 that keeps the hire out of the session."""
        return next((rule for rule, refuses in self._rules if refuses(hire, session)), None)

    def has_left(self, hire: Hire, round_id: str) -> bool:
        """A round in which she has been is barred to her now, or
        closed to her administration (not merely cancelled).
        """
        admits = self._problem.round_by_id[round_id].organisations
        return (hire.id, round_id) in self._bars or (len(admits) > 0 and hire.organisation not in admits)

    def _barred(self, hire: Hire, session: Session) -> bool:
        return (hire.id, session.round) in self._bars

    def _closed(self, hire: Hire, session: Session) -> bool:
        round_ = self._problem.round_by_id[session.round]
        meetings = self._problem.meetings[session.round, session.module]
        settings = self._problem.settings
        return (
            round_.status is RoundStatus.CANCELLED
            or (bool(round_.organisations) and hire.organisation not in round_.organisations)
            or any(meeting.cancelled for meeting in meetings)
            or not settings.horizon_start <= session.day <= settings.horizon_end
        )

    def _on_closed_day(self, hire: Hire, session: Session) -> bool:
        return (
            session.day.isoweekday() not in self._problem.settings.open_weekdays
            or session.day in self._holidays
            or any(
                closed.first <= session.day <= closed.last
                for closed in self._problem.breaks
                if not closed.organisations or hire.organisation in closed.organisations
            )
        )

    def _absent(self, hire: Hire, session: Session) -> bool:
        return any(absence.first <= session.day <= absence.last for absence in self._absences.get(hire.id, ()))

    def _off_work(self, hire: Hire, session: Session) -> bool:
        return session.day.isoweekday() not in hire.weekdays

    def _not_employed(self, hire: Hire, session: Session) -> bool:
        return not employed_on(hire, session.day)

    def _too_early(self, hire: Hire, session: Session) -> bool:
        programme = self._problem.programme_by_id[self._problem.round_by_id[session.round].programme]
        return session.day < hire.starts + timedelta(days=programme.earliest_day)

    def _not_accessible(self, hire: Hire, session: Session) -> bool:
        return hire.needs_accessible and not session.accessible


def employed_on(hire: Hire, day: date) -> bool:
    """From the start date to the last day, both inclusive."""
    return hire.starts <= day and (hire.ends is None or day <= hire.ends)
