"""The input as the commands want it: read, and complained about in Swedish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inputs.findings import Finding, summarise
from inputs.read import Reading, read_late, read_problem
from inputs.session_ids import Earlier
from models.problem import TermProblem
from outputs import plan_json
from outputs.pseudonyms import pseudonymise
from terminsplan.exits import RefusedError
from terminsplan.store import Stored
from terminsplan.terminal import Terminal


@dataclass(frozen=True)
class Input:
    """A faultless input, with what may be worth a second look."""

    problem: TermProblem
    warnings: tuple[Finding, ...]
    written_dates: tuple[date | None, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash that a plan keeps of it."""
        return plan_json.problem_sha256(self.problem)


def read_input(
    path: Path,
    planning_day: date | None = None,
    *,
    today: date | None = None,
    pseudonyms: bool = False,
    earlier: Stored | None = None,
    dimensioning: bool = False,
) -> Input:
    """Read and cross-check; refuses with every problem in every table. Attendance is checked against the planning date.

    Beside an ``earlier`` plan sessions have the ids that they
    have there. For ``dimensioning`` nobody need be hired yet.
    """
    known = None
    if earlier is not None:
        known = Earlier(earlier.problem, earlier.plan.used_sessions, earlier.plan.planning_date)
    reading = read_problem(path, planning_day, today=today, earlier=known, dimensioning=dimensioning)
    return _faultless(path, reading, pseudonyms)


def read_late_input(path: Path, base: TermProblem, planning_day: date, *, pseudonyms: bool = False) -> Input:
    """The stored input with what ``path`` adds to it; refuses as ``read_input`` does."""
    return _faultless(path, read_late(path, base, planning_day), pseudonyms)


def _faultless(path: Path, reading: Reading, pseudonyms: bool) -> Input:
    if reading.problem is None or reading.errors:
        raise RefusedError(
            f"{_counted(len(reading.errors), 'fel')} i {path}. Rätta och försök igen.",
            *summarise(reading.errors),
            *_warning_lines(reading.warnings, path),
            details={"errors": as_data(reading.errors), "warnings": as_data(reading.warnings)},
        )
    problem = pseudonymise(reading.problem) if pseudonyms else reading.problem
    return Input(problem, reading.warnings, reading.written_dates)


def show_warnings(given: Input, path: Path, terminal: Terminal) -> None:
    """What may be meant so, before one plans with it."""
    if given.warnings:
        terminal.note(*_warning_lines(given.warnings, path))


def _warning_lines(warnings: tuple[Finding, ...], path: Path) -> tuple[str, ...]:
    return (f"{_counted(len(warnings), 'varning')} om {path}:", *summarise(warnings)) if warnings else ()


def as_data(findings: Iterable[Finding]) -> list[Mapping[str, object]]:
    """Findings for ``--json``."""
    return [
        {
            "table": f.table,
            "row": f.row,
            "column": f.column,
            "value": f.value,
            "message": f.message,
            "text": f.text(),
        }
        for f in findings
    ]


def _counted(number: int, word: str) -> str:
    plural = {"fel": "fel", "varning": "varningar"}
    return f"{number} {word if number == 1 else plural[word]}"
