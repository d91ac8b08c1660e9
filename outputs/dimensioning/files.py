"""The files of a dimensioning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath

from columns import tables
from columns.kinds import Cell, Table
from columns.writing import row_of, written
from models.dimensioning import Dimensioning
from models.ids import RoundStatus
from models.problem import Round, Session, TermProblem
from outputs import template
from outputs.dimensioning import data, page

REPORT, WORKBOOK, DATA = "rapport.html", "dimensionering.xlsx", "dimensionering.json"
ROUNDS, SESSIONS, QUOTAS, BARRED = (
    f"{table.name}.csv" for table in (tables.ROUNDS, tables.SESSIONS, tables.QUOTAS, tables.BARRED)
)
NAMES = frozenset({REPORT, WORKBOOK, DATA, ROUNDS, SESSIONS, QUOTAS, BARRED})


def files(problem: TermProblem, found: Dimensioning, day: date) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Names and bytes; ``day`` is the planning date."""
    yield PurePosixPath(DATA), data.json_bytes(found)
    yield PurePosixPath(WORKBOOK), page.workbook(problem, found, day)
    yield PurePosixPath(REPORT), page.page(problem, found)
    held = {r.id: r for r in problem.rounds if r.status is RoundStatus.FIXED or r.id in found.winner.chosen}
    yield _table(tables.ROUNDS, [_round(round_) for round_ in held.values()])
    yield _table(tables.SESSIONS, [_session(s, held[s.round]) for s in problem.sessions if s.round in held])
    for table, given in ((tables.QUOTAS, problem.quotas), (tables.BARRED, problem.barred)):
        kept = [item for item in given if item.round in held]
        if len(kept) < len(given):  # as it stands it names rounds that are left out, which planera refuses
            yield _table(table, [list(row_of(table, item).values()) for item in kept])


def _table(table: Table, rows: Sequence[Sequence[Cell]]) -> tuple[PurePosixPath, bytes]:
    return PurePosixPath(f"{table.name}.csv"), template.table_csv(table, rows)


def _round(round_: Round) -> Sequence[Cell]:
    """A round that is held: those that were decided, and those that are chosen."""
    row = {**row_of(tables.ROUNDS, round_), "status": RoundStatus.FIXED.value}
    return [row[column.name] for column in tables.ROUNDS.columns]


def _session(session: Session, round_: Round) -> Sequence[Cell]:
    return [
        round_.programme if column.field == "programme" else written(column, getattr(session, column.field))
        for column in tables.SESSIONS.columns
    ]
