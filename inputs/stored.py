"""A problem that was read before, as the entries it would come from: what late tables are laid on top of.

Its entries have no row: what is told of them was told when they were read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from inputs.cells import CellValue
from inputs.draft import Draft
from inputs.entries import Entry
from inputs.readers.hires import HireRow
from inputs.readers.modules import ModuleRow
from inputs.readers.sessions import SessionRow
from inputs.readers.settings import SettingsRows
from inputs.schema import (
    ABSENCES,
    ATTENDANCE,
    BOOKINGS,
    BREAKS,
    HIRES,
    MODULES,
    ORGANISATIONS,
    PROGRAMMES,
    QUOTAS,
    ROUNDS,
    SESSIONS,
    TableSpec,
)
from models.problem import Credit, Hire, Session, TermProblem

T = TypeVar("T")


def draft_of(problem: TermProblem) -> Draft:
    """The entries that ``problem_of`` makes the same problem of."""
    return Draft(
        settings=_settings(problem),
        breaks=_entries(BREAKS, problem.breaks),
        organisations=_entries(ORGANISATIONS, problem.organisations),
        programmes=_entries(PROGRAMMES, problem.programmes),
        modules=_entries(MODULES, (ModuleRow(p.id, m.number, m.name) for p in problem.programmes for m in p.modules)),
        rounds=_entries(ROUNDS, problem.rounds),
        sessions=_entries(SESSIONS, map(_session, problem.sessions)),
        quotas=_entries(QUOTAS, problem.quotas),
        hires=[_hire(hire) for hire in problem.hires],
        absences=_entries(ABSENCES, problem.absences),
        bookings=_entries(BOOKINGS, problem.bookings),
        attendance=_entries(ATTENDANCE, problem.attendance),
    )


def hire_cells(hire: Hire) -> dict[str, CellValue]:
    """What stands in the row of a hire; blank cells are left out."""
    cells: dict[str, CellValue] = {
        "id": hire.id,
        "namn": hire.name,
        "förvaltning": hire.organisation,
        "anställd_från": hire.starts,
        "e-post": hire.email,
        "enhet": hire.unit,
        "ärenden_från": hire.caseload_start,
        "slutar": hire.ends,
        "arbetsdagar": _list(map(str, hire.weekdays)),
        "erfaren": hire.experienced,
        "målgrupp": _list(hire.target_groups) if hire.target_groups else None,
        "kräver_tillgänglig": hire.needs_accessible,
        "prioritet": hire.priority,
        "utbildningar": None if hire.programmes is None else _list(hire.programmes),
        "tillgodoräknas": _list(map(_credit, hire.credits)) if hire.credits else None,
    }
    return {column: value for column, value in cells.items() if value is not None}


def _list(items: Iterable[str]) -> str:
    """A list in one cell. That of no items at all is not blank: it replaces a rule."""
    return ", ".join(items) or ","


def _credit(credit: Credit) -> str:
    return credit.programme if credit.module is None else f"{credit.programme}:{credit.module}"


def _entries(spec: TableSpec, items: Iterable[T]) -> list[Entry[T]]:
    return [Entry(item, spec.name, None) for item in items]


def _hire(hire: Hire) -> Entry[HireRow]:
    values = {"id": hire.id, "namn": hire.name, "e-post": hire.email or ""}
    return Entry(HireRow(hire, tuple(map(_credit, hire.credits))), HIRES.name, None, values)


def _session(session: Session) -> SessionRow:
    return SessionRow(
        id=session.id,
        round=session.round,
        module=session.module,
        meeting=session.meeting,
        programme=None,
        day=session.day,
        start=session.start,
        end=session.end,
        place=session.place,
        room=session.room,
        trainers=session.trainers,
        seats=session.seats,
        accessible=session.accessible,
        cancelled=session.cancelled,
    )


def _settings(problem: TermProblem) -> SettingsRows:
    known = {name: getattr(problem.settings, name) for name in type(problem.settings).model_fields}
    return SettingsRows(**known)


def without(draft: Draft, hires: set[str], attendance: set[tuple[str, str]]) -> Draft:
    """The draft less the rows that late ones replace."""
    return replace(
        draft,
        hires=[entry for entry in draft.hires if entry.item.hire.id not in hires],
        attendance=[e for e in draft.attendance if (e.item.hire, e.item.session) not in attendance],
    )
