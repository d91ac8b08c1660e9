"""Sessions listed on a day when training is closed, for all or for some: nobody of them can come."""

from __future__ import annotations

from collections.abc import Iterator

from inputs.findings import Findings
from inputs.term_tables import TermTables
from models.ids import RoundStatus
from models.problem import Break, Round, Session, TermProblem

_WEEKDAYS = ("måndagar", "tisdagar", "onsdagar", "torsdagar", "fredagar", "lördagar", "söndagar")


def advise(problem: TermProblem, term: TermTables, findings: Findings) -> None:
    """Name every session that is to be held on a closed day, and why the day is closed."""
    holidays = {holiday.day: holiday.name for holiday in problem.holidays}
    entries = term.session_index().by_id
    for session in problem.sessions:
        round_ = problem.round_by_id[session.round]
        if session.cancelled or round_.status == RoundStatus.CANCELLED:
            continue
        reasons = list(_for_all(problem, session, holidays.get(session.day)))
        breaks = [found for found in problem.breaks if _concerns(found, session, round_)]
        if reasons or breaks:
            only_some = not reasons and all(found.organisations for found in breaks)
            whom = "de därifrån bokas inte då" if only_some else "ingen bokas då"
            why = ", ".join([*reasons, *map(_named, breaks)])
            message = f"är en stängd dag för tillfälle {session.id}: {why}; {whom}, byt datum"
            entry = entries[session.id]
            entry.warn(findings, "stängd_dag", message, column="datum", value=entry.values.get("datum", ""))


def _for_all(problem: TermProblem, session: Session, holiday: str | None) -> Iterator[str]:
    if session.day.isoweekday() not in problem.settings.open_weekdays:
        yield f"{_WEEKDAYS[session.day.weekday()]} är inte öppna"
    if holiday is not None:
        yield f"helgdagen {holiday}"


def _concerns(found: Break, session: Session, round_: Round) -> bool:
    shared = not found.organisations or not round_.organisations or set(found.organisations) & set(round_.organisations)
    return bool(shared) and found.first <= session.day <= found.last


def _named(found: Break) -> str:
    only = f" (för {', '.join(found.organisations)})" if found.organisations else ""
    return f"lovet {found.name}{only}"
