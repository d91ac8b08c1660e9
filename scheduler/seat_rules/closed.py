"""Rule 3 ``stängd``: the round must be open to her administration, not cancelled, and inside the horizon. Hard."""

from models.ids import RoundStatus, Rule
from models.problem import Round, TermProblem
from scheduler.situation.seat import Seat
from scheduler.situation.seat_rule import SeatRule


class ClosedMeetings:
    """Which meetings nobody of an administration may attend; a cancelled meeting closes its whole module."""

    def __init__(self, problem: TermProblem) -> None:
        self._settings = problem.settings
        self._cancelled = frozenset((s.round, s.module) for s in problem.sessions if s.cancelled)

    def forbids(self, seat: Seat) -> bool:
        """The round is closed to her, the module has a cancelled meeting, or the day lies outside the horizon."""
        if forbids_round(seat.round, seat.hire.organisation) or (seat.round.id, seat.session.module) in self._cancelled:
            return True
        return not self._settings.horizon_start <= seat.session.day <= self._settings.horizon_end


def forbids_round(round_: Round, organisation: str) -> bool:
    """The round is cancelled, or not open to the administration."""
    closed_to_her = bool(round_.organisations) and organisation not in round_.organisations
    return closed_to_her or round_.status is RoundStatus.CANCELLED


RULE = SeatRule(
    Rule.CLOSED,
    frozenset(
        {"hire.organisation", "round.id", "round.organisations", "round.status", "session.module", "session.day"}
    ),
    lambda problem, _: ClosedMeetings(problem).forbids,
)
