"""Cohort rounds whose own dates break their programme's order
or distances (MODEL.md, rules ``ordning`` and ``avstånd``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.ids import RoundStatus
from models.problem import Programme, Round, TermProblem


@dataclass(frozen=True)
class _Held:
    """When a module is held in a round."""

    number: int
    first: date
    last: date


def advise(problem: TermProblem, term: TermTables, findings: Findings) -> None:
    """Name every such round, with the modules that are too early, too close or too far apart."""
    entries = term.round_index().by_id
    for round_ in problem.rounds:
        programme = problem.programme_by_id[round_.programme]
        if not programme.cohort or round_.status == RoundStatus.CANCELLED:
            continue
        breaches = list(_breaches(programme, _modules(problem, programme, round_)))
        if breaches:
            message = f"följer inte sin utbildning {programme.id}: {'; '.join(breaches)}"
            entries[round_.id].warn(findings, "bryter_ordning", message, value=round_.id)


def _modules(problem: TermProblem, programme: Programme, round_: Round) -> list[_Held]:
    held: list[_Held] = []
    for module in programme.modules:
        days = [s.day for s in problem.meetings.get((round_.id, module.number), ()) if not s.cancelled]
        if days:
            held.append(_Held(module.number, min(days), max(days)))
    return held if programme.ordered else sorted(held, key=lambda h: (h.first, h.number))


def _breaches(programme: Programme, held: Sequence[_Held]) -> Iterator[str]:
    has_gaps = programme.min_gap_days > 0 or programme.max_gap_days is not None
    for before, after in pairwise(held):
        gap = (after.first - before.last).days
        names = f"moment {before.number} och {after.number}"
        if programme.ordered and gap <= 0:
            yield f"moment {after.number} börjar {after.first}, inte efter moment {before.number}, {before.last}"
        elif has_gaps and gap < programme.min_gap_days:
            yield f"mellan {names} går {gap} dagar, minst {programme.min_gap_days} behövs"
        elif programme.max_gap_days is not None and gap > programme.max_gap_days:
            yield f"mellan {names} går {gap} dagar, högst {programme.max_gap_days} får gå"
