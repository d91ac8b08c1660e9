"""What the rounds offer: a module in one round, when it can be attended at all (MODEL.md, rule ``stängd``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.ids import RoundStatus
from models.problem import TermProblem


@dataclass(frozen=True)
class Offer:
    """All meetings of a module in a round: from the first to the last day, with the seats of the smallest.

    No organisations means open to all.
    """

    programme: str
    module: int
    organisations: tuple[str, ...]
    first: date
    last: date
    seats: int


def offers(problem: TermProblem) -> Iterator[Offer]:
    """Every module of every round that is not cancelled, even in part, nor outside the horizon. Proposals may run."""
    start, end = problem.settings.horizon_start, problem.settings.horizon_end
    for (round_id, module), meetings in problem.meetings.items():
        round_ = problem.round_by_id[round_id]
        cancelled = round_.status == RoundStatus.CANCELLED or any(m.cancelled for m in meetings)
        first, last = min(m.day for m in meetings), max(m.day for m in meetings)
        if not cancelled and start <= first and last <= end:
            seats = min(m.seats for m in meetings)
            yield Offer(round_.programme, module, round_.organisations, first, last, seats)
