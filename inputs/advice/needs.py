"""Who needs which modules by when: the requirements that count
(MODEL.md, "What is preferred"), for a first look at the supply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from models.background import applies, background_of
from models.problem import Hire, Programme, TermProblem


@dataclass(frozen=True)
class Need:
    """A hire's remaining modules of a programme, which she may
    attend from ``first_day`` and should have by ``deadline``.
    """

    hire: str
    programme: str
    modules: tuple[int, ...]
    first_day: date
    deadline: date


def counting_needs(problem: TermProblem) -> list[Need]:
    """One need for each hire and programme with something left to do and a deadline inside the horizon."""
    attended = _attended(problem)
    return [
        need
        for hire in problem.hires
        for programme in problem.programmes
        if applies(programme, background_of(hire))
        and (need := _need(problem, hire, programme, attended.get(hire.id, set())))
    ]


def _need(problem: TermProblem, hire: Hire, programme: Programme, attended: Collection[tuple[str, int]]) -> Need | None:
    if not programme.deadline_months or programme.own_time:
        return None
    deadline = hire.deadlines_count_from + relativedelta(months=programme.deadline_months)
    leaves_before = hire.ends is not None and hire.ends < deadline
    if leaves_before or deadline > problem.settings.horizon_end:
        return None
    done = {credit.module for credit in hire.credits if credit.programme == programme.id}
    done |= {module for id_, module in attended if id_ == programme.id}
    left = tuple(m.number for m in programme.modules if m.number not in done)
    if None in done or not left:
        return None
    return Need(hire.id, programme.id, left, hire.starts + timedelta(days=programme.earliest_day), deadline)


def _attended(problem: TermProblem) -> Mapping[str, Collection[tuple[str, int]]]:
    """Programme and module of sessions that each hire has been at, or has a seat at that is decided."""
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    seats = [(b.hire, b.session) for b in problem.bookings]
    present = [(a.hire, a.session) for a in problem.attendance if a.present]
    absent = {(a.hire, a.session) for a in problem.attendance if not a.present}
    for hire, session_id in [*seats, *present]:
        if (hire, session_id) not in absent:
            session = problem.session_by_id[session_id]
            found[hire].add((problem.round_by_id[session.round].programme, session.module))
    return found
