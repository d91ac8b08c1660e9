"""A problem that was read before, as the entries it would come from: what late tables are laid on top of.

Its entries have no row: what is told of them was told when they were read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from columns import tables as registry
from columns.writing import part_text, row_of
from inputs.cells import CellValue
from inputs.entries import Entry
from inputs.readers.absences import AbsenceRow
from inputs.readers.hires import HireRow
from inputs.readers.modules import ModuleRow
from inputs.readers.sessions import SessionRow
from inputs.readers.settings import SettingsRows
from inputs.readers.tasks import TaskRow
from inputs.schema import (
    ABSENCES,
    ATTENDANCE,
    BARRED,
    BOOKINGS,
    BREAKS,
    FORECAST,
    HIRES,
    MENTORS,
    MODULES,
    ORGANISATIONS,
    PROGRAMMES,
    QUOTAS,
    ROUNDS,
    SESSIONS,
    TASKS,
    TRAINERS,
    TableSpec,
)
from inputs.term_tables import TermTables
from models.problem import Absence, Hire, Session, Task, TermProblem

T = TypeVar("T")


def tables_of(problem: TermProblem) -> TermTables:
    """The entries that ``problem_of`` makes the same problem of."""
    return TermTables(
        settings=_settings(problem),
        breaks=_entries(BREAKS, problem.breaks),
        organisations=_entries(ORGANISATIONS, problem.organisations),
        programmes=_entries(PROGRAMMES, problem.programmes),
        modules=_entries(MODULES, (ModuleRow(p.id, m.number, m.name) for p in problem.programmes for m in p.modules)),
        rounds=_entries(ROUNDS, problem.rounds),
        sessions=_entries(SESSIONS, map(_session, problem.sessions)),
        quotas=_entries(QUOTAS, problem.quotas),
        hires=[_hire(hire) for hire in problem.hires],
        absences=_entries(ABSENCES, map(_absence, problem.absences)),
        bookings=_entries(BOOKINGS, problem.bookings),
        barred=_entries(BARRED, problem.barred),
        attendance=_entries(ATTENDANCE, problem.attendance),
        trainers=_entries(TRAINERS, problem.trainers),
        mentors=_entries(MENTORS, problem.mentors),
        tasks=_entries(TASKS, map(_task, problem.tasks)),
        forecast=_entries(FORECAST, problem.forecast),
    )


def hire_cells(hire: Hire) -> dict[str, CellValue]:
    """What stands in the row of a hire; blank cells are left out."""
    return {column: cell for column, cell in row_of(registry.HIRES, hire).items() if cell is not None}


def _entries(spec: TableSpec, items: Iterable[T]) -> list[Entry[T]]:
    return [Entry(item, spec.name, None) for item in items]


def _hire(hire: Hire) -> Entry[HireRow]:
    values = {"id": hire.id, "namn": hire.name, "e-post": hire.email or ""}
    return Entry(HireRow(hire, tuple(map(part_text, hire.credits))), HIRES.name, None, values)


def _absence(absence: Absence) -> AbsenceRow:
    return AbsenceRow(absence.hire, absence.trainer, absence.first, absence.last)


def _task(task: Task) -> TaskRow:
    return TaskRow(task, tuple(map(part_text, task.after)))


def _session(session: Session) -> SessionRow:
    known = {name: getattr(session, name) for name in type(session).model_fields}
    return SessionRow(**known, programme=None)


def _settings(problem: TermProblem) -> SettingsRows:
    known = {name: getattr(problem.settings, name) for name in type(problem.settings).model_fields}
    return SettingsRows(**known)


def without(term: TermTables, hires: set[str], attendance: set[tuple[str, str]]) -> TermTables:
    """The tables less the rows that late ones replace."""
    return replace(
        term,
        hires=[entry for entry in term.hires if entry.item.hire.id not in hires],
        attendance=[e for e in term.attendance if (e.item.hire, e.item.session) not in attendance],
    )
