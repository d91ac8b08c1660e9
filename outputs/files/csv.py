"""Seats, requirements and rounds as CSV tables, which only ``exportera`` makes."""

from __future__ import annotations

from outputs import csv_tables
from outputs.files.kinds import Export, ExportedFolder, Files, Output, Planned

_FOLDER = ExportedFolder(
    what="CSV-tabeller av en plan",
    of_it="tabellerna",
    marks=csv_tables.NAMES,
    owns=lambda path: path.as_posix() in csv_tables.NAMES,
)


def make(planned: Planned) -> Files:
    """A file a table."""
    yield from csv_tables.tables(planned.problem, planned.plan)


OUTPUT = Output(
    phase="csv",
    make=make,
    export=Export("csv", "-csv", _FOLDER),
    told=(("`platser.csv`, `krav.csv`, `omgångar.csv`", "för andra program; görs bara med `exportera`"),),
)
