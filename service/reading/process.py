"""``python -m service.reading.process FOLDER SOURCE``: one upload read, in a process of its own.

``FOLDER`` holds the file as it came, ``SOURCE``. Beside it are written ``last.json`` with what was found and, where it
can be planned, ``indata.json``, the normal form; ``tabeller.json`` holds the tables as text, to be shown and changed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from inputs import csv_folder, workbook
from inputs.cells import shown
from inputs.findings import Finding, Findings
from inputs.read import Reading, read_problem
from inputs.tables import Sheet
from models.problem import TermProblem
from outputs import plan_json
from service import planning_days
from service.reading.archive import RefusedArchiveError, unpack
from service.reading.limits import EXIT_NO_ROOM, confine
from service.start import when_parent_ends
from terminsplan.reading import as_data
from terminsplan.system_errors import NO_ROOM

FOUND, TABLES, INPUT = "last.json", "tabeller.json", "indata.json"
CSV_FOLDER = "csv"
# Of a file with these nothing is kept (SERVICE.md, What is kept).
_PERSONAL = frozenset({"personnummer", "förbjuden_kolumn"})


def main(folder: Path, source: str) -> None:
    """Read and write down what was found."""
    confine()
    when_parent_ends(lambda: os._exit(1))
    try:
        (folder / FOUND).write_text(json.dumps(_read(folder, source), ensure_ascii=False), "utf-8")
    except OSError as error:
        if error.errno in NO_ROOM:
            sys.exit(EXIT_NO_ROOM)
        raise


def _read(folder: Path, source: str) -> Mapping[str, Any]:
    place = folder / source
    if place.suffix.casefold() == ".zip":
        try:
            unpack(place, folder / CSV_FOLDER)
        except RefusedArchiveError as error:
            return _refused(str(error))
        place = folder / CSV_FOLDER
    if place.is_file() and place.suffix.casefold() != ".xlsx":
        return _refused("filen är varken en arbetsbok (.xlsx) eller en zip-fil med CSV-filer")
    sheets = _sheets(place)
    today = datetime.now().astimezone().date()
    reading = read_problem(place, today=today, held_by=today)
    if not sheets and reading.errors:
        return {**_findings(reading), "readable": False}
    if any(_is_personal(finding) for finding in reading.errors):
        return {**_findings(reading), "readable": True, "kept": False}
    (folder / TABLES).write_text(json.dumps(_tables(sheets), ensure_ascii=False), "utf-8")
    found = {**_findings(reading), "readable": True, "kept": True}
    if reading.problem is None:
        return {**found, "plannable": False}
    return {**found, **_planned_ahead(folder, reading.problem)}


def _planned_ahead(folder: Path, problem: TermProblem) -> Mapping[str, Any]:
    """What ``kontrollera`` says besides: given bookings that conflict."""
    (folder / INPUT).write_bytes(plan_json.problem_bytes(problem))
    sizes = {
        "hires": len(problem.hires),
        "programmes": len(problem.programmes),
        "rounds": len(problem.rounds),
        "sessions": len(problem.sessions),
        "term": problem.settings.term,
        "ends": problem.settings.horizon_end.isoformat(),
        **planning_days.told(problem),
    }
    known = {"sizes": sizes, "sha256": plan_json.problem_sha256(problem)}
    errors = _conflicts(problem)
    return {**known, "plannable": True} if not errors else {**known, "plannable": False, "errors": errors}


def _conflicts(problem: TermProblem) -> list[Mapping[str, object]]:
    if not problem.bookings:
        return []
    from scheduler.plan.given import conflicts  # noqa: PLC0415  # the solver is slow to load: only where it is asked
    from terminsplan import options  # noqa: PLC0415
    from terminsplan.conflicts import sentence  # noqa: PLC0415

    day = planning_days.asked(planning_days.told(problem)) or options.planning_date(problem.settings, None)
    found = conflicts(problem, day)
    return as_data(Finding("bokningar", None, None, None, sentence(problem, one), "bokning") for one in found)


def _sheets(place: Path) -> list[Sheet]:
    findings = Findings()
    read: Callable[[Path, Findings], Iterable[Sheet]] = csv_folder.sheets if place.is_dir() else workbook.sheets
    with suppress(OSError):
        return list(read(place, findings))
    return []


def _tables(sheets: Iterable[Sheet]) -> list[Mapping[str, Any]]:
    """Tables in their order, each row with the number that Excel shows."""
    return [
        {"name": sheet.name, "rows": [[row.number, [shown(cell) for cell in row.cells]] for row in sheet.rows]}
        for sheet in sheets
    ]


def _is_personal(finding: Finding) -> bool:
    return finding.kind in _PERSONAL


def _findings(reading: Reading) -> Mapping[str, Any]:
    return {"errors": as_data(reading.errors), "warnings": as_data(reading.warnings), "plannable": False}


def _refused(message: str) -> Mapping[str, Any]:
    error = Finding(None, None, None, None, message, "zip")
    return {"errors": as_data([error]), "warnings": [], "readable": False, "plannable": False}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
