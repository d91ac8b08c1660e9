"""Three weeks into a term: what a re-plan begins from. Some hires come late, and a round is cancelled."""

from __future__ import annotations

from datetime import date, timedelta

from models.ids import RoundStatus
from models.problem import Round, TermProblem

LATER = timedelta(weeks=3)
ONE_IN = 25
"""Of the hires, the last to begin: as many again."""


def three_weeks_later(problem: TermProblem, first: date) -> tuple[TermProblem, date]:
    """The input of the re-plan, and its planning date."""
    today = first + LATER
    by_start = sorted(problem.hires, key=lambda hire: (hire.starts, hire.id))
    late = by_start[-max(1, len(by_start) // ONE_IN) :]
    new = (hire.model_copy(update={"id": f"{hire.id}-sen", "starts": max(hire.starts, today)}) for hire in late)
    hires = (*problem.hires, *new)
    gone = _round_to_come(problem, today)
    rounds = tuple(_cancelled(round_) if round_ is gone else round_ for round_ in problem.rounds)
    return problem.model_copy(update={"hires": hires, "rounds": rounds}), today


def _round_to_come(problem: TermProblem, today: date) -> Round | None:
    """The middle one of those fixed that have not begun."""
    begun = {session.round for session in problem.sessions if session.day <= today}
    coming = [r for r in problem.rounds if r.status is RoundStatus.FIXED and r.id not in begun]
    return coming[len(coming) // 2] if coming else None


def _cancelled(round_: Round) -> Round:
    return round_.model_copy(update={"status": RoundStatus.CANCELLED})
