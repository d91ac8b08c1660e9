"""A problem as rows of the template, to go on filling in: everything but what belongs to one term alone.

The term's name, its days and the planning date are left blank, and so are cells that say no more than a blank one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from columns.kinds import Cell, Setting, Table
from columns.settings import SETTINGS as SETTING_ROWS
from columns.tables import MODULES, PROGRAMMES, SETTINGS, TABLES
from columns.writing import cell_of, row_of
from models.problem import Programme, Settings, TermProblem

Rows = Sequence[Sequence[Cell]]
Named = Mapping[str, Cell]


@dataclass(frozen=True)
class _ListedModule:
    programme: str
    number: int
    name: str


def rows_of(problem: TermProblem) -> Mapping[str, Rows]:
    """Rows by table name; tables of rounds and sessions, and of what hangs on them, have none."""
    return {
        table.name: [tuple(row[column.name] for column in table.columns) for row in _rows(table, problem)]
        for table in TABLES
        if not table.one_term
    }


def _rows(table: Table, problem: TermProblem) -> Iterable[Named]:
    if table is SETTINGS:
        return ({"nyckel": row.key, "värde": _value(row, problem.settings)} for row in SETTING_ROWS)
    if table is MODULES:
        return (row_of(table, module) for module in _modules(problem.programmes))
    if table is PROGRAMMES:
        return (_programme(programme, problem.settings) for programme in problem.programmes)
    assert table.collection is not None
    return (row_of(table, item) for item in getattr(problem, table.collection))


def _value(setting: Setting, settings: Settings) -> Cell:
    return None if setting.one_term else cell_of(setting.kind, getattr(settings, setting.field))


def _modules(programmes: Iterable[Programme]) -> Iterable[_ListedModule]:
    return (_ListedModule(p.id, module.number, module.name) for p in programmes for module in p.modules)


def _programme(programme: Programme, settings: Settings) -> Named:
    """The row of a programme; its deadline is left blank where it is that of the settings."""
    row = row_of(PROGRAMMES, programme)
    own_deadline = programme.deadline_months != settings.deadline_months
    return row if own_deadline else {**row, "frist_månader": None}
