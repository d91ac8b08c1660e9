"""Random terms with crowds: every hire of a small random
problem comes two or three times, with as many times the seats.
"""

from __future__ import annotations

from random import Random
from typing import Any

from models.ids import RoundStatus
from tests.scheduler.random_problems import Case, case, rebuilt


def crowd(seed: int) -> Case:
    """Who comes several times has the same seats given, the same absences, bars and attendance each time."""
    one = case(seed)
    term, times = one.problem, Random(seed).choice((2, 3))

    def enlarged(rows: tuple[Any, ...], *fields: str) -> tuple[Any, ...]:
        numbers = [{f: times * getattr(row, f) for f in fields if getattr(row, f) is not None} for row in rows]
        return tuple(row.model_copy(update=own) for row, own in zip(rows, numbers, strict=True))

    def copied(rows: tuple[Any, ...], field: str) -> tuple[Any, ...]:
        copies = [row.model_copy(update={field: f"{getattr(row, field)}{n}"}) for row in rows for n in range(times)]
        return tuple(sorted(copies, key=lambda row: (getattr(row, field), str(row))))

    return Case(
        rebuilt(
            term,
            hires=copied(term.hires, "id"),
            absences=copied(term.absences, "hire"),
            bookings=copied(term.bookings, "hire"),
            barred=copied(term.barred, "hire"),
            attendance=copied(term.attendance, "hire"),
            rounds=enlarged(term.rounds, "seats", "reserve"),
            sessions=enlarged(term.sessions, "seats"),
            quotas=enlarged(term.quotas, "at_most", "at_least"),
        ),
        one.planning_date,
    )


def settled_crowd(seed: int) -> Case:
    """The crowd with all rounds fixed, however small and unmixed
    they are: rows about who takes part in a round tell hires apart.
    """
    now = crowd(seed)
    fixed = {"status": RoundStatus.FIXED, "min_participants": 1}
    rounds = (
        row.model_copy(update=fixed if row.status is RoundStatus.PROPOSED else {"min_participants": 1})
        for row in now.problem.rounds
    )
    programmes = (row.model_copy(update={"mixed": False}) for row in now.problem.programmes)
    return Case(rebuilt(now.problem, rounds=tuple(rounds), programmes=tuple(programmes)), now.planning_date)
