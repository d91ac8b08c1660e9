"""Dates so far from the term that a mistyped year is likelier than the date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.problem import TermProblem

HALF_A_YEAR = timedelta(days=183)
THREE_YEARS = timedelta(days=3 * 365 + 1)


@dataclass(frozen=True)
class Astray:
    """Hires with such a start date, and programmes with such a session: what follows from it is not told again."""

    hires: frozenset[str]
    programmes: frozenset[str]


def advise(problem: TermProblem, term: TermTables, findings: Findings) -> Astray:
    """Name each such date once, at its cell."""
    first, last = problem.settings.horizon_start, problem.settings.horizon_end
    hires: set[str] = set()
    programmes: set[str] = set()
    sessions, people = term.session_index().by_id, term.hire_index().by_id
    for session in problem.sessions:
        if not first - HALF_A_YEAR <= session.day <= last + HALF_A_YEAR:
            programmes.add(problem.round_by_id[session.round].programme)
            entry = sessions[session.id]
            message = f"ligger mer än ett halvår utanför terminen, {first} till {last}; stämmer året?"
            entry.warn(findings, "långt_utanför", message, column="datum", value=entry.values.get("datum", ""))
    for hire in problem.hires:
        if not first - THREE_YEARS <= hire.starts <= last + HALF_A_YEAR:
            hires.add(hire.id)
            person = people[hire.id]
            value = person.values.get("anställd_från", "")
            message = f"ligger långt från terminen, {first} till {last}; stämmer året?"
            person.warn(findings, "långt_utanför", message, column="anställd_från", value=value)
    return Astray(frozenset(hires), frozenset(programmes))
