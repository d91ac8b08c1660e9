"""The files of a dimensioning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from models.dimensioning import Dimensioning
from models.ids import RoundStatus
from models.problem import Round, TermProblem
from outputs import template
from outputs.dimensioning import data, page

REPORT, WORKBOOK, DATA = "rapport.html", "dimensionering.xlsx", "dimensionering.json"
ROUNDS, SESSIONS = "omgångar.csv", "tillfällen.csv"
NAMES = frozenset({REPORT, WORKBOOK, DATA, ROUNDS, SESSIONS})


def files(problem: TermProblem, found: Dimensioning, day: date) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Names and bytes; ``day`` is the planning date."""
    yield PurePosixPath(DATA), data.json_bytes(found)
    yield PurePosixPath(WORKBOOK), page.workbook(problem, found, day)
    yield PurePosixPath(REPORT), page.page(problem, found)
    chosen = template.rows_of(_decided(problem, set(found.winner.chosen)))
    yield from ((path, content) for path, content in template.csv_files(chosen) if path.name in (ROUNDS, SESSIONS))


def _decided(problem: TermProblem, chosen: set[str]) -> TermProblem:
    """The rounds that are held: those that were decided, and those that are chosen."""
    held = tuple(_fixed(r) for r in problem.rounds if r.status is RoundStatus.FIXED or r.id in chosen)
    ids = {r.id for r in held}
    return problem.model_copy(
        update={
            "rounds": held,
            "sessions": tuple(s for s in problem.sessions if s.round in ids),
            "quotas": (),
            "bookings": (),
            "attendance": (),
            "barred": (),
        }
    )


def _fixed(round_: Round) -> Round:
    return round_.model_copy(update={"status": RoundStatus.FIXED})
