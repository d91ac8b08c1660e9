"""Seats, requirements and rounds as CSV tables, which only ``exportera`` makes."""

from __future__ import annotations

from outputs import csv_tables
from outputs.files.kinds import Export, Files, Output, Planned


def make(planned: Planned) -> Files:
    """A file a table."""
    yield from csv_tables.tables(planned.problem, planned.plan)


OUTPUT = Output(
    phase="csv",
    make=make,
    export=Export("csv", "-csv"),
    told=(("`platser.csv`, `krav.csv`, `omgångar.csv`", "för andra program; görs bara med `exportera`"),),
)
