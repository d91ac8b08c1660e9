"""Rounds whose own meetings overlap each other: nobody can attend them."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.ids import RoundStatus
from models.problem import Session, TermProblem


def advise(problem: TermProblem, term: TermTables, findings: Findings) -> None:
    """Name both rows: of any modules in a cohort round, else of one module."""
    entries = term.session_index().by_id
    held: dict[str, list[Session]] = defaultdict(list)
    for session in problem.sessions:
        if not session.cancelled:
            held[session.round].append(session)
    for round_ in problem.rounds:
        if round_.status == RoundStatus.CANCELLED:
            continue
        cohort = problem.programme_by_id[round_.programme].cohort
        for one, other in combinations(held[round_.id], 2):
            if (cohort or one.module == other.module) and _overlap(one, other):
                first, second = sorted((entries[one.id], entries[other.id]), key=lambda entry: entry.row or 0)
                message = (
                    f"är samtidigt som rad {first.row} i samma omgång, så ingen kan gå {round_.id}; "
                    "ta bort en av raderna eller byt tid"
                )
                second.warn(findings, "krockar_med_sig_själv", message, value=second.item.id)


def _overlap(one: Session, other: Session) -> bool:
    return one.day == other.day and one.start < other.end and other.start < one.end
