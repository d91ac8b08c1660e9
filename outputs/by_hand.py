"""What a person has decided over the plan: seats that are locked,
rounds that are barred (tables ``bokningar`` and ``spärrar``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.problem import TermProblem

LOCKED, BARRED = "låst för hand", "spärrad för hand"
NeedKey = tuple[str, str]
"""(hire id, programme id)."""


@dataclass(frozen=True)
class ByHand:
    """The rounds of one programme to which a hire is locked, and from which she is barred; ids in their order."""

    hire: str
    programme: str
    locked: tuple[str, ...]
    barred: tuple[str, ...]

    @property
    def note(self) -> str:
        """``CI-2 låst för hand, CI-1 spärrad för hand``."""
        told = (*(f"{round_} {LOCKED}" for round_ in self.locked), *(f"{round_} {BARRED}" for round_ in self.barred))
        return ", ".join(told)


def by_hand(problem: TermProblem, planning_date: date) -> Mapping[NeedKey, ByHand]:
    """All that is decided from the planning date on, by hire and programme; what was held is no decision any more."""
    locked, barred = set(_locked(problem, planning_date)), {(row.hire, row.round) for row in problem.barred}
    keys = sorted({(hire, problem.round_by_id[round_].programme) for hire, round_ in (*locked, *barred)})
    return {key: ByHand(*key, _rounds(problem, locked, key), _rounds(problem, barred, key)) for key in keys}


def _locked(problem: TermProblem, planning_date: date) -> Iterator[tuple[str, str]]:
    for row in problem.bookings:
        session = problem.session_by_id[row.session]
        if session.day >= planning_date:
            yield row.hire, session.round


def _rounds(problem: TermProblem, rows: set[tuple[str, str]], key: NeedKey) -> tuple[str, ...]:
    hire, programme = key
    return tuple(r.id for r in problem.rounds_of[programme] if (hire, r.id) in rows)


def newly_decided(before: TermProblem, after: TermProblem, planning_date: date) -> tuple[ByHand, ...]:
    """What is decided in the later input from the planning date on and was not in the earlier one."""
    old, new = by_hand(before, planning_date), by_hand(after, planning_date)
    return tuple(row for key, row in new.items() if row != old.get(key))


def released(before: TermProblem, after: TermProblem, planning_date: date) -> tuple[ByHand, ...]:
    """What was decided in the earlier input from the planning
    date on and is not any more; what was changed is none of it.
    """
    new = by_hand(after, planning_date)
    known = after.hire_by_id
    return tuple(row for key, row in by_hand(before, planning_date).items() if key not in new and row.hire in known)
